using Stn.Data.Sources;
using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Models.Tests;

/// <summary>Weights of PyTorch's tutorial that others trained, in the network built from our parts.</summary>
public sealed class TutorialNetworkTests : TensorTest
{
    private const string Folder = "stn-tutorial-weights";

    private static readonly Tolerance _outputs = new(1e-4, 0);

    [FactWithSharedData(Folder)]
    public void The_classic_network_gives_the_reference_outputs_for_both_conventions() => Compare("classic", coordinates: false);

    [FactWithSharedData(Folder)]
    public void The_network_with_coordinates_gives_the_reference_outputs_for_both_conventions() => Compare("coordconv", coordinates: true);

    [FactWithTutorialAndMnist(Folder)]
    public async Task The_weights_recognise_98_66_percent_of_MNISTs_test_digits()
    {
        var mnist = await new MnistSource(FactWithTutorialAndMnistAttribute.Digits).LoadAsync();
        foreach (var (name, coordinates) in new[] { ("classic", false), ("coordconv", true) })
        {
            using var network = Load(name, AlignCorners.False, coordinates);
            Assert.Equal(9_866, network.CountCorrect(mnist.Test.Pixels, mnist.Test.Labels));
        }
    }

    [FactWithSharedData(Folder)]
    public void The_pickle_of_the_whole_module_is_refused_and_the_network_stays_as_it_was()
    {
        using var network = new TutorialNetwork();
        var before = network.State();
        var error = Assert.Throws<TensorFileException>(() => network.Load(File("stn_classic.pt"), strict: false));
        Assert.Contains("stn_classic.pt", error.Message);
        Assert.Contains("Files with code are refused, and nothing of it was run", error.Message);
        Assert.Contains("torch.save(model.state_dict(), path)", error.Message);
        Assert.All(network.State(), entry => Assert.Equal(before[entry.Key].Data, entry.Value.Data));
    }

    [Fact]
    public void A_fresh_network_begins_at_the_identity_and_its_loss_reaches_every_parameter()
    {
        using var network = new TutorialNetwork();
        var digits = Tensor.RandomNormal([3, 1, 28, 28]);
        network.Transformer.Forward(digits, Pass.Training, out var theta);
        Assert.Equal([1f, 0, 0, 0, 1, 0], theta.Select(0, 0).ToArray<float>());
        Functional.NegativeLogLikelihood(network.Forward(digits, Pass.Training), Tensor.From([1L, 2, 3], 3)).Backward();
        Assert.All(network.Parameters(), p => Assert.NotNull(p.Parameter.Value.Grad));
    }

    private static void Compare(string name, bool coordinates)
    {
        foreach (var (align, suffix) in new[] { (AlignCorners.False, "ac0"), (AlignCorners.True, "ac1") })
        {
            var reference = NpzFile.Read(File($"ref_stn_{name}_{suffix}.npz"));
            using var network = Load(name, align, coordinates);
            var digits = Tensor.From(reference["x"]);
            var warped = network.Transformer.Forward(digits, Pass.Inference, out var theta);
            AssertClose.Tensors(Tensor.From(reference["theta"]).Flatten(), theta.Detach(), _outputs);
            AssertClose.Tensors(Tensor.From(reference["warped"]), warped.Detach(), _outputs);
            AssertClose.Tensors(Tensor.From(reference["logp"]), network.Forward(digits).Detach(), _outputs);
        }
    }

    private static TutorialNetwork Load(string name, AlignCorners align, bool coordinates)
    {
        var network = new TutorialNetwork(align, coordinates);
        Assert.True(network.Load(File($"stn_{name}_state_dict.pt")).IsExact);
        return network;
    }

    private static string File(string name) => Path.Combine(SharedData.Folder(Folder), name);
}
