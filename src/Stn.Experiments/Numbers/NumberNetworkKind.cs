namespace Stn.Experiments.Numbers;

/// <summary>The networks of the paper's table 2.</summary>
public enum NumberNetworkKind
{
    /// <summary>Eight convolutions and three hidden layers.</summary>
    Cnn,

    /// <summary>The same behind one affine transformer with a localisation network of four layers.</summary>
    StCnnSingle,

    /// <summary>The same with an affine transformer before each of the first four convolutions.</summary>
    StCnnMulti,
}
