using Stn.Experiments.Networks;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Benchmarks;

/// <summary>The files from which all sides load the same weights and the same batches.</summary>
internal sealed class StepData : IDisposable
{
    /// <summary>The seed of weights, images and labels.</summary>
    public const ulong Seed = 1;

    /// <summary>Adam's rate: small, so that long timings do not lead the network somewhere else.</summary>
    public const double Rate = 1e-4;

    private const int FewestImages = 1024;
    private const int BatchesInTurn = 4;
    private readonly string _folder = Directory.CreateTempSubdirectory("stn-bench-").FullName;

    /// <summary>Writes them.</summary>
    public StepData(StepNetwork network, int batch)
    {
        TorchRuntime.Seed(Seed);
        WriteWeights(network);
        WriteImages(network.Images, batch);
    }

    public string Weights => Path.Combine(_folder, "weights.safetensors");

    public string Images => Path.Combine(_folder, "images.safetensors");

    /// <summary>Puts another file beside them and returns its path.</summary>
    public string Write(string name, Stream content)
    {
        var path = Path.Combine(_folder, name);
        AtomicFile.Write(path, content.CopyTo);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>At most four batches of a size, one after the other, as long as there are images.</summary>
    public static (Tensor Images, Tensor Labels)[] Batches(Tensor images, Tensor labels, int size)
    {
        var count = (int)Math.Clamp(images.Size(0) / size, 1, BatchesInTurn);
        return [.. Enumerable.Range(0, count).Select(i => (images.Narrow(0, (long)i * size, size), labels.Narrow(0, (long)i * size, size)))];
    }

    /// <summary>Takes transformers away from the identity, where every point lies on a pixel and θ is the same for all images.</summary>
    public static void LeaveIdentity(Module network)
    {
        using var scope = new TensorScope();
        using var unrecorded = new NoGrad();
        foreach (var (_, parameter) in network.Parameters().Where(p => p.Name.Contains(".theta.", StringComparison.Ordinal)))
            parameter.Value.AddInPlace(Tensor.RandomNormal([.. parameter.Value.Shape]), 0.05);
    }

    private void WriteWeights(StepNetwork value)
    {
        using var scope = new TensorScope();
        using var unrecorded = new NoGrad();
        using var network = value.Create();
        LeaveIdentity(network);
        Safetensors.Write(Weights, network.State());
    }

    // Noise on a black ground: a digit's share of an RTS canvas, somewhere.
    private void WriteImages(DigitImages shape, int batch)
    {
        using var scope = new TensorScope();
        using var unrecorded = new NoGrad();
        var count = Math.Max(batch, Math.Min(FewestImages, BatchesInTurn * batch));
        var (height, width) = (shape.Canvas.Height, shape.Canvas.Width);
        var images = Tensor.Zeros([count, shape.Channels, height, width]);
        images.Narrow(2, height / 4, height / 2).Narrow(3, width / 4, width / 2).SetUniform(0, 1);
        var labels = Tensor.From(Enumerable.Range(0, count).Select(i => (long)(i * 7 % shape.Classes)).ToArray(), count);
        Safetensors.Write(Images, new Dictionary<string, HostTensor> { ["images"] = images.ToHost(), ["labels"] = labels.ToHost() });
    }
}
