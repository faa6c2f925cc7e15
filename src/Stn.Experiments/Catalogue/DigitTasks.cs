using Stn.Data.Distortions;

namespace Stn.Experiments.Catalogue;

/// <summary>The paper's five distortions of MNIST (section 4.1, appendix A.4); what it leaves open is said at each.</summary>
public static class DigitTasks
{
    /// <summary>R: rotation.</summary>
    public static DigitTask R { get; } = new("r", "turned ±90° in 28×28", new RotationDistortion());

    /// <summary>RTS: rotation, translation, scale.</summary>
    public static DigitTask Rts { get; } = new("rts", "turned ±45°, scaled 0.7 to 1.2, anywhere in 42×42", new RtsDistortion());

    /// <summary>P: projective distortion.</summary>
    public static DigitTask P { get; } = new("p", "scaled 0.75 to 1, corners moved by N(0, 5 px) in 28×28", new ProjectiveDistortion());

    /// <summary>E: elastic distortion.</summary>
    public static DigitTask E { get; } = new("e", "scaled 0.75 to 1, bent by 16 control points moved by N(0, 1.5 px) in 28×28", new ElasticDistortion());

    /// <summary>TC: translation among clutter.</summary>
    public static DigitTask Tc { get; } = new("tc", "anywhere in 60×60, with six 6×6 patches of other digits", new ClutterDistortion());

    /// <summary>All, in the paper's order.</summary>
    public static IReadOnlyList<DigitTask> All { get; } = [R, Rts, P, E, Tc];
}
