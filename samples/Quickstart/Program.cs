using Stn;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Optimisers;
using Stn.Transformations;

TorchRuntime.Seed(1);
var affine = new AffineTransformation();                                       // θ: 6 numbers, target to source
using var transformer = new SpatialTransformer(LocalisationNetwork.Convolutional(1, new Plane(28, 28), affine), affine);
using var optimiser = new Adam(LocalisationGroups.Split(transformer, factor: 1));
using var square = Tensor.Zeros([1, 1, 28, 28]);
square.Narrow(2, 10, 8).Narrow(3, 10, 8).Fill(1);                              // an 8×8 square in the middle
using var identity = Tensor.From([1f, 0, 0, 0, 1, 0], 6);
using var moves = Tensor.From([0f, 0, 1, 0, 0, 1], 6);
for (var step = 1; step <= 200; step++)
{
    using var scope = new TensorScope();                                       // frees the step's temporaries
    var shifts = ((Tensor.RandomUniform([32, 6]) - 0.5) * moves) + identity;   // up to a quarter of the image, each way
    var input = transformer.Warp(square.Expand(32, 1, 28, 28), shifts);        // the square, somewhere
    var loss = Functional.MeanSquaredError(transformer.Forward(input, Pass.Training), square.Expand(32, 1, 28, 28));
    optimiser.ZeroGrad();
    loss.Backward();                                                           // it learns where to look from this alone
    optimiser.Step(rate: 3e-3);
    if (step is 1 or 200)
        Console.WriteLine($"step {step}: mean squared error {loss.Item<float>():f2}");
}

// step 1: mean squared error 0.11
// step 200: mean squared error 0.00
