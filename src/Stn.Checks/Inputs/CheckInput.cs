using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Torch;

namespace Stn.Checks.Inputs;

/// <summary>The tensors of one input, and what is known about its points.</summary>
/// <param name="Shape">Its sizes and kind.</param>
/// <param name="Image">U, (N, C, H, W), a leaf that requires a gradient.</param>
/// <param name="Second">θ or the grid, likewise.</param>
/// <param name="Seed">∂V: 0 at points that are not <paramref name="Settled"/>.</param>
/// <param name="Places">The source point of every target point of every image, in pixels.</param>
/// <param name="Steady">Points whose place does not depend on how the last bits are rounded.</param>
/// <param name="Settled">Steady points away from whole and half pixels, where gradients and nearest pixels jump; or exact ones.</param>
public sealed record CheckInput(
    InputShape Shape, Tensor Image, Tensor Second, Tensor Seed, SourcePlace[] Places, bool[] Steady, bool[] Settled)
{
    /// <summary>
    /// How far the points reach, in pixels, or the longest side if that is more: the size of the coordinates' rounding. Grids of exact
    /// coordinates round nothing.
    /// </summary>
    public double Reach { get; } = Places.Where((place, i) => Settled[i] && place.IsFinite && !Shape.IsExact)
        .Select(place => Math.Max(Math.Abs(place.X), Math.Max(Math.Abs(place.Y), Math.Abs(place.Z))))
        .Append(Math.Max(Shape.Source.Width, Math.Max(Shape.Source.Height, Shape.Source.Depth))).Max();

    /// <summary>The index into <see cref="Places"/> of an element of V.</summary>
    /// <param name="element">Its index in C order.</param>
    public int PointOfValue(int element)
    {
        var (plane, point) = (element / Shape.Target.Length, element % Shape.Target.Length);
        return (plane / Shape.Channels * Shape.Target.Length) + point;
    }

    /// <summary>Whether an element of V has one right answer.</summary>
    /// <param name="element">Its index in C order.</param>
    /// <param name="jumps">Where V jumps.</param>
    public bool CountsForValues(int element, Jumps jumps)
    {
        var point = PointOfValue(element);
        var onJumps = jumps switch { Jumps.Nowhere => false, Jumps.Halfway => Shape.Kind != InputKind.Identity, _ => true };
        return onJumps ? Settled[point] : Steady[point];
    }
}
