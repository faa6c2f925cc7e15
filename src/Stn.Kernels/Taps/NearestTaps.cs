using System.Numerics;
using System.Runtime.CompilerServices;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The nearest pixel or voxel, equation (4) of the paper. The pixels of a tile are found once and read for each channel; the
/// gradient of the positions is 0 everywhere.
/// </summary>
internal readonly unsafe struct NearestTaps<T>(Padding padding, AlignCorners align, TieRule ties) : ITaps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Outside = NearestPixels.Outside;

    public bool KeepsPositions => false;

    public void Forward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        var pixels = Find(work.Source, staged);
        var outside = T.CreateTruncating(padding.Value);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            var image = work.ImagePlane(channel);
            for (var run = 0; run < tile.Runs; run++)
            {
                var output = work.OutputPlane(channel) + tile.TargetStart(run);
                var from = pixels + tile.StagedStart(run);
                if (Simd.IsFastFor<T>())
                {
                    NearestPixels.Read((float*)image, work.Source.Width, from, tile.RunLength, (float)padding.Value, (float*)output);
                    continue;
                }

                for (var i = 0; i < tile.RunLength; i++)
                    output[i] = from[i] == Outside ? outside : image[from[i]];
            }
        }
    }

    public void Backward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        if (work.Gradients == null)
            return;

        var pixels = Find(work.Source, staged);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            work.BeginGradient(channel, 1, tile);
            var gradient = work.GradientPlane(channel);
            for (var run = 0; run < tile.Runs; run++)
            {
                var amounts = work.OutputPlane(channel) + tile.TargetStart(run);
                var to = pixels + tile.StagedStart(run);
                Scatter(amounts, to, tile.RunLength, gradient);
            }

            work.EndGradient(channel, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(T* amounts, int* to, int count, T* gradient)
    {
        for (var i = 0; i < count; i++)
        {
            if (to[i] != Outside)
                gradient[to[i]] += amounts[i];
        }
    }

    // The pixel of each staged point within a plane, or Outside. Padding comes first, then rounding, as in PyTorch.
    private int* Find(Volume source, in Staged<T> staged)
    {
        Folding.Fold(staged, source, align, padding.Mode);
        var pixels = Scratch.Current.Take<int>(Slot.Index, staged.Length);
        if (Simd.IsFastFor<T>())
        {
            NearestPixels.Find(Floats.Of(staged), source, ties, pixels);
            return pixels;
        }

        for (var i = 0; i < staged.Length; i++)
        {
            var x = NearestReference.Index(staged.X[i], source.Width, ties);
            var y = NearestReference.Index(staged.Y[i], source.Height, ties);
            var z = staged.Z == null ? 0 : NearestReference.Index(staged.Z[i], source.Depth, ties);
            pixels[i] = (x | y | z) < 0 ? Outside : (((z * source.Height) + y) * source.Width) + x;
        }

        return pixels;
    }
}
