using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Checks.Inputs;

/// <summary>Draws the numbers of inputs; the same for the same seed. All are numbers that float32 holds.</summary>
/// <param name="seed">Names the sequence.</param>
public sealed class InputDraws(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Draws an input of a shape. The tensors belong to the scope around.</summary>
    /// <param name="shape">Its sizes and kind.</param>
    /// <param name="points">Where the target lies in the source.</param>
    /// <param name="type">Of all tensors.</param>
    public CheckInput Draw(InputShape shape, SourcePoints points, DType type)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(points);
        var volumes = points.Dimensions == 3;
        var image = Image(shape, type, volumes);
        var own = Enumerable.Range(0, shape.Count).Select(_ => Own(shape, points)).ToArray();
        if (shape.Kind == InputKind.Strided)
            own = [.. own.Select(_ => own[0])];
        var second = Second(shape, points, own, type);
        SourcePlace[][] places = [.. own.Select(one => points.LocateAll(one, shape.Source))];
        var known = own.SelectMany((one, i) => Knowledge(shape, points, one, places[i], type)).ToArray();
        bool[] settled = [.. known.Select(point => point.Settled)];
        return new CheckInput(
            shape, image, second, Seed(shape, settled, type, volumes), [.. places.SelectMany(each => each)],
            [.. known.Select(point => point.Steady)], settled);
    }

    /// <summary>Normal numbers.</summary>
    /// <param name="count">How many.</param>
    public double[] Normals(long count)
    {
        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        return numbers;
    }

    private static IEnumerable<(bool Steady, bool Settled)> Knowledge(
        InputShape shape, SourcePoints points, double[] own, SourcePlace[] places, DType type)
    {
        if (shape.IsExact)
            return Enumerable.Repeat((true, true), shape.Target.Length);
        var moved = points.LocateAll(Steadiness.Moved(own), shape.Source);
        return places.Zip(moved, (place, other) => Steadiness.Of(points, place, other, shape.Source, type));
    }

    private Tensor Image(InputShape shape, DType type, bool volumes)
    {
        var (n, c) = (shape.Count, shape.Channels);
        var numbers = Normals((long)n * c * shape.Source.Length);
        var sizes = Sizes(shape.Source, volumes);
        var image = shape.Kind == InputKind.Strided
            ? Tensor.From(numbers, [n, .. sizes, c]).To(type).Permute(volumes ? [0, 4, 1, 2, 3] : [0, 3, 1, 2])
            : Tensor.From(numbers, [n, c, .. sizes]).To(type);
        return image.Detach().RequireGrad();
    }

    private static long[] Sizes(Volume volume, bool volumes) =>
        volumes ? [volume.Depth, volume.Height, volume.Width] : [volume.Height, volume.Width];

    private double[] Own(InputShape shape, SourcePoints points) => shape.Kind switch
    {
        InputKind.Whole => Grid(
            points.Dimensions, axis => HalfPixels(Folded.SizeOf(shape.Source, axis), points.Align)),
        InputKind.Apart => Grid(
            points.Dimensions, axis => [.. HalfPixels(Folded.SizeOf(shape.Source, axis), points.Align).Where((_, i) => i % 3 == 0)]),
        InputKind.NoPlace => Grid(points.Dimensions, _ => StrangeNumbers.All),
        InputKind.Identity => [.. points.Identity.Select(number => (double)(float)number)],
        _ => [.. points.Identity.Select(number => (double)(float)(number + (Spread(shape.Kind) * ((2 * _random.NextDouble()) - 1))))],
    };

    private static double Spread(InputKind kind) => kind == InputKind.Far ? 6 : 0.25;

    private static Tensor Second(InputShape shape, SourcePoints points, double[][] own, DType type)
    {
        var (one, all) = (points.Shape(1), points.Shape(shape.Count));
        var second = shape.Kind == InputKind.Strided
            ? Tensor.From(own[0], one).To(type).Expand(all)
            : Tensor.From([.. own.SelectMany(numbers => numbers)], all).To(type);
        return second.Detach().RequireGrad();
    }

    private Tensor Seed(InputShape shape, bool[] settled, DType type, bool volumes)
    {
        var (n, c, size) = (shape.Count, shape.Channels, shape.Target);
        var shared = shape.Kind == InputKind.Strided ? 1 : c;
        var numbers = Normals((long)n * shared * size.Length);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = settled[(i / size.Length / shared * size.Length) + (i % size.Length)] ? numbers[i] : 0;
        var sizes = Sizes(size, volumes);
        return Tensor.From(numbers, [n, shared, .. sizes]).To(type).Expand([n, c, .. sizes]);
    }

    // Every combination of the coordinates along the axes, x fastest.
    private static double[] Grid(int dimensions, Func<int, IReadOnlyList<double>> along) => dimensions == 3
        ? [.. from z in along(2) from y in along(1) from x in along(0) from value in new[] { x, y, z } select value]
        : [.. from y in along(1) from x in along(0) from value in new[] { x, y } select value];

    private static double[] HalfPixels(int size, AlignCorners align) =>
        [.. Enumerable.Range(-2 * size, 6 * size).Select(half => align == AlignCorners.True ? (half / (size - 1.0)) - 1 : ((half + 1.0) / size) - 1)];
}
