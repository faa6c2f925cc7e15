using Stn.Torch;
using Xunit;

namespace Stn.Testing;

/// <summary>
/// A test that must free what it makes: it runs inside a <see cref="TensorScope"/>, and fails when it ends with more or
/// fewer tensors alive than before, or when the finaliser had to free one.
/// </summary>
/// <remarks>
/// Counts the whole process: its assembly must not run tests in parallel. Modules for all tests of a class are made in its
/// constructor by <see cref="Own{T}"/>; a field initialiser would run before the counting begins.
/// </remarks>
public abstract class TensorTest : IDisposable
{
    private readonly long _live;
    private readonly long _finalised;
    private readonly TensorScope _scope;
    private readonly Stack<IDisposable> _owned = [];

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

    /// <summary>Disposes <paramref name="thing"/>, a module or an optimiser for one, when the test ends.</summary>
    protected T Own<T>(T thing)
        where T : IDisposable
    {
        _owned.Push(thing);
        return thing;
    }

    /// <summary>A test class that changes settings of the process puts them back here, then calls this.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;

        while (_owned.TryPop(out var thing))
            thing.Dispose();
        _scope.Dispose();
        var alive = Tensor.LiveCount - _live;
        var finalised = Tensor.FinalisedCount - _finalised;
        Assert.True(
            alive == 0 && finalised == 0,
            $"{alive} tensors more are alive than at the start of the test, and {finalised} were left to the finaliser");
    }
}
