using System.Text.Json;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Runs;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class StepWorkerTests : TensorTest
{
    private const int Batch = 3;

    [Fact]
    public void It_introduces_itself_and_answers_every_phase()
    {
        string[] phases =
        [
            StepPhase.Train, StepPhase.Inference, StepPhase.Warp(StepPhase.Train), StepPhase.Warp(StepPhase.Inference),
            StepPhase.Localisation(StepPhase.Train), StepPhase.Localisation(StepPhase.Inference),
        ];
        var answers = Ask("st-cnn-aff", out var identity, phases);
        Assert.Equal(("Stn", TorchRuntime.Threads), (identity.Name, identity.Threads));
        Assert.NotEmpty(identity.Blas);
        Assert.Equal(1 + (2 * phases.Length), answers.Count);
        Assert.All(phases.Index(), phase => Assert.True(answers[2 + (2 * phase.Index)].Seconds > 0));
    }

    [Theory]
    [InlineData("fcn")]
    [InlineData("st-fcn-tps")]
    public void It_computes_with_the_weights_and_the_images_of_the_files(string name)
    {
        var value = Value(name);
        using var data = new StepData(value, Batch);
        using var network = value.Create();
        network.Load(Safetensors.Read(data.Weights).Tensors);
        using var images = Tensor.From(Safetensors.Read(data.Images).Tensors["images"]);
        float[] logits;
        using (new NoGrad())
        using (new TensorScope())
            logits = network.Forward(images.Narrow(0, 0, Batch)).ToArray<float>();

        var answers = Ask(name, out _, StepPhase.Inference, StepPhase.Train);
        Assert.Equal(logits.Select(v => (double)v), answers[1].Values!);
        Assert.Equal(5, answers[3].Values!.Length);
        Assert.All(answers[3].Values!, loss => Assert.True(double.IsFinite(loss)));
        Assert.NotNull(answers[3].Memory);
    }

    [Fact]
    public void Weights_start_away_from_the_identity_where_samples_would_lie_on_pixels()
    {
        var value = Value("st-cnn-aff");
        using var data = new StepData(value, Batch);
        var theta = Safetensors.Read(data.Weights).Tensors["transformer.localisation.theta.weight"];
        Assert.Contains(theta.Data, b => b != 0);
    }

    private static List<StepAnswer> Ask(string name, out StepWorkerIdentity identity, params string[] phases)
    {
        var value = Value(name);
        using var data = new StepData(value, Batch);
        var requests = new List<StepRequest>
        {
            new("load") { Network = name, Canvas = value.Images.Canvas.Width, Width = value.Width, Weights = data.Weights, Data = data.Images, Rate = StepData.Rate },
        };
        foreach (var phase in phases)
            requests.AddRange([new("prepare") { Phase = phase, Batch = Batch }, new("time") { Phase = phase, Batch = Batch, Calls = 2 }]);
        var output = new StringWriter();
        StepWorker.Run(new StringReader(string.Join('\n', requests.Select(r => JsonSerializer.Serialize(r, JsonStyle.Line)))), output, TorchRuntime.Threads);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        identity = JsonSerializer.Deserialize<StepWorkerIdentity>(lines[0], JsonStyle.Line)!;
        return [.. lines.Skip(1).Select(line => JsonSerializer.Deserialize<StepAnswer>(line, JsonStyle.Line)!)];
    }

    private static StepNetwork Value(string name) => StepNetwork.Of(name, 28);
}
