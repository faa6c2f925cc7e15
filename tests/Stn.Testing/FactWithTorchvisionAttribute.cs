using Xunit;

namespace Stn.Testing;

/// <summary>A test that compares with torchvision's networks: skipped where Python has no torchvision module.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithTorchvisionAttribute : FactAttribute
{
    public FactWithTorchvisionAttribute()
    {
        if (!PythonWithTorch.HasTorchvision)
            Skip = $"{PythonWithTorch.Interpreter} has no torchvision module (Debian: apt-get install python3-torchvision; {PythonWithTorch.Variable} names another interpreter).";
    }
}
