using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class DeviceTests : TensorTest
{
    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void Names_are_read(string text, string shown) => Assert.Equal(shown, Device.Parse(text).ToString());

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    public void Other_names_are_refused_with_what_there_is(string text) =>
        Assert.Contains("use cpu, cuda", Assert.Throws<ArgumentException>(() => Device.Parse(text)).Message);

    [Fact]
    public void Equal_devices_are_equal()
    {
        Assert.Equal(Device.Cuda(1), Device.Parse("cuda:1"));
        Assert.Equal(default, Device.Cpu);
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.Cuda(-1));
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_and_nothing_falls_back()
    {
        var beyond = Device.Cuda(TorchRuntime.CudaDevices);
        var tensor = Tensor.Zeros([2]);
        Assert.Throws<TorchException>(() => tensor.To(beyond));
        if (TorchRuntime.CudaDevices == 0)
            Assert.Contains("no CUDA device", Assert.Throws<TorchException>(() => TorchRuntime.RequireDevice(Device.Cuda())).Message);
        else
            Assert.Contains("cuda:0", Assert.Throws<TorchException>(() => TorchRuntime.RequireDevice(beyond)).Message, StringComparison.Ordinal);
        Assert.Equal(Device.Cpu, tensor.To(Device.Cpu).Device);
    }
}
