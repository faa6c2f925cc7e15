using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>Weights that others trained and saved: the network of PyTorch's tutorial on spatial transformers.</summary>
public class TutorialWeightsTests
{
    private const string Folder = "stn-tutorial-weights";

    private static readonly Dictionary<string, long[]> _shapes = new()
    {
        ["conv1.weight"] = [10, 1, 5, 5],
        ["conv1.bias"] = [10],
        ["conv2.weight"] = [20, 10, 5, 5],
        ["conv2.bias"] = [20],
        ["fc1.weight"] = [50, 320],
        ["fc1.bias"] = [50],
        ["fc2.weight"] = [10, 50],
        ["fc2.bias"] = [10],
        ["localization.0.weight"] = [8, 1, 7, 7],
        ["localization.0.bias"] = [8],
        ["localization.3.weight"] = [10, 8, 5, 5],
        ["localization.3.bias"] = [10],
        ["fc_loc.0.weight"] = [32, 90],
        ["fc_loc.0.bias"] = [32],
        ["fc_loc.2.weight"] = [6, 32],
        ["fc_loc.2.bias"] = [6],
    };

    [FactWithSharedData(Folder)]
    public void The_classic_networks_layers_have_the_tutorials_names_and_shapes()
    {
        var tensors = PyTorchFile.ReadStateDict(File("stn_classic_state_dict.pt"));
        Assert.Equal(_shapes.Keys.Order(), tensors.Keys.Order());
        Assert.All(tensors, tensor => Assert.Equal(_shapes[tensor.Key], tensor.Value.Shape));
        Assert.All(tensors.Values, tensor => Assert.Equal(DType.Float32, tensor.Type));
    }

    [FactWithSharedData(Folder)]
    public void The_other_networks_layers_have_the_same_names() =>
        Assert.Superset(_shapes.Keys.Where(name => !name.StartsWith("localization.0", StringComparison.Ordinal)).ToHashSet(),
            PyTorchFile.ReadStateDict(File("stn_coordconv_state_dict.pt")).Keys.ToHashSet());

    [FactWithSharedData(Folder)]
    public void Whole_modules_are_refused() => Assert.All(["stn_classic.pt", "stn_coordconv.pt"], name => SampleTensors.AssertRefused(
        File(name), path => PyTorchFile.ReadStateDict(path), "asks for", "Files with code are refused"));

    private static string File(string name) => Path.Combine(SharedData.Folder(Folder), name);
}
