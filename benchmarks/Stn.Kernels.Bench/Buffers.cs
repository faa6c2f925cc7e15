namespace Stn.Kernels.Bench;

/// <summary>The arrays that the works of a size share, filled from a fixed seed.</summary>
internal sealed class Buffers
{
    private readonly Random random = new(1);
    private readonly Size size;

    public Buffers(Size size)
    {
        this.size = size;
        Images = Draw();
        GradientOutputs = Draw();
    }

    public float[] Images { get; }

    public float[] GradientOutputs { get; }

    public float[] Outputs => GradientImages;

    public float[] GradientImages => field ??= new float[size.Elements];

    /// <summary>A transformation for each image: <paramref name="identity"/> and a tenth of a normal draw.</summary>
    public float[] Thetas(params float[] identity)
    {
        var theta = new float[size.Count * identity.Length];
        for (var i = 0; i < theta.Length; i++)
            theta[i] = identity[i % identity.Length] + (0.1f * Normal());
        return theta;
    }

    /// <summary>The grids of affine maps of that kind.</summary>
    public float[] Grid()
    {
        var theta = Thetas(1, 0, 0, 0, 1, 0);
        var grid = new float[size.Count * size.Height * size.Width * 2];
        for (var i = 0; i < grid.Length; i++)
        {
            var (point, axis, image) = (i / 2 % (size.Height * size.Width), i % 2, i / (2 * size.Height * size.Width));
            var x = Coordinates.OfPixel<float>(point % size.Width, size.Width, AlignCorners.False);
            var y = Coordinates.OfPixel<float>(point / size.Width, size.Height, AlignCorners.False);
            var row = theta.AsSpan((6 * image) + (3 * axis), 3);
            grid[i] = (row[0] * x) + (row[1] * y) + row[2];
        }

        return grid;
    }

    private float[] Draw()
    {
        var values = new float[size.Elements];
        for (var i = 0; i < values.Length; i++)
            values[i] = Normal();
        return values;
    }

    private float Normal() =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
