using System.Runtime.Intrinsics;

namespace Stn.Data.Distortions;

/// <summary>Where the pixels of a target read a source, four columns of a row at a time.</summary>
internal interface ISourceRows
{
    /// <summary>The target columns [First, End) of a row outside of which nothing can see the ink.</summary>
    (int First, int End) Columns(int row, InkBox ink);

    /// <summary>The source positions, in pixels, of columns <paramref name="column"/> … <paramref name="column"/> + 3 of a row.</summary>
    /// <remarks>Columns beyond the target's last have any position; it is not used.</remarks>
    (Vector256<double> X, Vector256<double> Y) Four(int row, int column);
}
