using System.Reflection;
using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>Finds libstn_torch: where STN_NATIVE says, else beside the program.</summary>
internal static class NativeLoader
{
    internal const string PathVariable = "STN_NATIVE";
    private const int AbiVersion = 7;

    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    /// <summary>The one initialisation of a process: loads the library, checks its version, sets threads and allocator.</summary>
    internal static void Initialise(int threads)
    {
        var version = NativeMethods.stn_abi_version();
        if (version != AbiVersion)
            throw new TorchException($"libstn_torch has ABI version {version}, this build of Stn.Torch needs {AbiVersion}: build native/ again");
        Native.Check(NativeMethods.stn_init(threads), "stn_init");
    }

    internal static unsafe string LibtorchVersion() =>
        Marshal.PtrToStringUTF8((nint)NativeMethods.stn_libtorch_version())!;

    internal static unsafe string? BlasCore() => Marshal.PtrToStringUTF8((nint)NativeMethods.stn_blas_core());

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != "stn_torch")
            return 0;

        var chosen = Environment.GetEnvironmentVariable(PathVariable);
        var path = string.IsNullOrEmpty(chosen) ? Path.Combine(AppContext.BaseDirectory, "libstn_torch.so") : chosen;
        if (!File.Exists(path))
            throw new TorchException($"{path} is not there: run native/build.sh, or set {PathVariable} to the library it made");

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new TorchException(
                $"{path} does not load ({error.Message.Trim()}). It needs libtorch: install Debian's libtorch-dev, or build native/ with LIBTORCH=/path/to/libtorch.",
                error);
        }
    }
}
