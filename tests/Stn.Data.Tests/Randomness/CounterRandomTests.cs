using Stn.Data.Randomness;

namespace Stn.Data.Tests.Randomness;

public sealed class CounterRandomTests
{
    private const int Draws = 200_000;

    [Fact]
    public void The_words_are_those_of_the_generator_at_the_place_that_was_named()
    {
        var random = new CounterRandom(0x0123456789abcdef, RandomPurpose.TestDistortion, 7, 9);
        var key = (0x89abcdefu, 0x01234567u);
        for (var block = 0u; block < 3; block++)
        {
            var (a, b, c, d) = Philox4x32.Block((block, 9, 7, 2), key);
            Assert.Equal((a, b, c, d), (random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()));
        }
    }

    [Fact]
    public void Each_part_of_the_place_changes_the_numbers()
    {
        CounterRandom[] all =
        [
            new(1, RandomPurpose.Order, 0, 0), new(2, RandomPurpose.Order, 0, 0), new(1ul << 32, RandomPurpose.Order, 0, 0),
            new(1, RandomPurpose.TrainingDistortion, 0, 0), new(1, RandomPurpose.Order, 1, 0), new(1, RandomPurpose.Order, 0, 1),
        ];
        Assert.Equal(all.Length, all.Select(random => random.NextUInt32()).Distinct().Count());
    }

    [Fact]
    public void Doubles_fill_zero_to_one_evenly()
    {
        var random = New();
        var bins = new int[100];
        for (var i = 0; i < Draws; i++)
            bins[(int)(100 * random.NextDouble())]++;
        AssertEven(bins);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(100)]
    public void Integers_are_even_and_below_their_bound(int bound)
    {
        var random = New();
        var bins = new int[bound];
        for (var i = 0; i < Draws; i++)
            bins[random.NextInt(bound)]++;
        AssertEven(bins);
    }

    [Fact]
    public void A_large_bound_has_no_bias()
    {
        // 3·2^29 results from 2^32 words: without rejection the multiples of three would come twice as often.
        var random = New();
        var bins = new int[3];
        for (var i = 0; i < Draws; i++)
            bins[random.NextInt(3 << 29) % 3]++;
        AssertEven(bins);
    }

    [Fact]
    public void A_bound_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => New().NextInt(0));

    [Fact]
    public void Uniform_numbers_keep_to_their_range()
    {
        var random = New();
        for (var i = 0; i < 1000; i++)
            Assert.InRange(random.Uniform(-3, 5), -3, 5);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_normal_distribution()
    {
        var random = New();
        double first = 0, second = 0, fourth = 0;
        for (var i = 0; i < Draws; i++)
        {
            var x = random.Normal();
            (first, second, fourth) = (first + x, second + (x * x), fourth + (x * x * x * x));
        }

        Assert.InRange(first / Draws, -0.012, 0.012);
        Assert.InRange(second / Draws, 0.98, 1.02);
        Assert.InRange(fourth / Draws, 2.88, 3.12);
    }

    [Fact]
    public void Of_a_pair_of_normal_numbers_the_first_is_that_asked_for_alone_and_the_second_has_its_moments_too()
    {
        var (pairs, alone) = (new CounterRandom(9, RandomPurpose.Order, 0, 0), new CounterRandom(9, RandomPurpose.Order, 0, 0));
        var (sum, squares, products) = (0.0, 0.0, 0.0);
        for (var i = 0; i < 40_000; i++)
        {
            var (x, y) = pairs.NormalPair();
            Assert.Equal(alone.Normal(), x);
            (sum, squares, products) = (sum + y, squares + (y * y), products + (x * y));
        }

        Assert.Equal(0, sum / 40_000, 0.025);
        Assert.Equal(1, squares / 40_000, 0.036);
        Assert.Equal(0, products / 40_000, 0.025);
    }

    [Fact]
    public void Normal_numbers_have_the_same_bits_on_every_machine()
    {
        var random = New();
        long[] bits = [.. Enumerable.Range(0, 3).Select(_ => BitConverter.DoubleToInt64Bits(random.Normal()))];
        Assert.Equal([-4626164353189275013, 4609159338372405805, 4598384207438260549], bits);
    }

    private static CounterRandom New() => new(5, RandomPurpose.TestDistortion, 1, 2);

    /// <summary>Each count within five deviations of its mean.</summary>
    private static void AssertEven(int[] bins)
    {
        var mean = (double)bins.Sum() / bins.Length;
        Assert.All(bins, count => Assert.InRange(count, mean - (5 * Math.Sqrt(mean)), mean + (5 * Math.Sqrt(mean))));
    }
}
