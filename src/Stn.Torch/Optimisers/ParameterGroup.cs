namespace Stn.Torch.Optimisers;

/// <summary>Parameters that learn at the same fraction of the base rate.</summary>
/// <param name="Name">For logs and errors: <c>localisation</c>, for one.</param>
/// <param name="Parameters">Full name and parameter; those that do not learn are passed over.</param>
/// <param name="RateFactor">What the base rate is multiplied by.</param>
public sealed record ParameterGroup(
    string Name, IReadOnlyList<(string Name, Parameter Parameter)> Parameters, double RateFactor = 1)
{
    /// <summary>All of a module's parameters as one group.</summary>
    public static ParameterGroup Of(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new ParameterGroup("all", [.. module.Parameters()]);
    }
}
