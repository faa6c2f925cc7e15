using Xunit.Abstractions;
using Xunit.Sdk;

namespace Stn.Kernels.Tests.Support;

/// <summary>Runs the tests of this assembly in this process, all but those that start processes themselves.</summary>
internal sealed class TestRun : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    /// <summary>The trait of tests that start other processes.</summary>
    public const string Starts = "Starts";

    private readonly List<ITestCase> cases = [];
    private readonly ManualResetEventSlim finished = new();
    private int passed;
    private int failed;

    /// <summary>Prints each failure, then one line that counts.</summary>
    /// <param name="classes">The test classes to run; all if there is none.</param>
    /// <returns>An exit code: 0 if tests ran and all of them passed, else 1.</returns>
    public static int Run(string[] classes)
    {
        using var run = new TestRun();
        var assembly = typeof(TestRun).Assembly;
        using var framework = new XunitTestFramework(run);
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        discoverer.Find(includeSourceInformation: false, run, new Defaults());
        run.finished.Wait();
        run.finished.Reset();
        using var executor = framework.GetExecutor(assembly.GetName());
        var wanted = run.cases.Where(test => !test.Traits.ContainsKey(Starts)
            && (classes.Length == 0 || classes.Contains(test.TestMethod.TestClass.Class.ToRuntimeType().Name)));
        executor.RunTests(wanted, run, new Defaults());
        run.finished.Wait();
        Console.WriteLine($"{run.passed} passed, {run.failed} failed");
        return run.passed > 0 && run.failed == 0 ? 0 : 1;
    }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage discovered:
                cases.Add(discovered.TestCase);
                break;
            case ITestPassed:
                Interlocked.Increment(ref passed);
                break;
            case IFailureInformation failure:
                Interlocked.Increment(ref failed);
                Console.Error.WriteLine($"{(failure as ITestMessage)?.Test.DisplayName}: {string.Join('\n', failure.Messages.Concat(failure.StackTraces))}");
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                finished.Set();
                break;
        }

        return true;
    }

    public void Dispose() => finished.Dispose();

    private sealed class Defaults : LongLivedMarshalByRefObject, ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value) => throw new NotSupportedException($"No test sets {name}.");
    }
}
