namespace Stn.Torch;

/// <summary>A tensor that belongs to a module and to its checkpoints: learned, or a buffer such as a running mean.</summary>
public sealed class Parameter : IDisposable
{
    /// <summary>Takes over <paramref name="value"/>.</summary>
    /// <param name="value">The start; it leaves the scope it was made in and is freed with the parameter.</param>
    /// <param name="learned">False for a buffer: saved and loaded, never given to an optimiser.</param>
    public Parameter(Tensor value, bool learned = true)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.LeaveScope();
        Value = value;
        IsLearned = learned;
        if (learned)
            value.RequireGrad();
    }

    /// <summary>The tensor. Its elements change as it learns; <see cref="MoveTo"/> replaces it.</summary>
    public Tensor Value { get; private set; }

    /// <summary>Whether an optimiser may change it; false for buffers and for what <see cref="Freeze"/> has stopped.</summary>
    public bool IsLearned { get; private set; }

    /// <summary>Whether weights without it are complete: files from before PyTorch 0.4.1 do not count batches, for one.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Stops learning: no gradient, no optimiser.</summary>
    public void Freeze()
    {
        IsLearned = false;
        Value.RequireGrad(false);
    }

    /// <summary>Moves it to another device. Before an optimiser is made: that one holds the old tensor otherwise.</summary>
    public void MoveTo(Device device)
    {
        if (Value.Device == device)
            return;

        using var detached = Value.Detach();
        var moved = detached.To(device);
        moved.LeaveScope();
        Value.Dispose();
        Value = IsLearned ? moved.RequireGrad() : moved;
    }

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();
}
