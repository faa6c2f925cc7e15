using Stn.Data.Randomness;

namespace Stn.Data.Numbers;

/// <summary>A colour of numbers from 0 to 1.</summary>
internal readonly record struct Paint(double Red, double Green, double Blue)
{
    /// <summary>Its lightness.</summary>
    public double Luma => (0.299 * Red) + (0.587 * Green) + (0.114 * Blue);

    /// <summary>Any colour that is neither black nor white.</summary>
    public static Paint Draw(ref CounterRandom random) => new(random.Uniform(0.1, 0.9), random.Uniform(0.1, 0.9), random.Uniform(0.1, 0.9));

    /// <summary>A colour that is lighter or darker than another by at least so much.</summary>
    public static Paint DrawBeside(Paint other, double contrast, ref CounterRandom random)
    {
        while (true)
        {
            var paint = new Paint(random.NextDouble(), random.NextDouble(), random.NextDouble());
            if (Math.Abs(paint.Luma - other.Luma) >= contrast)
                return paint;
        }
    }
}
