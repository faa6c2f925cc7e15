// The console, the working folder and libtorch's threads belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
