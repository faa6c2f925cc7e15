using System.Numerics;
using Stn.Kernels;
using Stn.Torch;
using Plane = Stn.Kernels.Plane;

namespace Stn.Warps;

/// <summary>The affine kernels as a part of libtorch's graph: (U, θ) to V, with the gradients that are asked for.</summary>
/// <param name="target">The size of V.</param>
/// <param name="align">Where ±1 lies.</param>
internal sealed class AffineWarpFunction(Plane target, AlignCorners align) : CustomFunction
{
    private static readonly Stn.Kernels.Sampler Bilinear = Stn.Kernels.Sampler.Linear();

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return [inputs[0].Type == DType.Float64 ? Forward<double>(inputs[0], inputs[1]) : Forward<float>(inputs[0], inputs[1])];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var saved = context.Saved(2);
        bool[] wanted = [context.NeedsGrad(0), context.NeedsGrad(1)];
        if (NoGrad.IsRecording)
            return Differentiable(saved, gradients[0], wanted);
        return saved[0].Type == DType.Float64
            ? Backward<double>(saved[0], saved[1], gradients[0], wanted)
            : Backward<float>(saved[0], saved[1], gradients[0], wanted);
    }

    private Tensor Forward<T>(Tensor image, Tensor theta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shape = ShapeOf(image);
        var output = Tensor.Empty(image.Type, shape.Count, shape.Channels, target.Height, target.Width);
        AffineWarp.Forward<T>(
            image.Contiguous().DangerousGetSpan<T>(), shape, theta.Contiguous().DangerousGetSpan<T>(), Bilinear, align, target,
            output.DangerousGetSpan<T>(), TorchRuntime.Threads);
        return output;
    }

    private Tensor?[] Backward<T>(Tensor image, Tensor theta, Tensor gradient, bool[] wanted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gradientImage = wanted[0] ? Tensor.Empty(image.Type, image.Shape) : null;
        var gradientTheta = wanted[1] ? Tensor.Empty(theta.Type, theta.Shape) : null;
        AffineWarp.Backward<T>(
            image.Contiguous().DangerousGetSpan<T>(), ShapeOf(image), theta.Contiguous().DangerousGetSpan<T>(), Bilinear, align, target,
            gradient.Contiguous().DangerousGetSpan<T>(),
            gradientImage is null ? [] : gradientImage.DangerousGetSpan<T>(),
            gradientTheta is null ? [] : gradientTheta.DangerousGetSpan<T>(), TorchRuntime.Threads);
        return [gradientImage, gradientTheta];
    }

    // Gradients that will be differentiated again come from operators that libtorch records. Where its sampler has no second
    // derivative (before 2.12), libtorch says so: an error, never a silent zero.
    private Tensor?[] Differentiable(Tensor[] saved, Tensor gradient, bool[] wanted)
    {
        var output = FusedAffineWarp.Explicit.Apply(saved[0], saved[1], target, align);
        var inputs = saved.Where((_, i) => wanted[i]).ToArray();
        var gradients = new Queue<Tensor?>(Autograd.Gradients([output], inputs, [gradient], createGraph: true));
        return [wanted[0] ? gradients.Dequeue() : null, wanted[1] ? gradients.Dequeue() : null];
    }

    private static ImageBatch ShapeOf(Tensor image)
    {
        var shape = image.Shape;
        return new ImageBatch((int)shape[0], (int)shape[1], new Plane((int)shape[2], (int)shape[3]));
    }
}
