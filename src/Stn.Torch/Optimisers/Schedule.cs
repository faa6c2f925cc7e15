namespace Stn.Torch.Optimisers;

/// <summary>The learning rate as a function of the step: nothing to carry, nothing to resume.</summary>
public abstract record Schedule
{
    /// <summary>The rate of step <paramref name="step"/>, counted from 0.</summary>
    public abstract double At(long step);

    /// <summary>The same rate always.</summary>
    /// <param name="Rate">The rate.</param>
    public sealed record Constant(double Rate) : Schedule
    {
        /// <inheritdoc/>
        public override double At(long step) => Rate;
    }

    /// <summary>Multiplied by a factor every so many steps: the paper's 0.01, ×0.1 every 50,000.</summary>
    /// <param name="Rate">The rate at the start.</param>
    /// <param name="Every">The number of steps between two changes.</param>
    /// <param name="Factor">What the rate is multiplied by.</param>
    public sealed record Steps(double Rate, long Every, double Factor = 0.1) : Schedule
    {
        /// <inheritdoc/>
        public override double At(long step) => Rate * Math.Pow(Factor, step / Every);
    }

    /// <summary>Multiplied by a factor after each of some steps: the paper's 0.1 for birds, ×0.1 at 10,000, 20,000 and 25,000. PyTorch's MultiStepLR.</summary>
    /// <param name="Rate">The rate at the start.</param>
    /// <param name="Milestones">The steps, counted from 0, from which on it is another one.</param>
    /// <param name="Factor">What the rate is multiplied by.</param>
    public sealed record AtMilestones(double Rate, IReadOnlyList<long> Milestones, double Factor = 0.1) : Schedule
    {
        /// <inheritdoc/>
        public override double At(long step) => Rate * Math.Pow(Factor, Milestones.Count(milestone => step >= milestone));
    }

    /// <summary>
    /// One cycle (Smith and Topin, 2018): half a cosine up from Peak/25 over the first <paramref name="WarmUp"/> of the
    /// steps, then half a cosine down to Peak/25·10⁻⁴. PyTorch's OneCycleLR with its defaults.
    /// </summary>
    /// <param name="Peak">The highest rate.</param>
    /// <param name="Total">The number of steps of the whole cycle.</param>
    /// <param name="WarmUp">The part of the steps that climbs.</param>
    public sealed record OneCycle(double Peak, long Total, double WarmUp = 0.3) : Schedule
    {
        private const double StartDivisor = 25;
        private const double EndDivisor = 1e4;

        /// <inheritdoc/>
        public override double At(long step)
        {
            var start = Peak / StartDivisor;
            var top = (WarmUp * Total) - 1;
            var last = Total - 1;
            return step <= top
                ? Cosine(start, Peak, top <= 0 ? 1 : step / top)
                : Cosine(Peak, start / EndDivisor, last <= top ? 1 : Math.Min(1, (step - top) / (last - top)));
        }

        private static double Cosine(double from, double to, double part) =>
            to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
    }
}
