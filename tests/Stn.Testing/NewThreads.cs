using System.Runtime.ExceptionServices;

namespace Stn.Testing;

/// <summary>Runs a part of a test on threads of its own; what it throws there fails the test, not the process.</summary>
public static class NewThreads
{
    /// <summary>Runs <paramref name="action"/> on one new thread, and waits.</summary>
    public static void Run(Action action) => Run(1, _ => action());

    /// <summary>Runs <paramref name="action"/> on <paramref name="count"/> new threads at once, numbered from 0, and waits.</summary>
    public static void Run(int count, Action<int> action)
    {
        var errors = new Exception?[count];
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                action(number);
            }
#pragma warning disable CA1031 // an exception that leaves a thread ends the process
            catch (Exception error)
#pragma warning restore CA1031
            {
                errors[number] = error;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (errors.FirstOrDefault(error => error is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }
}
