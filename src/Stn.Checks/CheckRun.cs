using System.Diagnostics;
using Stn.Checks.Cases;
using Stn.Checks.Checks;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks;

/// <summary>Runs every check that fits on every input of every case.</summary>
public static class CheckRun
{
    /// <summary>Runs a table.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="seed">The inputs' numbers follow from it.</param>
    /// <param name="shapes">How many random shapes and grids show that no kernel leaves its buffers; 0 leaves that out.</param>
    /// <param name="device">Where Stn's side runs; what it is compared with runs on the processor.</param>
    public static CheckReport Of(CheckTable table, int seed = 1, int shapes = 0, Device device = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var clock = Stopwatch.StartNew();
        var results = new List<CheckResult>();
        foreach (var one in table.Cases)
        {
            foreach (var shape in InputShape.For(one))
                results.AddRange(On(one, shape, seed, device));
        }

        if (shapes > 0)
            results.AddRange(InsideBuffers.Run(shapes, seed));
        return new CheckReport(TorchRuntime.Version, results, clock.Elapsed.TotalSeconds);
    }

    private static List<CheckResult> On(WarpCase one, InputShape shape, int seed, Device device)
    {
        using var scope = new TensorScope();
        using var prepared = one.Prepare(shape.Target);
        var pair = prepared.Pair.On(device);
        var input = new InputDraws(seed).Draw(shape, pair.Points, one.Type);
        return [.. WarpCheck.All.Where(check => check.IsFor(one, shape)).Select(check => Guarded(check, one, pair, input))];
    }

    // A warp that throws has failed one check; the others still run.
    private static CheckResult Guarded(WarpCheck check, WarpCase one, WarpPair pair, CheckInput input)
    {
        try
        {
            using var scope = new TensorScope();
            return check.Run(one, pair, input);
        }
#pragma warning disable CA1031 // whatever a warp throws, a user's own among them, is its failure
        catch (Exception error)
#pragma warning restore CA1031
        {
            return CheckResult.Of((one.Name, one.Group, check.Name, input.Shape.Name), error);
        }
    }
}
