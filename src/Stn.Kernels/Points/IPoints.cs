using Stn.Kernels.Threading;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// A transformation at work: where the target points lie in the source, and the gradient back to its parameters. All
/// samplers take any of these as a struct type parameter, so each sampler is written once.
/// </summary>
internal unsafe interface IPoints<T>
    where T : unmanaged
{
    /// <summary>2 in images, 3 in volumes.</summary>
    int Dimensions { get; }

    /// <summary>How many sums over an image's points make up the gradient of its parameters; 0 if it is not made of sums.</summary>
    int Sums { get; }

    /// <summary>The order in which images add to a gradient that they share; null if there is none.</summary>
    Turns? Turns => null;

    /// <summary>Whether a tile is done for all images before the next tile: not, if images share nothing.</summary>
    bool TileFirst => false;

    /// <summary>Whether tiles that are each other's mirror images have something in common: <see cref="Tiling.Mirrored"/>.</summary>
    bool IsMirrored => false;

    /// <summary>
    /// Whether each coordinate only rises or only falls along a row, a column and a line of depth: the least and the greatest of a tile are then
    /// at its corners.
    /// </summary>
    bool EndsAtCorners { get; }

    /// <summary>The room for staged positions, and where in it those of <paramref name="tile"/> begin: others may be located beside them.</summary>
    (int Start, int Length) Room(in Tile tile);

    /// <summary>Writes the source position, in pixels, of each point of <paramref name="tile"/>.</summary>
    void Locate(int image, in Tile tile, in Staged<T> staged);

    /// <summary>Turns the gradients of a tile's positions into the tile's part of <see cref="Sums"/>, or into its gradient.</summary>
    void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums);
}
