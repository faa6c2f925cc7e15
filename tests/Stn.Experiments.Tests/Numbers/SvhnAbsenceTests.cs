using Stn.Data;
using Stn.Data.Numbers;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Numbers;

public sealed class SvhnAbsenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_the_pictures_the_command_says_what_to_do()
    {
        var sources = new DataSources(() => GlyphDigits.Mnist(10, 10)) { SvhnSource = new SvhnSource(_folder["none"]) { Site = new Uri("http://127.0.0.1:1/") } };
        var error = Assert.Throws<DataUnavailableException>(() => ExperimentCatalogue.Find("svhn64/cnn").Task.Sets(sources, new TrainingConfig()));
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }
}
