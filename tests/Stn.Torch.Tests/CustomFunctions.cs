namespace Stn.Torch.Tests;

/// <summary>y0 = a·b, y1 = a² + b, with an honest backward that computes only what is asked for.</summary>
internal sealed class TwoByTwo : CustomFunction
{
    internal List<bool> Needed { get; } = [];

    internal bool SawExpandedGradient { get; private set; }

    protected override int OutputCount => 2;

    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (a, b) = (inputs[0], inputs[1]);
        context.Save(a, b);
        return [a * b, (a * a) + b];
    }

    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var saved = context.Saved(2);
        var (a, b) = (saved[0], saved[1]);
        Needed.Clear();
        Needed.AddRange([context.NeedsGrad(0), context.NeedsGrad(1)]);
        SawExpandedGradient |= !gradients[0].IsContiguous;
        return
        [
            Needed[0] ? (gradients[0] * b) + (gradients[1] * a * 2) : null,
            Needed[1] ? (gradients[0] * a) + gradients[1] : null,
        ];
    }
}

/// <summary>y = x³; its backward is a function of its own, so that it can be differentiated again.</summary>
internal sealed class Cube : CustomFunction
{
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return [inputs[0].Pow(3)];
    }

    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients) =>
        new CubeGradient().Apply(gradients[0], context.Saved(1)[0]);
}

/// <summary>z = 3·g·x².</summary>
internal sealed class CubeGradient : CustomFunction
{
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return [inputs[0] * inputs[1] * inputs[1] * 3];
    }

    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var saved = context.Saved(2);
        return [gradients[0] * saved[1] * saved[1] * 3, gradients[0] * saved[0] * saved[1] * 6];
    }
}

/// <summary>The identity, with whatever a test wants to happen on the way.</summary>
internal sealed class Hook(
    Func<FunctionContext, Tensor[], Tensor[]>? forward = null, Func<FunctionContext, Tensor[], Tensor?[]>? backward = null) : CustomFunction
{
    internal FunctionContext? Context { get; private set; }

    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        Context = context;
        return forward is null ? [inputs[0] * 1] : forward(context, inputs);
    }

    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients) =>
        backward is null ? [gradients[0]] : backward(context, gradients);
}
