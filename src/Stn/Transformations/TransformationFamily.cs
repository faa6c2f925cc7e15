using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// What families of transformations of images, <see cref="Transformation"/>, and of volumes, <see cref="Transformation3D"/>, share:
/// a name, parameters, and the identity where learning starts.
/// </summary>
public abstract class TransformationFamily
{
    private protected TransformationFamily()
    {
    }

    /// <summary>The short name used in experiments: <c>affine</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number of parameters of one image or volume, P.</summary>
    public int ParameterCount => Identity.Count;

    /// <summary>The parameters under which nothing moves: where learning starts.</summary>
    public abstract IReadOnlyList<double> Identity { get; }

    /// <summary>
    /// What the family itself learns, or keeps in checkpoints: a learned basis, for one. A spatial transformer lists and frees
    /// them as its own.
    /// </summary>
    public virtual IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [];

    /// <summary>Throws unless θ is P numbers.</summary>
    /// <exception cref="ArgumentException">It is another number of them.</exception>
    internal void RequireCount(ReadOnlySpan<double> theta)
    {
        if (theta.Length != ParameterCount)
            throw new ArgumentException($"θ of {Name} has {ParameterCount} parameters, got {theta.Length}", nameof(theta));
    }

    /// <summary>Throws unless θ has the shape (N, P).</summary>
    /// <exception cref="ArgumentException">It has another one.</exception>
    internal void RequireShape(Tensor theta)
    {
        if (theta.Dimensions != 2 || theta.Size(1) != ParameterCount)
            throw new ArgumentException($"θ of {Name} must be (N, {ParameterCount}), got {theta}", nameof(theta));
    }

    /// <summary>Throws unless θ has the N of U, P, and the type of U.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    internal void RequireFor(Tensor image, Tensor theta)
    {
        if (theta.Dimensions != 2 || theta.Size(0) != image.Size(0) || theta.Size(1) != ParameterCount)
            throw new ArgumentException($"θ must be ({image.Size(0)}, {ParameterCount}), got {theta}", nameof(theta));
        if (theta.Type != image.Type)
            throw new ArgumentException($"θ must be {image.Type} like what it warps, got {theta}", nameof(theta));
    }
}
