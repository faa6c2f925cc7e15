namespace Stn.Data.Numbers;

/// <summary>The labels of a number: five places, each a digit or none (paper, section 4.2).</summary>
public static class NumberLabels
{
    /// <summary>The most digits.</summary>
    public const int Places = 5;

    /// <summary>The class of a place without a digit.</summary>
    public const int None = 10;

    /// <summary>The digits, and none.</summary>
    public const int Classes = 11;

    /// <summary>Writes the labels.</summary>
    /// <exception cref="ArgumentException">There are more digits than places.</exception>
    public static void Write(ReadOnlySpan<int> digits, Span<long> labels)
    {
        if (digits.Length > Places)
            throw new ArgumentException($"a number has at most {Places} digits, not {digits.Length}", nameof(digits));
        for (var i = 0; i < Places; i++)
            labels[i] = i < digits.Length ? digits[i] : None;
    }

    /// <summary>The number as it is written: <c>142</c>.</summary>
    public static string Text(IEnumerable<int> labels) => string.Concat(labels.Where(label => label != None));
}
