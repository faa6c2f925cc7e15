using Stn.Torch.Layers;

namespace Stn.Torch.Tests;

/// <summary>The network of tests/golden/training/make_training.py: (N, 1, 10, 10) to (N, 5).</summary>
internal static class TinyNetwork
{
    internal static Sequential Create() => new(
        new Conv2d(1, 4, 3), new Relu(), new MaxPool2d(2),
        new Conv2d(4, 6, 3, padding: 1), new Relu(), new Flatten(), new Linear(6 * 4 * 4, 5));
}
