using Stn.Torch.Files.PyTorch;

namespace Stn.Torch.Files;

/// <summary>
/// Reads and writes the <c>state_dict</c> files of <c>torch.save</c>: the zip format of PyTorch 1.6 and later, and to read the one before.
/// Reading executes nothing: the pickle inside may only ask for what a state_dict is made of, and any other
/// name, a saved module's class or <c>os.system</c>, is refused.
/// </summary>
public static class PyTorchFile
{
    // Views may overlap in their storage (tied or expanded weights); this bounds what a small file can unfold into.
    private const long AlwaysAllowed = 64L << 20;
    private const int MaxUnfolding = 4;

    /// <summary>
    /// Reads the tensors of a state_dict or of a checkpoint that contains some. Parameters are read as tensors;
    /// views and shared storages are expanded into tensors of their own, in C order.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="key">
    /// The dictionary inside a checkpoint to read, e.g. <c>"state_dict"</c> or, nested, <c>"ema.model"</c>. Without it
    /// everything is read: tensors in nested dictionaries and lists get dotted names
    /// (<c>state_dict.conv1.weight</c>, <c>optimizer.state.0.exp_avg</c>). Values that are not tensors are passed over.
    /// </param>
    /// <returns>The tensors by name, in the file's order.</returns>
    /// <exception cref="TensorFileException">
    /// The file is damaged, of another format, asks for code, or has no such dictionary; the message says which.
    /// </exception>
    public static IReadOnlyDictionary<string, HostTensor> ReadStateDict(string path, string? key = null) =>
        GuardedRead.From(path, stream =>
        {
            using var content = PyTorchSignature.Open(stream);
            return Load(content, StateDictCollector.Collect(content.Read(), key));
        });

    /// <summary>
    /// Writes a state_dict that <c>torch.load(path, weights_only=True)</c> accepts, under a temporary name that is
    /// then renamed (<see cref="AtomicFile"/>). The same tensors give the same bytes.
    /// </summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">The tensors by name; the file keeps their order.</param>
    /// <exception cref="ArgumentException">A name comes twice, a tensor's bytes do not match its shape, or all exceed 4 GiB.</exception>
    /// <exception cref="IOException">The file could not be written; a previous version is intact.</exception>
    public static void WriteStateDict(string path, IEnumerable<KeyValuePair<string, HostTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var list = tensors.ToList();
        var names = new HashSet<string>();
        foreach (var (name, tensor) in list)
        {
            TensorChecks.RequireWritable(name, tensor);
            if (!names.Add(name))
                throw new ArgumentException($"The tensor name '{name}' is given twice.", nameof(tensors));
        }

        AtomicFile.Write(path, stream =>
        {
            var zip = new StoredZipWriter(stream);
            zip.Add("archive/data.pkl", PickleWriter.StateDict(list));
            zip.Add("archive/byteorder", "little"u8);
            for (var i = 0; i < list.Count; i++)
                zip.Add($"archive/data/{PickleWriter.StorageKey(i)}", list[i].Value.Data);
            zip.Add("archive/version", "3\n"u8);
            zip.Finish();
        });
    }

    private static OrderedDictionary<string, HostTensor> Load(IPyTorchContent content, OrderedDictionary<string, TensorReference> tensors)
    {
        RequireBounded(content, tensors);
        var loaded = new Dictionary<string, HostTensor>();
        // Storage by storage, so that each is read once and let go before the next.
        foreach (var sharing in tensors.GroupBy(pair => pair.Value.Storage))
        {
            var storage = content.Storage(sharing.Key);
            var shared = sharing.Count() > 1;
            foreach (var (name, tensor) in sharing)
            {
                var bytes = !shared && TensorView.IsWholeStorage(tensor)
                    ? storage
                    : TensorView.Copy(tensor, storage, TensorView.CheckedByteCount(name, tensor));
                TensorChecks.RequireBooleans(name, tensor.Storage.Type, bytes);
                loaded.Add(name, new HostTensor(tensor.Storage.Type, tensor.Shape, bytes));
            }
        }

        return new OrderedDictionary<string, HostTensor>(tensors.Select(pair => KeyValuePair.Create(pair.Key, loaded[pair.Key])));
    }

    private static void RequireBounded(IPyTorchContent content, OrderedDictionary<string, TensorReference> tensors)
    {
        var total = tensors.Sum(pair => (long)TensorView.CheckedByteCount(pair.Key, pair.Value));
        var limit = Math.Max(AlwaysAllowed, MaxUnfolding * content.FileLength);
        if (total > limit)
            throw new InvalidDataException($"the tensors unfold into {total} bytes from a file of {content.FileLength}; at most {limit} are read.");
    }
}
