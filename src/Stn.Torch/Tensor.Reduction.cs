using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>Many elements to fewer.</content>
public sealed partial class Tensor
{
    /// <summary>The sum of all elements.</summary>
    public Tensor Sum() => Ops.Sum.Call(this);

    /// <summary>Sums along dimensions, which go away unless <paramref name="keep"/>.</summary>
    public Tensor Sum(long[] dimensions, bool keep = false) => Ops.SumDim.Call(this, dimensions, keep);

    /// <summary>The mean of all elements.</summary>
    public Tensor Mean() => Ops.Mean.Call(this);

    /// <summary>Means along dimensions, which go away unless <paramref name="keep"/>.</summary>
    public Tensor Mean(long[] dimensions, bool keep = false) => Ops.MeanDim.Call(this, dimensions, keep);

    /// <summary>The largest element.</summary>
    public Tensor Max() => Ops.Max.Call(this);

    /// <summary>The index of the largest element along a dimension.</summary>
    public Tensor ArgMax(int dimension) => Ops.ArgMax.Call(this, (long)dimension);

    /// <summary>The Euclidean norm of all elements.</summary>
    public Tensor Norm() => Ops.Norm.Call(this);

    /// <summary>True when all elements are.</summary>
    public Tensor All() => Ops.All.Call(this);

    /// <summary>Softmax along a dimension.</summary>
    public Tensor Softmax(int dimension) => Ops.Softmax.Call(this, (long)dimension);

    /// <summary>The logarithm of softmax along a dimension.</summary>
    public Tensor LogSoftmax(int dimension) => Ops.LogSoftmax.Call(this, (long)dimension);
}
