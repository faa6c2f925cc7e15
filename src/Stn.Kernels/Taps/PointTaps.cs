using Stn.Kernels.Reference;

namespace Stn.Kernels.Taps;

/// <summary>What one target point reads: a box of pixels, each weighted by its column and its row.</summary>
/// <remarks>
/// The tables hold the weights of the pixels and then, a whole number of vectors on, their slopes if those are wanted; behind the
/// last weight and slope the vector is filled with zeros.
/// </remarks>
internal unsafe struct PointTaps<T>
    where T : unmanaged
{
    /// <summary>The point's place in the staged arrays.</summary>
    public int Staged;

    /// <summary>Its place in a plane of V.</summary>
    public int Target;

    /// <summary>The columns of U.</summary>
    public AxisWeights<T> X;

    /// <summary>The rows of U.</summary>
    public AxisWeights<T> Y;

    /// <summary>The table of the columns.</summary>
    public T* Across;

    /// <summary>The table of the rows.</summary>
    public T* Down;
}
