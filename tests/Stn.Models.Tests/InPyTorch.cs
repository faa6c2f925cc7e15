using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Models.Tests;

/// <summary>The same network with the same weights on the same images, in PyTorch (tests/golden/models/run_model.py).</summary>
internal static class InPyTorch
{
    // Of the largest number, in inference.
    private const double Forward = 1e-5;

    // A rounding may turn a ReLU or choose another place in a pooling: the gradients behind it jump.
    private const double Backward = 1e-2;

    // While training, batch norm divides by deviations of few numbers (36 in the last layers), which enlarges every rounding before it.
    private const double Training = 1e-4;

    /// <summary>Compares descriptors, logits, gradients, then a training pass and the running statistics after it.</summary>
    public static void Compare(string name, Backbone network)
    {
        var images = Tensor.RandomNormal([4, 3, 96, 96]);
        using var folder = new TemporaryFolder();
        Randomise(network);
        PyTorchFile.WriteStateDict(folder["weights.pt"], network.State());
        PyTorchFile.WriteStateDict(folder["images.pt"], [KeyValuePair.Create("images", images.ToHost())]);
        var (exitCode, output) = PythonWithTorch.Run(RepositoryFolder.Golden("models", "run_model.py"), name, folder.Path);
        Assert.True(exitCode == 0, output);
        var theirs = PyTorchFile.ReadStateDict(folder["outputs.pt"]);

        Assert.Equal(Tensor.From(theirs["learned"]).Item<long>(), network.CountLearned());
        AssertScaled("descriptors", theirs["descriptors"], network.Describe(images, Pass.Inference), Forward);
        var logits = network.Forward(images);
        AssertScaled("logits", theirs["logits"], logits, Forward);
        (logits * logits).Sum().Backward();
        foreach (var (key, parameter) in network.Parameters().Where(p => p.Parameter.IsLearned))
            AssertScaled($"gradient.{key}", theirs[$"gradient.{key}"], parameter.Value.Grad!, Backward);

        AssertScaled("training.logits", theirs["training.logits"], network.Forward(images, Pass.Training), Training);
        foreach (var (key, parameter) in network.Parameters().Where(p => !p.Parameter.IsLearned))
            AssertScaled($"after.{key}", theirs[$"after.{key}"], parameter.Value, Training);
    }

    /// <summary>Batch norm that is not the identity, in inference too.</summary>
    private static void Randomise(Backbone network)
    {
        using var recording = new NoGrad();
        foreach (var (name, parameter) in network.Parameters().Where(p => p.Parameter.Value.Dimensions == 1))
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith("weight", StringComparison.Ordinal))
                parameter.Value.SetUniform(0.5, 1.5);
            else
                parameter.Value.SetNormal(0, 0.1);
        }
    }

    private static void AssertScaled(string name, HostTensor expected, Tensor actual, double share)
    {
        using var scope = new TensorScope();
        var (theirs, ours) = (Tensor.From(expected).To(DType.Float64), actual.Detach().To(DType.Float64));
        Assert.Equal(theirs.Shape, ours.Shape);
        var (scale, difference) = (theirs.Abs().Max().Item<double>(), (theirs - ours).Abs().Max().Item<double>());
        Assert.True(difference <= share * scale, $"{name} differs by {difference:g3}, where the largest number is {scale:g3} and {share:g1} of it is allowed");
    }
}
