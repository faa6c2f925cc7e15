using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Stn.Data.Numbers;
using Stn.Data.Pictures;
using Stn.Data.Sources;
using Stn.Data.Tests.Folders;

namespace Stn.Data.Tests.Numbers;

/// <summary>A small archive in the form of SVHN's: the pictures that digitStruct.mat of tests/golden/svhn names.</summary>
public sealed class SvhnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _archive;

    public SvhnTests()
    {
        _archive = _folder.Of("train.tar.gz");
        File.WriteAllBytes(_archive, Archive("1.png", "2.png", "3.png", "14.png"));
    }

    private SvhnPart Part => new("train", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_archive))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_archive_is_checked_unpacked_once_and_read()
    {
        var source = Source();
        var numbers = await source.LoadAsync(Part);
        Assert.Equal(4, numbers.Count);
        Assert.Equal(["1.png", "14.png", "2.png", "3.png", "digitStruct.mat"], Names(source.FolderOf(Part)));
        File.Delete(_archive);
        Assert.Equal(4, (await source.LoadAsync(new SvhnPart("train", "whatever"))).Count);
    }

    [Fact]
    public async Task An_archive_of_other_bytes_or_cut_off_leaves_nothing_behind()
    {
        var wrong = await Assert.ThrowsAsync<DataFormatException>(() => Source().LoadAsync(SvhnPart.Train));
        Assert.Contains("should be 4b17bb33", wrong.Message, StringComparison.Ordinal);
        var whole = File.ReadAllBytes(_archive);
        for (var length = 0; length < whole.Length; length += whole.Length / 20)
        {
            File.WriteAllBytes(_archive, whole[..length]);
            var error = await Assert.ThrowsAsync<DataFormatException>(() => Source().LoadAsync(new SvhnPart("train", null)));
            Assert.Contains(_archive, error.Message, StringComparison.Ordinal);
            Assert.Equal(["train.lock"], Names(_folder.Of("data")));
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_of_two_at_once_one_unpacks()
    {
        Directory.CreateDirectory(_folder.Of("data/train.tmp"));
        File.WriteAllText(_folder.Of("data/train.tmp/half.png"), "cut");
        var part = Part;
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Source().LoadAsync(part))));
        Assert.All(both, numbers => Assert.Equal(4, numbers.Count));
        Assert.Equal(["train", "train.lock"], Names(_folder.Of("data")));
    }

    [Fact]
    public async Task An_unpacker_waits_for_another_one()
    {
        Directory.CreateDirectory(_folder.Of("data"));
        var held = await FileLock.TakeAsync(_folder.Of("data/train.lock"));
        var part = Part;
        var waiting = Task.Run(() => Source().LoadAsync(part));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(300)));
        Assert.False(Directory.Exists(_folder.Of("data/train")));
        held.Dispose();
        Assert.Equal(4, (await waiting).Count);
    }

    [Fact]
    public async Task Waiting_for_another_unpacker_can_be_called_off()
    {
        Directory.CreateDirectory(_folder.Of("data"));
        using var held = await FileLock.TakeAsync(_folder.Of("data/train.lock"));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Source().LoadAsync(Part, soon.Token));
    }

    [Fact]
    public async Task A_folder_without_its_index_is_named()
    {
        Directory.CreateDirectory(_folder.Of("data/train"));
        var error = await Assert.ThrowsAsync<DataFormatException>(() => Source().EnsureAsync(Part));
        Assert.Contains("is there without digitStruct.mat; remove the folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_the_index_names_and_the_archive_lacks_is_named()
    {
        File.WriteAllBytes(_archive, Archive("1.png", "3.png", "14.png"));
        Assert.Contains("2.png", (await Assert.ThrowsAsync<DataFormatException>(() => Source().LoadAsync(Part))).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_archive, []);
        Directory.Delete(_folder.Of("data"), recursive: true);
        await Assert.ThrowsAsync<DataFormatException>(() => Source().LoadAsync(new SvhnPart("train", null)));
    }

    [Fact]
    public async Task A_part_that_is_nowhere_says_what_can_be_done()
    {
        File.Delete(_archive);
        var error = await Assert.ThrowsAsync<DataUnavailableException>(() => Source().LoadAsync(SvhnPart.Train));
        Assert.Contains("train.tar.gz", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 1.3)]
    [InlineData(128, 2.6)]
    public async Task A_window_holds_its_number_in_the_middle(int size, double margin)
    {
        var source = Source();
        var numbers = await source.LoadAsync(Part);
        // 3.png: boxes from x 17 to 34 and y 5 to 20, painted white; MATLAB's pixel 17 begins at 16.
        var set = new HouseNumberSet(source.FolderOf(Part), [numbers[2]], new NumberCrop(size, margin));
        var (values, labels) = (new float[set.Shape.Length], new long[5]);
        set.Render(0, 0, values, labels);
        Assert.Equal([2, 0, 10, 10, 10], labels);
        var half = (int)(size / margin / 2);
        Assert.Equal(1, values[(size / 2 * size) + (size / 2)], 1e-3f);
        Assert.Equal(1, values[(size / 2 * size) + (size / 2) - half + 3], 0.01f);
        Assert.Equal(0, values[(size / 2 * size) + (size / 2) - half - 4], 0.01f);
        Assert.Equal(1, values[(size / 2 * size) + (size / 2) + half - 4], 0.01f);
        Assert.Equal(0, values[(size / 2 * size) + (size / 2) + half + 3], 0.01f);
    }

    [Fact]
    public async Task Six_digits_are_refused_and_so_is_a_box_outside_its_picture()
    {
        var source = Source();
        var numbers = await source.LoadAsync(Part);
        Assert.Contains("14.png has 6 digits", Assert.Throws<ArgumentException>(() => new HouseNumberSet(source.FolderOf(Part), numbers, NumberCrop.Tight)).Message, StringComparison.Ordinal);
        var astray = numbers[1] with { Digits = [new DigitBox(2, 500, 10, 20, 30)] };
        var set = new HouseNumberSet(source.FolderOf(Part), [astray], NumberCrop.Tight);
        var error = Assert.Throws<DataFormatException>(() => set.Render(0, 0, new float[set.Shape.Length], new long[5]));
        Assert.Contains("2.png: its boxes span x 499 to 519", error.Message, StringComparison.Ordinal);
        var flat = new HouseNumberSet(source.FolderOf(Part), [numbers[1] with { Digits = [new DigitBox(2, 5, 5, 0, 9)] }], NumberCrop.Tight);
        Assert.Throws<DataFormatException>(() => flat.Render(0, 0, new float[flat.Shape.Length], new long[5]));
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private SvhnSource Source() => new(_folder.Of("data")) { Folder = _folder.Path, Site = new Uri("http://127.0.0.1:1/") };

    private byte[] Archive(params string[] pictures)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed))
        {
            var numbers = DigitStruct.Read(DigitStructTests.Golden("digitStruct.mat"));
            foreach (var picture in pictures)
                tar.WriteEntry(Painted(numbers.Single(n => n.File == picture)), $"train/{picture}");
            tar.WriteEntry(DigitStructTests.Golden("digitStruct.mat"), "train/digitStruct.mat");
            tar.WriteEntry(DigitStructTests.Golden("make_digit_struct.py"), "train/deeper/see_bboxes.m");
        }

        return bytes.ToArray();
    }

    // Black, with the boxes in white.
    private string Painted(HouseNumber number)
    {
        var path = Squares.Write(_folder, number.File, 0, 0, 0, 300, 430);
        var picture = Picture.Load(path);
        foreach (var digit in number.Digits)
        {
            for (var row = (int)digit.Top - 1; row < Math.Min(300, digit.Top - 1 + digit.Height); row++)
            {
                for (var column = (int)digit.Left - 1; column < Math.Min(430, digit.Left - 1 + digit.Width); column++)
                    picture.At(row, column).Fill(255);
            }
        }

        picture.SavePng(path);
        return path;
    }
}
