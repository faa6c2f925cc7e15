using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>C# on libtorch's own threads.</summary>
internal static unsafe class ThreadTeam
{
    internal static void Run(int workers, Action<int> work)
    {
        var call = new Call(work);
        var handle = GCHandle.Alloc(call);
        try
        {
            Native.Check(NativeMethods.stn_parallel_run(workers, &Enter, GCHandle.ToIntPtr(handle)), "running on libtorch's threads");
        }
        finally
        {
            handle.Free();
        }

        call.Failure?.Throw();
    }

    [UnmanagedCallersOnly]
    private static void Enter(int worker, nint user)
    {
        var call = (Call)GCHandle.FromIntPtr(user).Target!;
        try
        {
            call.Work(worker);
        }
#pragma warning disable CA1031 // every exception must stop here: native frames are below
        catch (Exception error)
#pragma warning restore CA1031
        {
            call.Failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    private sealed class Call(Action<int> work)
    {
        internal Action<int> Work { get; } = work;

        internal ExceptionDispatchInfo? Failure { get; set; }
    }
}
