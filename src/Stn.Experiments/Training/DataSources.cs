using Stn.Data;

namespace Stn.Experiments.Training;

/// <summary>Where data come from. Nothing is read or fetched before it is asked for.</summary>
/// <param name="mnist">Finds or fetches the digits.</param>
public sealed class DataSources(Func<Mnist> mnist)
{
    private readonly Lazy<Mnist> _mnist = new(mnist);

    /// <summary>The digits; fetched at the first use where they are missing.</summary>
    public Mnist Mnist => _mnist.Value;
}
