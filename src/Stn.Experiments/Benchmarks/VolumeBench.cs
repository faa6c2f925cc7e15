using System.Diagnostics;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>
/// <c>stn bench volume</c>: a training step of <c>3d/st-cnn</c> against the same network, weights and volumes with libtorch's own grid
/// generator and sampler; both in this process, in turn. Networks that do not compute the same are not timed.
/// </summary>
public static class VolumeBench
{
    /// <summary>The seed of weights and volumes.</summary>
    public const ulong Seed = 1;

    private const double Rate = 1e-4;
    private const double AwayFromIdentity = 0.02;
    private const int CheckedSteps = 3;

    /// <summary>Measures with the threads that are set.</summary>
    /// <param name="batch">The volumes of a step.</param>
    /// <param name="seconds">About how long it takes.</param>
    /// <exception cref="InvalidDataException">The two do not agree.</exception>
    public static VolumeRow Measure(int batch, double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        TorchRuntime.Seed(Seed);
        using var scope = new TensorScope();
        var (volumes, labels) = Volumes(batch);
        var (ours, theirs) = Networks();
        using var first = new TrainingCall(ours, Rate);
        using var second = new TrainingCall(theirs, Rate);
        StepAgreement.Require("3d/st-cnn", Losses(first, volumes, labels), "libtorch's sampler", Losses(second, volumes, labels));

        var transformer = ours.Modules().Select(m => m.Module).OfType<SpatialTransformer3D>().Single();
        var theta = Theta(ours, transformer, volumes).RequireGrad();
        var times = Bursts.Medians(seconds, [
            Timed(() => first.Step(volumes, labels)), Timed(() => second.Step(volumes, labels)),
            Timed(() => Gradients(transformer.Warp, volumes, theta)), Timed(() => Gradients(LibtorchTransformer3D.Warp, volumes, theta)),
        ]);
        return new VolumeRow(batch, TorchRuntime.Threads, 1e3 * times[0], 1e3 * times[1], 1e3 * times[2], 1e3 * times[3]);
    }

    // Away from the identity, where every point lies on a voxel.
    private static (Module Ours, Module Theirs) Networks()
    {
        using var unrecorded = new NoGrad();
        var ours = VolumeExperiments.StCnn.Network();
        foreach (var (name, parameter) in ours.Parameters().Where(p => p.Name.Contains(".theta.", StringComparison.Ordinal)))
            parameter.Value.AddInPlace(Tensor.RandomNormal([.. parameter.Value.Shape]), AwayFromIdentity);
        var theirs = VolumeExperiments.Behind(new LibtorchTransformer3D(VolumeExperiments.Localisation()));
        theirs.Load(ours.State());
        return (ours, theirs);
    }

    // Noise in a box in the middle, black around it.
    private static (Tensor Volumes, Tensor Labels) Volumes(int batch)
    {
        using var unrecorded = new NoGrad();
        var volumes = Tensor.Zeros(VolumeSet.Space.Batch(batch));
        volumes.Narrow(2, 20, 20).Narrow(3, 15, 30).Narrow(4, 15, 30).SetUniform(0, 1);
        return (volumes, Tensor.From(Enumerable.Range(0, batch).Select(i => (long)(i * 7 % DigitTask.Classes)).ToArray(), batch));
    }

    private static double[] Losses(TrainingCall call, Tensor volumes, Tensor labels) =>
        [.. Enumerable.Range(0, CheckedSteps).Select(_ => call.Step(volumes, labels))];

    private static Tensor Theta(Module network, SpatialTransformer3D transformer, Tensor volumes)
    {
        using var unrecorded = new NoGrad();
        float[] theta = [];
        network.Forward(volumes, new Pass
        {
            Observer = (module, name, value) => theta = module == transformer && name == SpatialTransformerModule.ThetaName ? value.ToArray<float>() : theta,
        });
        return Tensor.From(theta, volumes.Size(0), theta.Length / volumes.Size(0));
    }

    private static void Gradients(Func<Tensor, Tensor, Tensor> warp, Tensor volumes, Tensor theta)
    {
        using var scope = new TensorScope();
        Autograd.Gradients([warp(volumes, theta)], [theta], [volumes]);
    }

    private static Func<int, double> Timed(Action call) => calls =>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };
}
