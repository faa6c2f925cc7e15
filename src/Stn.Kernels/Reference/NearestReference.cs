using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>The nearest pixel, equation (4) of the paper.</summary>
public static class NearestReference
{
    /// <summary>The pixel next to <paramref name="position"/>, or −1 if that lies outside or the position is no place.</summary>
    /// <param name="position">The position in pixels, after <see cref="PaddingReference.Fold{T}"/>.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="ties">Which of two pixels at the same distance.</param>
    public static int Index<T>(T position, int size, TieRule ties)
        where T : IFloatingPointIeee754<T>
    {
        var nearest = ties == TieRule.HalfToEven
            ? T.Round(position, MidpointRounding.ToEven)
            : T.Floor(position + (T.One / (T.One + T.One)));
        return nearest >= T.Zero && nearest < T.CreateTruncating(size) ? int.CreateTruncating(nearest) : -1;
    }
}
