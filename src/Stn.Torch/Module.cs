namespace Stn.Torch;

/// <summary>A network or a part of one. It lists what it is made of; there is no reflection and no registration.</summary>
/// <remarks>
/// With <see cref="Pass.Inference"/> a module changes nothing of itself, so many threads may run one module at once.
/// </remarks>
public abstract class Module : IDisposable
{
    /// <summary>The parameters and buffers that it holds itself, with the names of PyTorch's <c>state_dict</c>.</summary>
    public virtual IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [];

    /// <summary>The modules it is made of.</summary>
    public virtual IReadOnlyList<(string Name, Module Part)> Parts => [];

    /// <summary>The parts that can be exchanged for others; empty where there are none, or the module does not offer it.</summary>
    public virtual IReadOnlyList<PartSlot> Slots => [];

    /// <summary>Runs the module.</summary>
    /// <param name="input">What its own documentation says.</param>
    /// <param name="pass">Training or inference.</param>
    public abstract Tensor Forward(Tensor input, Pass pass);

    /// <summary>Runs the module for inference.</summary>
    public Tensor Forward(Tensor input) => Forward(input, Pass.Inference);

    /// <summary>This module and all its parts, the parts' names joined by dots; its own name is empty.</summary>
    public IEnumerable<(string Name, Module Module)> Modules()
    {
        yield return (string.Empty, this);
        foreach (var (name, part) in Parts)
        {
            foreach (var (inner, module) in part.Modules())
                yield return (inner.Length == 0 ? name : $"{name}.{inner}", module);
        }
    }

    /// <summary>The slots of this module and of all in them, under their full names.</summary>
    public IEnumerable<PartSlot> AllSlots()
    {
        foreach (var slot in Slots)
        {
            yield return slot;
            foreach (var inner in slot.Part.AllSlots())
                yield return inner with { Name = $"{slot.Name}{slot.Separator}{inner.Name}" };
        }
    }

    /// <summary>All parameters and buffers, under their full names.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters() =>
        from module in Modules()
        from own in module.Module.OwnParameters
        select (module.Name.Length == 0 ? own.Name : $"{module.Name}.{own.Name}", own.Parameter);

    /// <summary>The number of learned numbers.</summary>
    public long CountLearned() => Parameters().Where(p => p.Parameter.IsLearned).Sum(p => p.Parameter.Value.ElementCount);

    /// <summary>Moves everything to a device.</summary>
    /// <exception cref="TorchException">The device is not there.</exception>
    public void MoveTo(Device device)
    {
        TorchRuntime.RequireDevice(device);
        foreach (var (_, parameter) in Parameters())
            parameter.MoveTo(device);
    }

    /// <summary>Stops the learning of every parameter.</summary>
    public void Freeze()
    {
        foreach (var (_, parameter) in Parameters())
            parameter.Freeze();
    }

    /// <summary>Frees the parameters of this module and of its parts.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the parameters; a module with something else to free overrides this.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;

        foreach (var (_, parameter) in OwnParameters)
            parameter.Dispose();
        foreach (var (_, part) in Parts)
            part.Dispose();
    }
}
