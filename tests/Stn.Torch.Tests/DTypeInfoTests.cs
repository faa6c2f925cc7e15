namespace Stn.Torch.Tests;

public class DTypeInfoTests
{
    [Fact]
    public void Every_type_has_its_size()
    {
        int[] sizes = [1, 1, 2, 4, 8, 2, 4, 8, 1, 2];
        Assert.Equal(sizes, Enum.GetValues<DType>().Order().Select(type => type.SizeInBytes()));
    }

    [Fact]
    public void A_number_that_is_no_type_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DType)99).SizeInBytes());
}
