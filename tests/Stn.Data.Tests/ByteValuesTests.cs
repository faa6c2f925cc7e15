namespace Stn.Data.Tests;

public sealed class ByteValuesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    public void Every_byte_is_divided_by_255_wherever_it_stands(int before)
    {
        byte[] bytes = [.. new byte[before], .. Enumerable.Range(0, 256).Select(value => (byte)value), 7];
        var numbers = new float[bytes.Length + 1];
        numbers[^1] = -1;
        ByteValues.ToNumbers(bytes, numbers);
        Assert.Equal(bytes.Select(value => value / 255f).Append(-1), numbers);
    }
}
