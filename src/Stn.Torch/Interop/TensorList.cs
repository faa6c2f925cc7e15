namespace Stn.Torch.Interop;

/// <summary>Lists of tensors as native handles, and back.</summary>
internal static class TensorList
{
    /// <summary>Holds every tensor of the list; all or none.</summary>
    internal static void Borrow(ReadOnlySpan<Tensor?> tensors, Span<nint> handles)
    {
        var held = 0;
        try
        {
            for (; held < tensors.Length; held++)
                handles[held] = tensors[held]?.Borrow() ?? 0;
        }
        catch
        {
            Release(tensors, held);
            throw;
        }
    }

    internal static void Release(ReadOnlySpan<Tensor?> tensors, int count)
    {
        for (var i = 0; i < count; i++)
            tensors[i]?.DangerousRelease();
    }

    /// <summary>Shapes and types, for error messages.</summary>
    internal static string Describe(IEnumerable<Tensor?> tensors) =>
        string.Join(", ", tensors.Select(tensor => tensor?.ToString() ?? "None"));

    /// <summary>Takes over handles that the native side handed out; null stays null.</summary>
    internal static Tensor?[] Adopt(ReadOnlySpan<nint> handles)
    {
        var tensors = new Tensor?[handles.Length];
        for (var i = 0; i < handles.Length; i++)
            tensors[i] = handles[i] == 0 ? null : new Tensor(handles[i]);
        return tensors;
    }
}
