namespace Stn.Checks.Inputs;

/// <summary>What the numbers of an input are meant to find.</summary>
public enum InputKind
{
    /// <summary>Near the identity, at no place in particular: values and every gradient have one right answer.</summary>
    Ordinary,

    /// <summary>The identity itself: every point lies on a pixel.</summary>
    Identity,

    /// <summary>Far from the identity: most points lie outside, behind several mirrors, or beyond a horizon.</summary>
    Far,

    /// <summary>As <see cref="Ordinary"/>, with the channels last in memory, one θ for all images and one ∂V for all channels.</summary>
    Strided,

    /// <summary>A grid of every whole and half pixel from beyond one mirror to beyond the other, exact in binary: ties and borders.</summary>
    Whole,

    /// <summary>As <see cref="Whole"/>, of every third half pixel: kernels 1.5 pixels wide, whose feet stand on pixels too.</summary>
    Apart,

    /// <summary>A grid of NaN, ±∞, ±10³⁸ and other coordinates that are no place, or one far away.</summary>
    NoPlace,
}
