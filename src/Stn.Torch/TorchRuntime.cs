using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>What concerns libtorch as a whole: threads, memory, seeds, devices.</summary>
public static class TorchRuntime
{
    // On first use, with as many threads as there are processors (libtorch's own default here is one). Not a static
    // constructor: that would hide the reason of a failure inside a TypeInitializationException.
    private static readonly Lazy<string> Loaded = new(() =>
    {
        NativeLoader.Initialise(Environment.ProcessorCount);
        return NativeLoader.LibtorchVersion();
    });

    /// <summary>The version of libtorch that native/ was built with.</summary>
    public static string Version => Loaded.Value;

    /// <summary>The processor that OpenBLAS has its kernels for, as it calls it; null with another BLAS.</summary>
    public static string? BlasCore
    {
        get
        {
            EnsureLoaded();
            return NativeLoader.BlasCore();
        }
    }

    /// <summary>How many threads one operator may use: of operators called on this thread, and on threads that start later.</summary>
    /// <exception cref="TorchException">Set to less than one.</exception>
    public static int Threads
    {
        get
        {
            EnsureLoaded();
            return NativeMethods.stn_threads_get();
        }

        set
        {
            EnsureLoaded();
            Native.Check(NativeMethods.stn_threads_set(value), "setting the number of threads");
        }
    }

    /// <summary>The number of CUDA devices that can be used; 0 when libtorch was built without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            EnsureLoaded();
            return NativeMethods.stn_cuda_devices();
        }
    }

    /// <summary>The memory of CPU tensors.</summary>
    public static MemoryUse Memory
    {
        get
        {
            EnsureLoaded();
            Native.Check(NativeMethods.stn_memory_get(out var use, 0), "reading the memory");
            return use;
        }
    }

    /// <summary>How many threads a parallel region really runs on: fewer than <see cref="Threads"/> says that OpenMP is missing.</summary>
    public static int ParallelWorkers
    {
        get
        {
            EnsureLoaded();
            Native.Check(NativeMethods.stn_parallel_workers(out var workers), "counting parallel workers");
            return workers;
        }
    }

    /// <summary>Runs an action on several of libtorch's threads at once, this one among them; returns when all have returned.</summary>
    /// <remarks>
    /// Its threads wait for work in a loop for a while after each operator. Others that want to run then, on the same processors, would
    /// wait for them.
    /// </remarks>
    /// <param name="workers">How many; fewer come where <see cref="Threads"/> is less, and this one alone inside such a call.</param>
    /// <param name="work">What each of them does, given its number: 0 for this thread, below <paramref name="workers"/> for the others, the same every time for as many workers.</param>
    public static void RunParallel(int workers, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        EnsureLoaded();
        ThreadTeam.Run(workers, work);
    }

    /// <summary>libtorch's report of how it was built and which threads, BLAS and instruction sets it uses.</summary>
    public static unsafe string Describe()
    {
        EnsureLoaded();
        return Native.Text(NativeMethods.stn_describe, "describing libtorch");
    }

    /// <summary>Starts libtorch's random numbers (weights, dropout) from <paramref name="seed"/>.</summary>
    public static void Seed(ulong seed)
    {
        EnsureLoaded();
        Native.Check(NativeMethods.stn_seed(seed), "setting the seed");
    }

    /// <summary>Sets <see cref="MemoryUse.Peak"/> to what is in use now.</summary>
    public static void ResetMemoryPeak()
    {
        EnsureLoaded();
        Native.Check(NativeMethods.stn_memory_get(out _, 1), "resetting the memory's peak");
    }

    /// <summary>Sets how many bytes freed CPU tensors may keep for reuse, and gives back what is above.</summary>
    public static void LimitCachedMemory(long bytes)
    {
        EnsureLoaded();
        Native.Check(NativeMethods.stn_memory_limit(bytes), "limiting cached memory");
    }

    /// <summary>Gives all cached CPU memory back to the system.</summary>
    public static void TrimMemory()
    {
        EnsureLoaded();
        Native.Check(NativeMethods.stn_memory_trim(), "trimming memory");
    }

    /// <summary>Waits until all work given to CUDA devices is done; nothing on a CPU.</summary>
    public static void Synchronize()
    {
        if (CudaDevices > 0)
            Native.Check(NativeMethods.stn_cuda_synchronize(), "waiting for CUDA");
    }

    /// <summary>What a CUDA device is called, such as "NVIDIA H100 80GB HBM3"; null for the processor, and where the driver does not say.</summary>
    public static string? NameOf(Device device) => device.Index is { } index && CudaDevices > index ? CudaDriver.NameOf(index) : null;

    /// <summary>Makes sure that libtorch is loaded and initialised; every entry into the library passes here.</summary>
    /// <exception cref="TorchException">It is not there or does not load; the text says what to do.</exception>
    internal static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>Checks that <paramref name="device"/> exists.</summary>
    /// <exception cref="TorchException">It does not; the text says what there is.</exception>
    public static void RequireDevice(Device device)
    {
        if (device.IsCuda && CudaDevices == 0)
            throw new TorchException($"{device} cannot be used: libtorch {Version} here has no CUDA device. Use --device cpu, or build native/ with LIBTORCH=/path/to/a CUDA libtorch.");
        if (device.Index is { } index && index >= CudaDevices)
            throw new TorchException($"{device} cannot be used: there {(CudaDevices == 1 ? "is one CUDA device, cuda:0" : $"are {CudaDevices} CUDA devices, cuda:0 to cuda:{CudaDevices - 1}")}.");
    }
}
