using System.Runtime.InteropServices;
using Stn.Experiments.Runs;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>Where a run leaves its state, and whether it may go on from there.</summary>
internal static class SavePoint
{
    internal const string Cure = "A lower rate (--set rate=…) or localisation_rate is the usual cure.";

    // The weights first: a checkpoint that says that an epoch is done must not lie beside older weights.
    internal static void Save(RunFolder run, Module network, Optimiser optimiser, Position position, bool isEpoch)
    {
        var state = network.State();
        var ruined = state.FirstOrDefault(entry => !IsFinite(entry.Value)).Key;
        if (ruined is not null)
            throw new TrainingException($"{ruined} is not finite after step {position.Step}; the last checkpoint is as it was. {Cure}");
        if (isEpoch)
            Safetensors.Write(run.WeightsPath, state);
        Checkpoint.Save(run.ResumePath, network, optimiser, position);
    }

    private static bool IsFinite(HostTensor tensor)
    {
        if (tensor.Type != DType.Float32)
            return true;
        foreach (var value in MemoryMarshal.Cast<byte, float>(tensor.Data))
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    // Other images are another run; another machine gives other roundings, which is worth a word now, and in the record.
    internal static RunManifest GoOn(string path, RunManifest now, long step, ITrainingProgress progress)
    {
        var then = RunManifest.Read(path);
        if (!then.HasSameData(now))
            throw new InvalidDataException($"{path}: the run learned from other images than there are now");
        if (then.Differences(now) is { Count: > 0 } differences)
            progress.Note($"the last bits may differ from those of a run without a stop: {string.Join("; ", differences)}");
        return then.GoingOn(now, step);
    }
}
