using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Stn.Data.Numbers;
using Stn.Data.Pictures;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is as it should be.</param>
/// <param name="Value">What was found.</param>
/// <param name="Advice">What to do, where something is to be done.</param>
internal sealed record Finding(string Name, bool Ok, string Value, string? Advice = null);

/// <summary>Looks at everything that Stn needs or uses.</summary>
internal static class Diagnosis
{
    internal static IReadOnlyList<Finding> Run(bool verbose)
    {
        var findings = new List<Finding>
        {
            new("stn", true, RunManifest.BuildVersion),
            new("dotnet", true, RuntimeInformation.FrameworkDescription),
            new("processor", true, $"{RunManifest.ProcessorName()}, {Environment.ProcessorCount} processors, {Instructions()}"),
        };
        if (Look("libtorch", () => TorchRuntime.Version, "install libtorch-dev, or set LIBTORCH to an unpacked libtorch; then run ./stn again") is var torch)
            findings.Add(torch);
        if (torch.Ok)
            findings.AddRange(Torch(verbose));
        findings.Add(Look("pictures", ProbePictures, "install libgd3 and fonts-dejavu-core"));
        findings.Add(Look("hdf5", ProbeHdf5, "install libhdf5-103-1 (Debian 13: libhdf5-310); only the house numbers need it"));
        findings.AddRange(Data());
        return findings;
    }

    private static IEnumerable<Finding> Torch(bool verbose)
    {
        var (threads, workers, memory) = (TorchRuntime.Threads, TorchRuntime.ParallelWorkers, TorchRuntime.Memory);
        yield return new("threads", workers == threads, $"{threads} set, {workers} at work in a parallel region", workers == threads ? null : "native/ was built without OpenMP: install g++ and build again");
        var blas = ProcessStatus.MappedBlas();
        var reference = blas.All(name => !name.Contains("openblas", StringComparison.Ordinal) && !name.Contains("mkl", StringComparison.Ordinal));
        yield return new("blas", !reference, $"{string.Join(", ", blas)}{(TorchRuntime.BlasCore is { } core ? $", kernels for {core}" : string.Empty)}", reference ? "this is the slow reference BLAS: install libopenblas0-openmp and build again" : null);
        yield return new("allocator", true, $"keeps up to {memory.Limit >> 20} MiB of freed CPU tensors, on every thread");
        yield return new("devices", true, TorchRuntime.CudaDevices == 0 ? "cpu (this libtorch sees no CUDA device)" : string.Join(", ", ["cpu", .. Enumerable.Range(0, TorchRuntime.CudaDevices).Select(Cuda)]));
        if (verbose)
            yield return new("report", true, TorchRuntime.Describe());
    }

    private static string Cuda(int index) => $"cuda:{index} ({TorchRuntime.NameOf(Device.Cuda(index)) ?? "no name"})";

    private static string ProbeHdf5()
    {
        DigitStruct.RequireLibrary();
        return "libhdf5 works";
    }

    private static IEnumerable<Finding> Data()
    {
        var source = CommonOptions.Source(null);
        var missing = source.Check().Count(f => !f.Present);
        yield return new("mnist", true, missing == 0 ? source.DataDirectory : $"not fetched yet ({source.DataDirectory})", missing == 0 ? null : "stn data mnist fetches it; stn demo and stn train do so by themselves");
    }

    private static Finding Look(string name, Func<string> probe, string advice)
    {
        try
        {
            return new Finding(name, true, probe());
        }
        catch (Exception error) when (error is TorchException or DllNotFoundException or FileNotFoundException)
        {
            return new Finding(name, false, error.Message, advice);
        }
    }

    private static string ProbePictures()
    {
        using var canvas = new Canvas(20, 40, Colour.White);
        canvas.Text("Stn", 2, 15, 12, Colour.Black);
        return $"libgd and fonts work ({canvas.ToPicture().ToPng().Length} bytes of PNG made)";
    }

    private static string Instructions() => (Avx512F.IsSupported, Avx2.IsSupported && Fma.IsSupported) switch
    {
        (true, _) => "AVX-512, AVX2, FMA",
        (_, true) => "AVX2, FMA",
        _ => "no AVX2",
    };
}
