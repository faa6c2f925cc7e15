using System.Diagnostics;
using Stn.Experiments.Runs;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Benchmarks;

/// <summary>Our side: a network with its data, and the calls that are timed.</summary>
internal sealed class StepSubject : IDisposable
{
    private const int CheckedSteps = 5;
    private const int CheckedRows = 16;
    private const int SmallSteps = 40; // more than the compiler waits for
    private static readonly TimeSpan s_compiler = TimeSpan.FromSeconds(0.5);

    private readonly StepNetwork _value;
    private readonly double _rate;
    private readonly IReadOnlyDictionary<string, HostTensor> _weights;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly List<IDisposable> _owned = [];
    private readonly Dictionary<(string Phase, int Batch), Action> _calls = [];

    public StepSubject(StepRequest load)
    {
        _value = StepNetwork.Of(load);
        _rate = load.Rate!.Value;
        _weights = Safetensors.Read(load.Weights!).Tensors;
        var data = Safetensors.Read(load.Data!).Tensors;
        (_images, _labels) = (Tensor.From(data["images"]), Tensor.From(data["labels"]));
        _owned.AddRange([_images, _labels]);
    }

    public void Dispose() => _owned.ForEach(each => each.Dispose());

    /// <summary>Makes a phase ready; its values must agree with the other sides'.</summary>
    public StepAnswer Prepare(string phase, int batch)
    {
        switch (phase)
        {
            case StepPhase.Train:
                WarmUp(Training(Math.Min(2, batch)));
                var step = Training(batch);
                _calls[(phase, batch)] = () => step();
                double[] losses = [];
                var memory = ProcessStatus.Growth(() => losses = [.. Enumerable.Range(0, CheckedSteps).Select(_ => step())]);
                return new StepAnswer { Values = losses, Memory = memory };
            case StepPhase.Inference:
                var network = Own(Loaded());
                _calls[(phase, batch)] = Inference(network, batch);
                return new StepAnswer { Values = Logits(network, batch) };
            default:
                _calls[(phase, batch)] = new TransformerAlone(Own(Loaded()), Batches(batch)[0].Images, Own).Of(phase);
                return new StepAnswer();
        }
    }

    /// <summary>The seconds of so many calls; where there are several, another one goes before.</summary>
    public StepAnswer Time(string phase, int batch, int calls)
    {
        var call = _calls[(phase, batch)];
        if (calls > 1)
            call();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return new StepAnswer { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    // The memory of a step is not that of the compiler, which takes up what is called often, on a thread of its own.
    private static void WarmUp(Func<double> smallStep)
    {
        for (var i = 0; i < SmallSteps; i++)
            smallStep();
        Thread.Sleep(s_compiler);
    }

    private Func<double> Training(int batch)
    {
        var call = Own(new TrainingCall(Loaded(), _rate));
        var batches = Batches(batch);
        var next = 0;
        return () =>
        {
            var (images, labels) = batches[next++ % batches.Length];
            return call.Step(images, labels);
        };
    }

    private Action Inference(Module network, int batch)
    {
        var batches = Batches(batch);
        var next = 0;
        return () =>
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            network.Forward(batches[next++ % batches.Length].Images, Pass.Inference);
        };
    }

    private double[] Logits(Module network, int batch)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var logits = network.Forward(Batches(batch)[0].Images, Pass.Inference);
        return [.. logits.ToArray<float>().Take((int)logits.Size(1) * CheckedRows).Select(value => (double)value)];
    }

    private Module Loaded()
    {
        var network = _value.Create();
        network.Load(_weights);
        return network;
    }

    private (Tensor Images, Tensor Labels)[] Batches(int size)
    {
        var batches = StepData.Batches(_images, _labels, size);
        _owned.AddRange(batches.SelectMany(batch => new[] { batch.Images, batch.Labels }));
        return batches;
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
