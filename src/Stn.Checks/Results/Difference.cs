namespace Stn.Checks.Results;

/// <summary>Two numbers that should be equal within what is allowed, and are not.</summary>
/// <param name="Quantity"><c>V</c>, <c>∂U</c>, <c>∂θ</c>, <c>∂grid</c> or what else was compared.</param>
/// <param name="Index">In C order.</param>
/// <param name="Expected">By the reference.</param>
/// <param name="Actual">Ours.</param>
/// <param name="Allowed">The tolerance.</param>
public sealed record Difference(string Quantity, int Index, double Expected, double Actual, double Allowed)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Quantity}[{Index}]: ours {Actual:R}, expected {Expected:R}, allowed ±{Allowed:G2}";

    /// <summary>Compares number by number. NaN equals NaN, an infinity itself.</summary>
    /// <param name="quantity">What is compared.</param>
    /// <param name="expected">By the reference.</param>
    /// <param name="actual">Ours, as many.</param>
    /// <param name="tolerance">For numbers up to 1; grows with the largest expected one.</param>
    /// <param name="counts">Which indices are compared; all by default.</param>
    public static IEnumerable<Difference> Between(
        string quantity, double[] expected, double[] actual, double tolerance, Func<int, bool>? counts = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Length != actual.Length)
        {
            yield return new Difference($"the number of elements of {quantity}", 0, expected.Length, actual.Length, 0);
            yield break;
        }

        var allowed = tolerance * expected.Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        for (var i = 0; i < expected.Length; i++)
        {
            if (counts?.Invoke(i) != false && !expected[i].Equals(actual[i]) && !(Math.Abs(expected[i] - actual[i]) <= allowed))
                yield return new Difference(quantity, i, expected[i], actual[i], allowed);
        }
    }
}
