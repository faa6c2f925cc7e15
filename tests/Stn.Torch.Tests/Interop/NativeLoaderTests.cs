using System.Reflection;
using System.Runtime.Loader;

namespace Stn.Torch.Tests.Interop;

public sealed class NativeLoaderTests
{
    [Theory]
    [InlineData("nowhere/libstn_torch.so", "is not there: run native/build.sh")]
    [InlineData("Stn.Torch.dll", "does not load")]
    public void A_library_that_is_missing_or_broken_says_what_to_do(string path, string text)
    {
        // A copy of the assembly in a context of its own has not loaded the library yet.
        var context = new AssemblyLoadContext(path, isCollectible: true);
        var before = Environment.GetEnvironmentVariable("STN_NATIVE");
        try
        {
            var chosen = Path.Combine(AppContext.BaseDirectory, path);
            Environment.SetEnvironmentVariable("STN_NATIVE", chosen);
            var runtime = context.LoadFromAssemblyPath(typeof(Tensor).Assembly.Location).GetType("Stn.Torch.TorchRuntime")!;
            var error = Assert.Throws<TargetInvocationException>(() => runtime.GetProperty("Version")!.GetValue(null)).InnerException!;
            Assert.Equal("TorchException", error.GetType().Name);
            Assert.Contains(chosen, error.Message);
            Assert.Contains(text, error.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("STN_NATIVE", before);
            context.Unload();
        }
    }
}
