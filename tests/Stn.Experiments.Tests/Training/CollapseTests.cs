using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Training;

/// <summary>A localisation network that learns far too fast, without guards and with them.</summary>
public sealed class CollapseTests : TensorTest
{
    private static readonly string[] TooFast = ["optimiser=sgd", "momentum=0.9", "schedule=constant", "rate=0.03", "localisation_rate=100", "weight_decay=0", "epochs=30"];
    private static readonly string[] Guards = ["clip_theta=0.02", "identity_penalty=0.001"];

    [Fact]
    public void A_rate_that_is_too_high_makes_the_transformer_leave_the_frame_and_the_warning_says_so()
    {
        using var trial = new Trial();
        var watcher = new Watcher();
        trial.Train(Trial.Config(TooFast), watcher: watcher);
        var told = MetricsLog.Collapses(trial.Metrics);
        Assert.Equal(("transformer", "outside"), (told[^1].Transformer, told[^1].State));
        Assert.Contains(watcher.Notes, note => note.Contains("transformer leaves the frame", StringComparison.Ordinal) && note.Contains("clip_theta", StringComparison.Ordinal));
        Assert.True(watcher.Steps[^1].Transformers[0].OutsideShare > 0.9);
        Assert.Equal(0, watcher.Steps[^1].Transformers[0].ThetaGradient!.Value, 6); // nothing tells it the way back
    }

    [Fact]
    public void At_the_same_rate_a_guarded_run_stays_and_learns_to_read()
    {
        using var free = new Trial();
        using var guarded = new Trial();
        var without = free.Train(Trial.Config([.. TooFast, "epochs=60"]));
        var watcher = new Watcher();
        var with = guarded.Train(Trial.Config([.. TooFast, .. Guards, "epochs=60"]), watcher: watcher);
        Assert.True(watcher.Steps[^1].Transformers[0].OutsideShare < CollapseWatch.MostOutside);
        Assert.True(with.Error < without.Error - 20, $"{with.Error} % with guards, {without.Error} % without");
    }

    [Fact]
    public void A_transformer_that_left_comes_back_when_the_guards_are_put_on()
    {
        using var free = new Trial();
        using var guarded = new Trial();
        free.Train(Trial.Config(TooFast));
        var watcher = new Watcher();
        guarded.Train(Trial.Config([.. TooFast, .. Guards, $"init={free.Weights}"]), watcher: watcher);
        var states = MetricsLog.Collapses(guarded.Metrics).Select(told => told.State).ToArray();
        Assert.Equal("outside", states[0]);
        Assert.Equal(CollapseMetrics.Well, states[^1]);
        Assert.Contains(watcher.Notes, note => note.Contains("is well again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("outside", 0.7, 1, 0)]
    [InlineData("shrunk", 0, 0.05, 0)]
    [InlineData("folded", 0, 1, 0.8)]
    [InlineData("well", 0.5, 0.3, 0.3)]
    public void Each_way_to_collapse_is_told_once(string state, double outside, double scale, double folded)
    {
        var watch = new CollapseWatch([]);
        TransformerMetrics[] now = [new("st", outside, scale, 1, folded, 0)];
        var told = watch.Look(20, now).ToArray();
        Assert.Equal(state == CollapseMetrics.Well ? [] : [state], told.Select(t => t.State));
        Assert.Empty(watch.Look(40, now));
        Assert.Empty(new CollapseWatch(told).Look(60, now));
        Assert.Equal(told.Length, watch.Look(80, [new("st", 0, 1, 1, 0, 0)]).Count(t => t.State == CollapseMetrics.Well));
    }
}
