using Stn;
using Stn.Models;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Transformations;

TorchRuntime.Seed(1);
using var scope = new TensorScope();
using var network = Backbones.ResNet18(classes: 10);
if (args is [var weights])                                     // trained weights by name; what does not fit is listed
    Console.WriteLine(string.Join("\n", network.Load(weights, strict: false).Differences));

var images = Tensor.RandomNormal([2, 3, 64, 64]);
var before = network.Forward(images);
SpatialTransformers.Before(network, "layer2", new FeatureMap(3, 64, 64), new AffineTransformation());
Console.WriteLine($"the output changes by {(network.Forward(images) - before).Abs().Max().Item<float>()}");
foreach (var (name, parameter) in network.Parameters().Where(p => p.Name.Contains("transformer", StringComparison.Ordinal)).TakeLast(2))
    Console.WriteLine($"{name} {parameter.Value}");

// the output changes by 0
// layer2.transformer.localisation.theta.weight (6, 32) Float32
// layer2.transformer.localisation.theta.bias (6) Float32
