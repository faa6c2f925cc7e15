using System.Runtime.Intrinsics;

namespace Stn.Data.Distortions;

/// <summary>Where the pixels of a target read a source, eight columns of a row at a time.</summary>
internal interface ISourceRows
{
    /// <summary>Whether <see cref="Enter"/> leaves out most of the columns that see no ink, so that asking again costs more than it saves.</summary>
    static abstract bool LeavesOut { get; }

    /// <summary>Goes to a row.</summary>
    /// <returns>The target columns [First, End) outside of which nothing can see the ink.</returns>
    (int First, int End) Enter(int row);

    /// <summary>The source positions, in pixels, of columns <paramref name="column"/> … <paramref name="column"/> + 7 of the row.</summary>
    /// <remarks>Columns beyond the target's last have any position; it is not used.</remarks>
    (Vector512<double> X, Vector512<double> Y) Eight(int column);
}
