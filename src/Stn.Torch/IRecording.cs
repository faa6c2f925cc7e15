namespace Stn.Torch;

/// <summary>Work on tensors that is recorded once and repeated on the same memory: what it reads is changed in place before, what it wrote is read after.</summary>
public interface IRecording : IDisposable
{
    /// <summary>Records work without doing it.</summary>
    /// <param name="work">Operators, backward passes and updates; it must not look at any number, and what it reads must outlive this.</param>
    /// <exception cref="RecordingException">Something in it cannot be recorded. Nothing was done, and nothing is left half recorded.</exception>
    void Record(Action work);

    /// <summary>Does the recorded work.</summary>
    void Replay();
}
