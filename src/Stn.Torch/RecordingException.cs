namespace Stn.Torch;

/// <summary>Work that cannot be recorded: it looks at a number, or brings memory of the processor with it.</summary>
/// <param name="reason">What libtorch said.</param>
public sealed class RecordingException(TorchException reason) : Exception((reason ?? throw new ArgumentNullException(nameof(reason))).Message, reason);
