namespace Stn.Torch;

/// <summary>
/// Frees every tensor that this thread makes between its construction and its disposal, but those that are kept: the way
/// to run a training step without naming its temporaries.
/// </summary>
/// <example>
/// <code>
/// using var scope = new TensorScope();
/// var logits = model.Forward(images);
/// return scope.Keep(logits.Softmax(1)); // handed to the scope around, or to the caller
/// </code>
/// </example>
/// <remarks>Scopes nest. A scope must be disposed on the thread that made it, the innermost first.</remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? _current;

    private readonly List<Tensor> _tensors = [];
    private readonly TensorScope? _outer;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _disposed;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        _outer = _current;
        _current = this;
    }

    /// <summary>The innermost scope of this thread.</summary>
    internal static TensorScope? Current => _current;

    /// <summary>Lets <paramref name="tensor"/> outlive this scope: it moves to the scope around, if there is one.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Scope != this)
            return tensor; // made elsewhere: this scope would not free it

        if (_outer is null)
            tensor.LeaveScope();
        else
            _outer.Add(tensor);
        return tensor;
    }

    /// <summary>Frees what was made in this scope and not kept.</summary>
    /// <exception cref="InvalidOperationException">Not the innermost scope of this thread.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (_current != this)
            throw new InvalidOperationException(
                _thread == Environment.CurrentManagedThreadId
                    ? "scopes end in the reverse order of their beginning"
                    : "a scope ends on the thread that began it");

        _disposed = true;
        _current = _outer;
        foreach (var tensor in _tensors)
        {
            if (tensor.Scope == this)
                tensor.Dispose();
        }
    }

    internal void Add(Tensor tensor)
    {
        tensor.Scope = this;
        _tensors.Add(tensor);
    }
}
