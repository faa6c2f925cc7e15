using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The rows of a map that adds to each target pixel how its control points were moved, and then undoes a scale.</summary>
internal ref struct SplineRows : ISourceRows
{
    private readonly double _scale;
    private readonly Plane _source;
    private readonly Plane _target;
    private readonly Span<float> _movedX;
    private readonly Span<float> _movedY;
    private int _row;

    /// <summary>Sums the moves of all pixels; single precision places them to a millionth of a pixel.</summary>
    /// <param name="basis">As for <see cref="ByteWarp.Spline"/>.</param>
    /// <param name="moves">Likewise.</param>
    /// <param name="scale">Likewise.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="buffer">Room for two numbers for each target pixel.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other, or there are fewer than 8 columns or no multiple of 16 pixels.</exception>
    public SplineRows(
        ReadOnlySpan<float> basis, ReadOnlySpan<float> moves, double scale, Plane source, Plane target, Span<float> buffer)
    {
        var count = moves.Length / 2;
        if (basis.Length != count * target.Length || target.Width < Vector512<double>.Count || target.Length % Vector512<float>.Count != 0)
            throw new ArgumentException($"a basis of {basis.Length} numbers does not fit {moves.Length} moves and {target}", nameof(basis));
        (_scale, _source, _target) = (scale, source, target);
        _movedX = buffer[..target.Length];
        _movedY = buffer[target.Length..];
        for (var pixel = 0; pixel < target.Length; pixel += Vector512<float>.Count)
        {
            var (x, y) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var k = 0; k < count; k++)
            {
                var response = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(basis), (nuint)((k * target.Length) + pixel));
                x += response * Vector512.Create(moves[k]);
                y += response * Vector512.Create(moves[count + k]);
            }

            x.CopyTo(_movedX[pixel..]);
            y.CopyTo(_movedY[pixel..]);
        }
    }

    /// <inheritdoc/>
    public static bool LeavesOut => false;

    /// <inheritdoc/>
    public (int First, int End) Enter(int row)
    {
        _row = row;
        return (0, _target.Width);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (Vector512<double> X, Vector512<double> Y) Eight(int column)
    {
        var at = (_row * _target.Width) + column;
        var columns = Vector512.Create(column - ((_target.Width - 1) / 2.0)) + Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        var y = Vector512.Create(_row - ((_target.Height - 1) / 2.0)) + Load(_movedY, at);
        return (Scaled(columns + Load(_movedX, at), _source.Width), Scaled(y, _source.Height));
    }

    private readonly Vector512<double> Scaled(Vector512<double> fromMiddle, int size) =>
        (fromMiddle / Vector512.Create(_scale)) + Vector512.Create((size - 1) / 2.0);

    private static Vector512<double> Load(Span<float> values, int at)
    {
        var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at));
        return Vector512.Create(low, high);
    }
}
