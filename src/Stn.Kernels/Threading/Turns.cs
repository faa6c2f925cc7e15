namespace Stn.Kernels.Threading;

/// <summary>
/// Lets tasks that finish in any order add to shared sums in a fixed order, so that the sums have the same bits for any
/// number of threads: turn t of a line begins when turn t − 1 has ended. Lines count from <paramref name="first"/>.
/// </summary>
internal sealed class Turns(int first, int lines)
{
    private readonly int[] current = new int[lines];
    private bool abandoned;

    /// <summary>Waits until <paramref name="turn"/> of <paramref name="line"/> begins.</summary>
    public void Await(int line, int turn)
    {
        var wait = new SpinWait();
        while (Volatile.Read(ref current[line - first]) != turn)
        {
            if (Volatile.Read(ref abandoned))
                throw new OperationCanceledException("Another task of this kernel failed.");
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Ends the current turn of <paramref name="line"/>.</summary>
    public void End(int line) => Volatile.Write(ref current[line - first], current[line - first] + 1);

    /// <summary>A turn will never end: those who wait throw.</summary>
    public void Abandon() => Volatile.Write(ref abandoned, true);
}
