namespace Stn.Kernels.Warps;

/// <summary>Checks of spans at the public edge; inside there are none.</summary>
internal static class Check
{
    /// <summary>Throws unless a span has the length that its shape says.</summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static void Length<T>(ReadOnlySpan<T> span, long expected, string name, string shape)
    {
        if (span.Length != expected)
            throw new ArgumentException($"{name} must hold {shape} = {expected} values, got {span.Length}.", name);
    }

    /// <summary>The same for a result that is optional: an empty span means that it is not wanted.</summary>
    /// <returns>Whether it is wanted.</returns>
    /// <exception cref="ArgumentException">The length is neither 0 nor the expected one.</exception>
    public static bool Optional<T>(ReadOnlySpan<T> span, long expected, string name, string shape)
    {
        if (!span.IsEmpty)
            Length(span, expected, name, shape);
        return !span.IsEmpty;
    }
}
