using Stn.Torch;
using Xunit;

namespace Stn.Testing;

/// <summary>
/// A test that must free what it makes: it runs inside a <see cref="TensorScope"/>, and fails when it ends with more or
/// fewer tensors alive than before, or when the finaliser had to free one.
/// </summary>
/// <remarks>Counts the whole process: its assembly must not run tests in parallel.</remarks>
public abstract class TensorTest : IDisposable
{
    private readonly long _live;
    private readonly long _finalised;
    private readonly TensorScope _scope;

    protected TensorTest()
    {
        FinaliseTheDead();
        _live = Tensor.LiveCount;
        _finalised = Tensor.FinalisedCount;
        _scope = new TensorScope();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the finaliser free what nobody refers to: what other tests left must not be counted here.</summary>
    protected static void FinaliseTheDead()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>A test class with modules or optimisers of its own disposes them first, then calls this.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;

        _scope.Dispose();
        var alive = Tensor.LiveCount - _live;
        var finalised = Tensor.FinalisedCount - _finalised;
        Assert.True(
            alive == 0 && finalised == 0,
            $"{alive} tensors more are alive than at the start of the test, and {finalised} were left to the finaliser");
    }
}
