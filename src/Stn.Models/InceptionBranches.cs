namespace Stn.Models;

/// <summary>The channels of the branches of an <see cref="InceptionBlock"/>.</summary>
/// <param name="Single">Of the 1×1 convolution; 0 for none: the block then halves its input and passes the pooled input on.</param>
/// <param name="Reduced">Before the 3×3 convolution.</param>
/// <param name="Triple">Of the 3×3 convolution.</param>
/// <param name="DoubleReduced">Before the two 3×3 convolutions.</param>
/// <param name="Double">Of each of the two.</param>
/// <param name="Pooled">Of the 1×1 convolution after the pooling.</param>
/// <param name="MaxPool">Whether the largest is pooled, not the mean.</param>
internal sealed record InceptionBranches(int Single, int Reduced, int Triple, int DoubleReduced, int Double, int Pooled, bool MaxPool = false)
{
    public bool Halves => Single == 0;

    /// <summary>A block without the 1×1 branch, which halves its input.</summary>
    public static InceptionBranches Halving(int reduced, int triple, int doubleReduced, int @double) =>
        new(0, reduced, triple, doubleReduced, @double, 0, MaxPool: true);

    /// <summary>The number of channels of the result.</summary>
    public int Outputs(int inputs) => Single + Triple + Double + (Halves ? inputs : Pooled);
}
