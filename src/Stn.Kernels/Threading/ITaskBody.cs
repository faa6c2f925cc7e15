namespace Stn.Kernels.Threading;

/// <summary>The work of a parallel loop, as a struct so that the compiler inlines it.</summary>
internal interface ITaskBody
{
    void Invoke(int task);
}
