using Stn.Testing;
using Stn.Torch.Interop;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Batch norm with what follows it in one pass, against libtorch's operators one after the other.</summary>
public sealed class NormalisationTests : TensorTest
{
    private static readonly Tolerance Rounding = new(1e-5, 1e-5);
    private static readonly Tolerance Slopes = new(1e-4, 1e-4);

    public static TheoryData<int, int, int, int, bool, bool> Shapes
    {
        get
        {
            var all = new TheoryData<int, int, int, int, bool, bool>();
            (int Images, int Channels, int Height, int Width)[] shapes = [(32, 8, 2, 2), (3, 5, 7, 7), (1, 3, 9, 5), (4, 16, 16, 16), (2, 1, 1, 1), (5, 2, 23, 31)];
            foreach (var (images, channels, height, width) in shapes)
            {
                all.Add(images, channels, height, width, false, false);
                all.Add(images, channels, height, width, true, false);
                all.Add(images, channels, height, width, true, true);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_gradients_and_running_statistics_are_those_of_the_operators(int images, int channels, int height, int width, bool isRectified, bool isAdded)
    {
        var (fast, plain) = (Norm(channels), Norm(channels));
        var input = (Tensor.RandomNormal([images, channels, height, width]) + 3).RequireGrad();
        var added = isAdded ? Tensor.RandomNormal(input.Shape).RequireGrad() : null;
        var actual = isRectified ? fast.ForwardRelu(input, Pass.Training, added) : fast.Forward(input, Pass.Training);
        var expected = Plain(plain, input, added, isRectified, Pass.Training);
        AssertClose.Tensors(expected.Detach(), actual.Detach(), Rounding);
        var weights = Tensor.RandomNormal(input.Shape);
        foreach (var (one, other) in Gradients(expected, plain, input, added, weights).Zip(Gradients(actual, fast, input, added, weights)))
            AssertClose.Tensors(one, other, Slopes);
        foreach (var (one, other) in plain.OwnParameters.Zip(fast.OwnParameters).Where(pair => !pair.First.Parameter.IsLearned))
            AssertClose.Tensors(one.Parameter.Value.To(DType.Float32), other.Parameter.Value.To(DType.Float32), Rounding);
        using var recording = new NoGrad();
        AssertClose.Tensors(
            Plain(plain, input, added, isRectified, Pass.Inference),
            isRectified ? fast.ForwardRelu(input, Pass.Inference, added) : fast.Forward(input, Pass.Inference), Rounding);
    }

    [Fact]
    public void A_mean_far_from_zero_costs_no_precision()
    {
        var norm = Norm(2);
        var values = Tensor.RandomNormal([8, 2, 30, 30]);
        var shifted = (values * 0.01) + 500;
        var expected = Plain(Norm(2), shifted.To(DType.Float64), null, false, Pass.Training, DType.Float64).To(DType.Float32);
        AssertClose.Tensors(expected, norm.Forward(shifted, Pass.Training).Detach(), new Tolerance(2e-2, 0));
    }

    [Fact]
    public void What_is_not_a_number_stays_and_its_channel_alone_is_lost()
    {
        var input = Tensor.RandomNormal([2, 2, 5, 5]);
        input.DangerousGetSpan<float>()[7] = float.NaN;
        var output = Norm(2).ForwardRelu(input, Pass.Training).Detach();
        Assert.All(output.Narrow(1, 0, 1).Contiguous().ToArray<float>(), value => Assert.True(float.IsNaN(value)));
        Assert.All(output.Narrow(1, 1, 1).Contiguous().ToArray<float>(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        var input = Tensor.RandomNormal([3, 2, 6, 5]).RequireGrad();
        var added = Tensor.RandomNormal(input.Shape);
        Tensor Second(Tensor output) =>
            Autograd.Gradients([Autograd.Gradients([output.Pow(3).Sum()], [input], createGraph: true)[0]!.Pow(2).Sum()], [input])[0]!;
        AssertClose.Tensors(
            Second(Plain(Norm(2), input, added, true, Pass.Training)), Second(Norm(2).ForwardRelu(input, Pass.Training, added)), new Tolerance(1e-3, 1e-3));
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        var input = Tensor.RandomNormal([6, 7, 9, 9]).RequireGrad();
        var threads = TorchRuntime.Threads;
        try
        {
            var runs = new[] { 1, 3 }.Select(count =>
            {
                TorchRuntime.Threads = count;
                var norm = Norm(7);
                var output = norm.ForwardRelu(input, Pass.Training);
                return (Output: output.Detach().ToArray<float>(), Gradient: Autograd.Gradients([output.Pow(2).Sum()], [input])[0]!.ToArray<float>());
            }).ToArray();
            Assert.Equal(runs[0].Output, runs[1].Output);
            Assert.Equal(runs[0].Gradient, runs[1].Gradient);
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }

    private BatchNorm2d Norm(int channels)
    {
        var norm = Own(new BatchNorm2d(channels));
        foreach (var (name, parameter) in norm.OwnParameters.Where(own => own.Parameter.IsLearned))
        {
            var numbers = parameter.Value.DangerousGetSpan<float>();
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = name == "weight" ? 0.5f + (0.3f * i) : 0.2f - (0.1f * i);
        }

        return norm;
    }

    // Not the layer's own way to the operators: those by themselves.
    private static Tensor Plain(BatchNorm2d norm, Tensor input, Tensor? added, bool isRectified, Pass pass, DType type = DType.Float32)
    {
        var of = norm.OwnParameters.ToDictionary(own => own.Name, own => own.Parameter.Value.Type == DType.Int64 || type == DType.Float32 ? own.Parameter.Value : own.Parameter.Value.To(type));
        if (pass.IsTraining)
            Ops.AddScalarInPlace.Do(of["num_batches_tracked"], 1L);
        var value = Ops.BatchNorm.Call(input, of["weight"], of["bias"], of["running_mean"], of["running_var"], pass.IsTraining, 0.1, 1e-5, false);
        if (added is not null)
            value += added;
        return isRectified ? value.Relu() : value;
    }

    private static Tensor[] Gradients(Tensor output, BatchNorm2d norm, Tensor input, Tensor? added, Tensor weights)
    {
        Tensor[] inputs = [input, .. added is null ? [] : new[] { added }, .. norm.OwnParameters.Where(own => own.Parameter.IsLearned).Select(own => own.Parameter.Value)];
        return [.. Autograd.Gradients([(output * weights).Sum()], inputs).Select(gradient => gradient!)];
    }
}
