using System.Numerics;

namespace Stn.Kernels.Tests.Support;

/// <summary>Which warp a case runs.</summary>
public enum Kind
{
    Affine, Projective, Grid, Basis, Affine3D, Grid3D, Spline,
}

/// <summary>The sizes and modes of a case; an image is a volume of one slice.</summary>
public sealed record Setting(
    Kind Kind, int Count, int Channels, Volume Source, Volume Target, Sampling Sampling, AlignCorners Align, int Functions = 7)
{
    public bool IsVolume => Kind is Kind.Affine3D or Kind.Grid3D;

    public int Dimensions => IsVolume ? 3 : 2;

    /// <summary>The parameters of one image.</summary>
    public int Parameters => Kind switch
    {
        Kind.Affine => 6,
        Kind.Projective => 8,
        Kind.Basis => 2 * Functions,
        Kind.Spline => 2 * Side * Side,
        Kind.Affine3D => 12,
        _ => Dimensions * Target.Length,
    };

    /// <summary>The side of a spline's lattice: 2 to 6, odd ones among them.</summary>
    public int Side => 2 + (Functions % 5);

    public ImageBatch Images => new(Count, Channels, new Plane(Source.Height, Source.Width));

    public VolumeBatch Volumes => new(Count, Channels, Source);

    public Plane TargetPlane => new(Target.Height, Target.Width);
}

/// <summary>The gradients that a backward pass was asked for.</summary>
public sealed record Gradients<T>(T[] Images, T[] Parameters, T[] Basis);

/// <summary>A setting with its numbers, and the calls of the public surface that it stands for.</summary>
public sealed record WarpCase<T>(Setting Setting, T[] Images, T[] Parameters, T[] Basis, T[] GradientOutput)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether a projective w comes close to 0, where u/w and its slope magnify rounding and steps without limit.</summary>
    public bool NearsHorizon => Setting.Kind == Kind.Projective
        && Parameters.Chunk(8).Any(h => !(T.Abs(h[6]) + T.Abs(h[7]) < T.CreateTruncating(0.9)));

    public T[] Forward(int threads = 1)
    {
        var output = new T[GradientOutput.Length];
        output.AsSpan().Fill(T.NaN);
        WarpCalls.Forward<T>(Setting, Images, Parameters, Basis, output, threads);
        return output;
    }

    public Gradients<T> Backward(int threads = 1, bool images = true, bool parameters = true, bool basis = true)
    {
        var gradients = new Gradients<T>(
            Unset(images, Images.Length), Unset(parameters, Parameters.Length), Unset(basis, Basis.Length));
        WarpCalls.Backward<T>(Setting, Images, Parameters, Basis, GradientOutput, gradients.Images, gradients.Parameters, gradients.Basis, threads);
        return gradients;
    }

    /// <summary>One image of the batch.</summary>
    public WarpCase<T> Image(int image) => new(
        Setting with { Count = 1 }, Part(Images, image), Part(Parameters, image), Basis, Part(GradientOutput, image));

    private T[] Part(T[] values, int image) =>
        values.AsSpan(values.Length / Setting.Count * image, values.Length / Setting.Count).ToArray();

    private static T[] Unset(bool wanted, int length)
    {
        var values = new T[wanted ? length : 0];
        values.AsSpan().Fill(T.NaN);
        return values;
    }
}
