using System.Runtime.Intrinsics;
using Stn.Torch.Interop;
using Parallel = Stn.Torch.Layers.Parallel;

namespace Stn.Torch.Optimisers;

/// <summary>
/// A step of Adam over all parameters at once, in one pass through their memory and on all threads. Each number is computed by itself: the
/// bits do not depend on the threads.
/// </summary>
internal sealed unsafe class AdamPass
{
    // Less is not worth a thread's turn; three of each parameter's four arrays are written.
    private const long Chunk = 16 * 1024;

    private readonly List<Part> _parts = [];
    private readonly List<nint> _written = [];

    /// <summary>Takes a parameter in, if it and all that belongs to it are floats in this machine's memory, without gaps.</summary>
    internal bool TryAdd(Tensor value, Tensor gradient, Tensor mean, Tensor square, AdamNumbers numbers)
    {
        if (!value.TryGetFloats(out var data, out var count) || !gradient.TryGetFloats(out var slope, out _)
            || !mean.TryGetFloats(out var m, out _) || !square.TryGetFloats(out var v, out _))
            return false;

        for (var start = 0L; start < count; start += Chunk)
            _parts.Add(new Part(data + start, slope + start, m + start, v + start, Math.Min(Chunk, count - start), numbers));
        _written.AddRange([value.DangerousGetHandle(), mean.DangerousGetHandle(), square.DangerousGetHandle()]);
        return true;
    }

    /// <summary>Changes what was taken in. The tensors must live until then.</summary>
    internal void Run()
    {
        if (_parts.Count == 0)
            return;

        Parallel.For(_parts.Count, part => _parts[part].Step());
        var written = _written.ToArray();
        fixed (nint* first = written)
            Native.Check(NativeMethods.stn_tensors_changed(first, written.Length), "noting changed tensors");
    }

    private sealed class Part(float* value, float* gradient, float* mean, float* square, long count, AdamNumbers numbers)
    {
        internal void Step()
        {
            var at = 0L;
            for (; at <= count - Vector512<float>.Count; at += Vector512<float>.Count)
                StepMany(at);
            for (; at < count; at++)
                StepOne(at);
        }

        private void StepMany(long at)
        {
            var p = Vector512.Load(value + at) * Vector512.Create(numbers.Shrink);
            var g = Vector512.Load(gradient + at) + (p * Vector512.Create(numbers.Decay));
            var m = (Vector512.Load(mean + at) * Vector512.Create(numbers.Mean)) + (g * Vector512.Create(numbers.MeanRest));
            var v = (Vector512.Load(square + at) * Vector512.Create(numbers.Square)) + (g * Vector512.Create(numbers.SquareRest) * g);
            var root = (Vector512.Sqrt(v) * Vector512.Create(numbers.Correction)) + Vector512.Create(numbers.Epsilon);
            m.Store(mean + at);
            v.Store(square + at);
            (p - (m * Vector512.Create(numbers.Rate) / root)).Store(value + at);
        }

        private void StepOne(long at)
        {
            var p = value[at] * numbers.Shrink;
            var g = gradient[at] + (p * numbers.Decay);
            var m = (mean[at] * numbers.Mean) + (g * numbers.MeanRest);
            var v = (square[at] * numbers.Square) + (g * numbers.SquareRest * g);
            (mean[at], square[at]) = (m, v);
            value[at] = p - (m * numbers.Rate / ((MathF.Sqrt(v) * numbers.Correction) + numbers.Epsilon));
        }
    }
}
