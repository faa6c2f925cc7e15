namespace Stn.Kernels.Taps;

/// <summary>Which gradients a backward loop computes, as a type so that the compiler leaves out the others.</summary>
internal interface IWanted
{
    static abstract bool Image { get; }

    static abstract bool Positions { get; }
}

/// <summary>The gradient of U alone.</summary>
internal readonly struct ImageOnly : IWanted
{
    public static bool Image => true;

    public static bool Positions => false;
}

/// <summary>The gradient of the positions alone.</summary>
internal readonly struct PositionsOnly : IWanted
{
    public static bool Image => false;

    public static bool Positions => true;
}

/// <summary>Both gradients.</summary>
internal readonly struct ImageAndPositions : IWanted
{
    public static bool Image => true;

    public static bool Positions => true;
}
