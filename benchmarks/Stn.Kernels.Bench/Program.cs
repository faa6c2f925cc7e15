// Times the warps of Stn.Kernels, best of many rounds, all works of a size in turn.
//
//   dotnet run -c Release --project benchmarks/Stn.Kernels.Bench [-- <size or work to look for> [threads [seconds a size]]]
//
// Prints ns per output element, and the multiple of a memory copy of U.
using System.Diagnostics;
using System.Globalization;
using Stn.Kernels.Bench;

var only = args.Length > 0 ? args[0] : "";
var threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var seconds = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 1.0;

Console.WriteLine($"{"size",-18} {"work",-34} {"ms",9} {"ns/el",8} {"x copy",7}   ({threads} threads)");
foreach (var size in Sizes.All)
{
    var works = Works.Of(size, threads).Where(work => $"{size} {work.Name}".Contains(only, StringComparison.Ordinal)).ToList();
    if (works.Count == 0)
        continue;

    var best = BestOfRounds([.. works.Prepend(Works.Copy(size))], seconds);
    for (var i = 0; i < works.Count; i++)
    {
        var perElement = best[i + 1] * 1e6 / size.Elements;
        Console.WriteLine($"{size,-18} {works[i].Name,-34} {best[i + 1],9:F3} {perElement,8:F3} {best[i + 1] / best[0],7:F1}");
    }
}

static double[] BestOfRounds(List<Work> works, double seconds)
{
    var best = new double[works.Count];
    Array.Fill(best, double.PositiveInfinity);
    var clock = Stopwatch.StartNew();
    for (var round = 0; round < 5 || clock.Elapsed.TotalSeconds < seconds; round++)
    {
        for (var i = 0; i < works.Count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            works[i].Run();
            best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    return best;
}
