using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Nothing outside the buffers is read or written: they stand between pages that may not be touched.</summary>
public class GuardPageTests
{
    [Theory]
    [InlineData(Kind.Affine)]
    [InlineData(Kind.Projective)]
    [InlineData(Kind.Grid)]
    [InlineData(Kind.Basis)]
    [InlineData(Kind.Affine3D)]
    [InlineData(Kind.Grid3D)]
    public void No_kernel_leaves_its_buffers(Kind kind)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var draws = new Draws(20 + (int)kind);
        for (var i = 0; i < 500; i++)
            Run(draws.Case<float>(draws.Setting(kind, most: 24)), atEnd: i % 2 == 0);
    }

    private static void Run(WarpCase<float> c, bool atEnd)
    {
        using var images = GuardedBuffer.Of(c.Images, atEnd);
        using var parameters = GuardedBuffer.Of(c.Parameters, atEnd);
        using var basis = GuardedBuffer.Of(c.Basis, atEnd);
        using var output = GuardedBuffer.Of(c.GradientOutput, atEnd);
        using var gradientOutput = GuardedBuffer.Of(c.GradientOutput, atEnd);
        using var gradientImages = GuardedBuffer.Of(c.Images, atEnd);
        using var gradientParameters = GuardedBuffer.Of(c.Parameters, atEnd);
        using var gradientBasis = GuardedBuffer.Of(c.Basis, atEnd);
        WarpCalls.Forward<float>(c.Setting, images.Span, parameters.Span, basis.Span, output.Span, 1);
        WarpCalls.Backward<float>(
            c.Setting, images.Span, parameters.Span, basis.Span, gradientOutput.Span, gradientImages.Span, gradientParameters.Span,
            gradientBasis.Span, 1);
        foreach (var buffer in new[] { images, parameters, basis, output, gradientOutput, gradientImages, gradientParameters, gradientBasis })
            Assert.True(buffer.IsIntact(), c.Setting.ToString());
        Assert.Equal(c.Images, images.Span);
        Assert.Equal(c.GradientOutput, gradientOutput.Span);
        Assert.Equal(c.Forward(), output.Span);
        Assert.Equal(c.Backward().Images, gradientImages.Span);
    }
}
