using System.Text;
using Stn.Data.Numbers;

namespace Stn.Data.Tests.Numbers;

/// <summary>On files that h5py wrote in the form of SVHN's (tests/golden/svhn/make_digit_struct.py).</summary>
public sealed class DigitStructTests
{
    [Fact]
    public void Names_digits_and_boxes_are_read()
    {
        var numbers = DigitStruct.Read(Golden("digitStruct.mat"));
        Assert.Equal(["1.png", "2.png", "3.png", "14.png"], numbers.Select(n => n.File));
        Assert.Equal([new DigitBox(1, 246, 77, 81, 219), new DigitBox(9, 323, 81, 96, 219)], numbers[0].Digits);
        Assert.Equal([new DigitBox(2, 77, 29, 23, 32)], numbers[1].Digits); // one digit: numbers instead of references
        Assert.Equal([2, 0], numbers[2].Digits.Select(d => d.Digit)); // label 10
        Assert.Equal([1, 2, 3, 4, 5, 6], numbers[3].Digits.Select(d => d.Digit));
        Assert.Equal(20.5, numbers[3].Digits[0].Height);
    }

    [Theory]
    [InlineData("null_reference.mat", "bbox 2 is a reference that leads nowhere")]
    [InlineData("text_label.mat", "bbox 2/label holds no numbers")]
    [InlineData("missing_field.mat", "bbox 1: there is no 'top' in it")]
    [InlineData("uneven_fields.mat", "bbox 1 has 2 labels but 2, 1, 2 and 2 edges")]
    [InlineData("label_eleven.mat", "bbox 2 has a label 11; labels are 1 to 9, and 10 for the digit 0")]
    [InlineData("no_struct.mat", "there is no 'digitStruct' in it")]
    public void A_file_of_another_form_is_refused_by_its_place(string file, string message)
    {
        var error = Assert.Throws<DataFormatException>(() => DigitStruct.Read(Golden(file)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The name 14.png as its characters, two bytes each, with others of the same length in their place.</summary>
    [Theory]
    [InlineData("../png")]
    [InlineData("/4.png")]
    [InlineData("a\\.png")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Golden("digitStruct.mat"));
        var place = bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("14.png"));
        Encoding.Unicode.GetBytes(name).CopyTo(bytes, place);
        var error = Assert.Throws<DataFormatException>(() => DigitStruct.Read(folder.Write("led.mat", bytes)));
        Assert.Contains($"name 4 is '{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_or_none_at_all_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Golden("digitStruct.mat"));
        for (var length = 0; length < whole.Length - 1; length += 1777)
            Assert.Throws<DataFormatException>(() => DigitStruct.Read(folder.Write("cut.mat", whole[..length])));
        Assert.Throws<FileNotFoundException>(() => DigitStruct.Read(folder.Of("none.mat")));
    }

    [Fact]
    public void A_file_with_changed_bytes_is_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Golden("digitStruct.mat"));
        var random = new Random(1);
        for (var i = 0; i < 150; i++)
        {
            var changed = (byte[])whole.Clone();
            for (var change = 0; change < 4; change++)
                changed[random.Next(512, whole.Length)] = (byte)random.Next(256);
            try
            {
                DigitStruct.Read(folder.Write("changed.mat", changed));
            }
            catch (DataFormatException)
            {
            }
        }
    }

    internal static string Golden(string file) => Path.Combine(Repository(), "tests", "golden", "svhn", file);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Stn.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }
}
