using System.Runtime.CompilerServices;

namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>
/// The discrete Fourier transform of maps, L channels at once, and back. Each is the other's adjoint, up to the weights of the frequencies,
/// so the two serve forward and backward.
/// </summary>
internal static unsafe class SpectralTransform
{
    /// <summary>Ẑ(u, v) = w_v · Σ z(y, x)·exp(∓2πi(uy/h + vx/w)).</summary>
    /// <param name="plan">The size.</param>
    /// <param name="image">The first pixel.</param>
    /// <param name="layout">What it fills.</param>
    /// <param name="spectrum">The first frequency.</param>
    /// <param name="to">Where the others lie.</param>
    /// <param name="isWeighted">Whether w_v is <see cref="SpectralPlan.Weight"/>; else 1.</param>
    /// <param name="sign">1 for exp(−…), −1 for exp(+…).</param>
    /// <param name="scratch">Of the plan's size.</param>
    internal static void Forward<T>(
        SpectralPlan plan, float* image, in ImageLayout layout, float* spectrum, in SpectrumLayout to, bool isWeighted, float sign, float* scratch)
        where T : struct, ILanes<T>
    {
        var work = new Work<T>(plan, scratch);
        new Span<float>(work.Real, plan.Frequencies * 2 * T.Count).Clear();
        for (var y = 0; y < layout.Height; y++)
            ForwardRow(work, image + ((nint)y * layout.Width * layout.Channels), layout, y + layout.Offset);
        for (var v = 0; v < plan.Columns.Half; v++)
        {
            var weight = isWeighted ? plan.Weight(v) : 1;
            ForwardColumn(work, v, spectrum + (v * to.Step), to, weight, sign * weight);
        }
    }

    /// <summary>z(y, x) = Σ w_v·(Re Ẑ·cos − sign·Im Ẑ·sin), cropped to the image, plus a bias for each channel.</summary>
    internal static void Inverse<T>(
        SpectralPlan plan, float* spectrum, in SpectrumLayout from, float* image, in ImageLayout layout, bool isWeighted, float sign, float* bias,
        float* scratch)
        where T : struct, ILanes<T>
    {
        var work = new Work<T>(plan, scratch);
        for (var v = 0; v < plan.Columns.Half; v++)
        {
            var weight = isWeighted ? plan.Weight(v) : 1;
            InverseColumn(work, v, spectrum + (v * from.Step), from, weight, sign * weight);
        }

        for (var y = 0; y < layout.Height; y++)
            InverseRow(work, image + ((nint)y * layout.Width * layout.Channels), layout, y + layout.Offset, T.Load(bias));
    }

    private static void ForwardRow<T>(in Work<T> work, float* row, in ImageLayout layout, int y)
        where T : struct, ILanes<T>
    {
        var table = work.Plan.Columns;
        new Span<float>(work.Line, table.Points * T.Count).Clear();
        for (var x = 0; x < layout.Width; x++)
            T.Load(row + ((nint)x * layout.Channels)).Store(work.Line + ((x + layout.Offset) * T.Count));
        Halves.Fold<T>(work.Line, T.Count, table, work.Sums, work.Differences);
        work.Multiply(table, 0);
        for (var v = 0; v < table.Half; v++)
        {
            T.Load(work.A + (v * T.Count)).Store(work.At(work.Real, y, v));
            T.MultiplyAdd(T.All(-1), T.Load(work.B + (v * T.Count)), T.All(0)).Store(work.At(work.Imaginary, y, v));
        }
    }

    private static void ForwardColumn<T>(in Work<T> work, int v, float* spectrum, in SpectrumLayout to, float real, float imaginary)
        where T : struct, ILanes<T>
    {
        var table = work.Plan.Rows;
        var step = (nint)work.Plan.Columns.Half * T.Count;
        Halves.Fold<T>(work.At(work.Real, 0, v), step, table, work.Sums, work.Differences);
        Halves.Fold<T>(work.At(work.Imaginary, 0, v), step, table, work.Sums + work.Apart, work.Differences + work.Apart);
        work.Multiply(table, work.Apart);
        for (var u = 0; u < table.Half; u++)
        {
            var sums = work.Results(u, out var products);
            var at = spectrum + (u * (nint)work.Plan.Columns.Half * to.Step);
            Put<T>(at, to, T.MultiplyAdd(products.Im, T.All(1), sums.Re), T.MultiplyAdd(products.Re, T.All(-1), sums.Im), real, imaginary);
            at = spectrum + (table.Mirror(u) * (nint)work.Plan.Columns.Half * to.Step);
            if (table.Mirror(u) != u)
                Put<T>(at, to, T.MultiplyAdd(products.Im, T.All(-1), sums.Re), T.MultiplyAdd(products.Re, T.All(1), sums.Im), real, imaginary);
        }
    }

    private static void InverseColumn<T>(in Work<T> work, int v, float* spectrum, in SpectrumLayout from, float real, float imaginary)
        where T : struct, ILanes<T>
    {
        var table = work.Plan.Rows;
        var step = work.Plan.Columns.Half * from.Step;
        Halves.Fold<T>(spectrum, step, table, work.Sums, work.Differences);
        Halves.Fold<T>(spectrum + from.Imaginary, step, table, work.Sums + work.Apart, work.Differences + work.Apart);
        if (imaginary != real)
            work.ScaleSecond(imaginary / real);
        work.Multiply(table, work.Apart);
        for (var y = 0; y < table.Half; y++)
        {
            var sums = work.Results(y, out var products);
            Put<T>(work.At(work.Real, y, v), work.Own, T.MultiplyAdd(products.Im, T.All(-1), sums.Re), T.MultiplyAdd(products.Re, T.All(1), sums.Im), real, real);
            var mirror = table.Mirror(y);
            if (mirror != y)
                Put<T>(work.At(work.Real, mirror, v), work.Own, T.MultiplyAdd(products.Im, T.All(1), sums.Re), T.MultiplyAdd(products.Re, T.All(-1), sums.Im), real, real);
        }
    }

    private static void InverseRow<T>(in Work<T> work, float* row, in ImageLayout layout, int y, T bias)
        where T : struct, ILanes<T>
    {
        var table = work.Plan.Columns;
        for (var v = 0; v < table.Half; v++)
        {
            T.Load(work.At(work.Real, y, v)).Store(work.Sums + (v * T.Count));
            T.Load(work.At(work.Imaginary, y, v)).Store(work.Differences + (v * T.Count));
        }

        work.Multiply(table, 0);
        for (var x = 0; x < table.Half; x++)
        {
            var (even, odd) = (T.MultiplyAdd(T.Load(work.A + (x * T.Count)), T.All(1), bias), T.Load(work.B + (x * T.Count)));
            T.MultiplyAdd(odd, T.All(-1), even).Store(work.Line + (x * T.Count));
            if (table.Mirror(x) != x)
                T.MultiplyAdd(odd, T.All(1), even).Store(work.Line + (table.Mirror(x) * T.Count));
        }

        for (var x = 0; x < layout.Width; x++)
            T.Load(work.Line + ((x + layout.Offset) * T.Count)).Store(row + ((nint)x * layout.Channels));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(float* at, in SpectrumLayout layout, T re, T im, float real, float imaginary)
        where T : struct, ILanes<T>
    {
        T.MultiplyAdd(re, T.All(real), T.All(0)).Store(at);
        T.MultiplyAdd(im, T.All(imaginary), T.All(0)).Store(at + layout.Imaginary);
    }

    /// <summary>The memory of a transform.</summary>
    private readonly struct Work<T>
        where T : struct, ILanes<T>
    {
        internal Work(SpectralPlan plan, float* scratch)
        {
            Plan = plan;
            Real = scratch;
            Imaginary = Real + ((nint)plan.Frequencies * T.Count);
            Line = Imaginary + ((nint)plan.Frequencies * T.Count);
            Apart = Math.Max(plan.Rows.Half, plan.Columns.Half) * T.Count;
            Sums = Line + (plan.Columns.Points * T.Count);
            Differences = Sums + (2 * Apart);
            A = Differences + (2 * Apart);
            B = A + (2 * Apart);
            Own = new SpectrumLayout(0, (nint)(Imaginary - Real));
        }

        internal SpectralPlan Plan { get; }

        internal float* Real { get; }

        internal float* Imaginary { get; }

        internal float* Line { get; }

        internal nint Apart { get; }

        internal float* Sums { get; }

        internal float* Differences { get; }

        internal float* A { get; }

        internal float* B { get; }

        internal SpectrumLayout Own { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal float* At(float* part, int row, int v) => part + ((((nint)row * Plan.Columns.Half) + v) * T.Count);

        internal void Multiply(HalfTable table, nint apart)
        {
            fixed (float* cosines = table.Cosines, sines = table.Sines)
            {
                Halves.Multiply<T>(Sums, Differences, apart, cosines, sines, table.Half, A, B);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal (T Re, T Im) Results(int i, out (T Re, T Im) products)
        {
            var at = i * T.Count;
            products = (T.Load(B + at), T.Load(B + Apart + at));
            return (T.Load(A + at), T.Load(A + Apart + at));
        }

        internal void ScaleSecond(float factor)
        {
            for (var j = 0; j < Plan.Rows.Half * T.Count; j += T.Count)
            {
                T.MultiplyAdd(T.Load(Sums + Apart + j), T.All(factor), T.All(0)).Store(Sums + Apart + j);
                T.MultiplyAdd(T.Load(Differences + Apart + j), T.All(factor), T.All(0)).Store(Differences + Apart + j);
            }
        }
    }
}
