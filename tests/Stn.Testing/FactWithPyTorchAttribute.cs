using Xunit;

namespace Stn.Testing;

/// <summary>A test that asks PyTorch itself: skipped where Python has no torch module.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithPyTorchAttribute : FactAttribute
{
    public FactWithPyTorchAttribute()
    {
        if (!PythonWithTorch.IsPresent)
            Skip = $"{PythonWithTorch.Interpreter} has no torch module (Debian: apt-get install python3-torch python3-numpy; {PythonWithTorch.Variable} names another interpreter).";
    }
}
