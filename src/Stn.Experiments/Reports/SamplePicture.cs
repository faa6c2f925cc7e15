using Stn.Data;
using Stn.Data.Pictures;

namespace Stn.Experiments.Reports;

/// <summary>A sample as a picture: an image as it is, two channels as two colours, a volume summed along its depth.</summary>
internal static class SamplePicture
{
    /// <summary>Draws one.</summary>
    /// <param name="values">(C, H, W) or (C, D, H, W), as <paramref name="shape"/> says.</param>
    /// <param name="shape">Its shape.</param>
    internal static Picture Of(ReadOnlySpan<float> values, SampleShape shape)
    {
        var (plane, planes) = (shape.Plane, shape.IsVolume ? Project(values, shape) : values.ToArray());
        if (shape.Channels is 1 or 3)
            return Picture.FromPlanes(planes, shape.Channels, plane.Height, plane.Width);

        // The first channel red, the second cyan; where both are, white. More channels take turns.
        var colours = new float[3 * plane.Length];
        for (var i = 0; i < planes.Length; i++)
        {
            var (channel, pixel) = (i / plane.Length, i % plane.Length);
            for (var colour = 0; colour < 3; colour++)
            {
                ref var value = ref colours[(colour * plane.Length) + pixel];
                value = Math.Max(value, (colour == 0) == (channel % 2 == 0) ? planes[i] : 0);
            }
        }

        return Picture.FromPlanes(colours, 3, plane.Height, plane.Width);
    }

    // The sum along depth, the largest white.
    private static float[] Project(ReadOnlySpan<float> values, SampleShape shape)
    {
        var (length, depth) = (shape.Plane.Length, shape.Volume.Depth);
        var sums = new float[shape.Channels * length];
        for (var i = 0; i < values.Length; i++)
            sums[(i / (depth * length) * length) + (i % length)] += values[i];
        var largest = Math.Max(1e-6f, sums.Max());
        return Array.ConvertAll(sums, sum => sum / largest);
    }
}
