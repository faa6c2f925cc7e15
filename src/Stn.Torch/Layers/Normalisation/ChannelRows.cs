namespace Stn.Torch.Layers.Normalisation;

/// <summary>Where the numbers of one channel of a batch lie: rows of neighbours, one behind the other at equal distances.</summary>
/// <param name="first">The first number of the first row.</param>
/// <param name="count">How many rows.</param>
/// <param name="length">Numbers of a row.</param>
/// <param name="stride">Numbers from one row's first to the next one's.</param>
internal readonly unsafe struct ChannelRows(float* first, int count, int length, nint stride)
{
    internal int Count { get; } = count;

    internal int Length { get; } = length;

    internal float* this[int row] => first + (row * stride);

    /// <summary>Copies the rows behind each other, into one.</summary>
    internal ChannelRows Gather(float* to)
    {
        for (var row = 0; row < Count; row++)
            new ReadOnlySpan<float>(this[row], Length).CopyTo(new Span<float>(to + ((nint)row * Length), Length));
        return new ChannelRows(to, 1, Count * Length, 0);
    }

    /// <summary>The way back: fills the rows from one.</summary>
    internal void Scatter(in ChannelRows from)
    {
        for (var row = 0; row < Count; row++)
            new ReadOnlySpan<float>(from[0] + ((nint)row * Length), Length).CopyTo(new Span<float>(this[row], Length));
    }
}
