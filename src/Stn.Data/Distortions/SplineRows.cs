using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The rows of a map that adds to each target pixel how its control points were moved, and then undoes a scale.</summary>
internal readonly ref struct SplineRows : ISourceRows
{
    private readonly ReadOnlySpan<double> _basis;
    private readonly ReadOnlySpan<double> _moves;
    private readonly double _scale;
    private readonly Plane _source;
    private readonly Plane _target;

    /// <summary>Takes what <see cref="ByteWarp.Spline"/> takes.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit each other, or the width is no multiple of 4.</exception>
    public SplineRows(ReadOnlySpan<double> basis, ReadOnlySpan<double> moves, double scale, Plane source, Plane target)
    {
        if (basis.Length != moves.Length / 2 * target.Length || target.Width % Vector256<double>.Count != 0)
            throw new ArgumentException($"a basis of {basis.Length} numbers does not fit {moves.Length} moves and {target}", nameof(basis));
        _basis = basis;
        _moves = moves;
        (_scale, _source, _target) = (scale, source, target);
    }

    /// <inheritdoc/>
    public (int First, int End) Columns(int row, InkBox ink) => (0, _target.Width);

    /// <inheritdoc/>
    public (Vector256<double> X, Vector256<double> Y) Four(int row, int column)
    {
        var x = Vector256.Create(column - ((_target.Width - 1) / 2.0)) + Vector256.Create(0.0, 1, 2, 3);
        var y = Vector256.Create(row - ((_target.Height - 1) / 2.0));
        ref var function = ref Unsafe.Add(ref MemoryMarshal.GetReference(_basis), (row * _target.Width) + column);
        var count = _moves.Length / 2;
        for (var k = 0; k < count; k++)
        {
            var response = Vector256.LoadUnsafe(ref function, (nuint)(k * _target.Length));
            x += response * Vector256.Create(_moves[k]);
            y += response * Vector256.Create(_moves[count + k]);
        }

        return (Scaled(x, _source.Width), Scaled(y, _source.Height));
    }

    private Vector256<double> Scaled(Vector256<double> fromMiddle, int size) =>
        (fromMiddle / Vector256.Create(_scale)) + Vector256.Create((size - 1) / 2.0);
}
