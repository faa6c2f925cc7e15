namespace Stn.Torch;

/// <summary>A place in a module that holds one of its parts and can hold another one.</summary>
/// <param name="Name">The part's name; in <see cref="Module.AllSlots"/> the full one.</param>
/// <param name="Part">The part that is there.</param>
/// <param name="Exchange">Puts another part there. The module owns that one from then on, and the former part no longer.</param>
public sealed record PartSlot(string Name, Module Part, Action<Module> Exchange)
{
    /// <summary>What stands between this name and those of the slots inside the part.</summary>
    public string Separator { get; init; } = ".";
}
