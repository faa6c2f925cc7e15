using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Figures;
using Stn.Experiments.Results;
using Stn.Experiments.Sweeps;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Figures;

public sealed class TrainedFiguresTests : TensorTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Figure_5_is_made_of_the_network_in_space_and_says_what_to_train_without_one()
    {
        Assert.Contains(
            "stn train 3d/st-cnn", Assert.Throws<FileNotFoundException>(() => FigureCatalogue.Write("5", _folder.Path, Sources())).Message, StringComparison.Ordinal);
        Write("3d/st-cnn");
        var picture = Picture.Load(Assert.Single(FigureCatalogue.Write("5", _folder.Path, Sources())));
        Assert.Equal((44 + (3 * 200), 20 + (3 * 200)), (picture.Height, picture.Width));
    }

    [Fact]
    public void The_figure_of_addition_is_made_of_the_networks_that_there_are()
    {
        Assert.Contains(
            "stn train <name>", Assert.Throws<FileNotFoundException>(() => FigureCatalogue.Write("addition", _folder.Path, Sources())).Message, StringComparison.Ordinal);
        Write("addition/2st-fcn-tps");
        var notes = new List<string>();
        Assert.Equal("addition-2st-fcn-tps.png", Path.GetFileName(Assert.Single(FigureCatalogue.Write("addition", _folder.Path, Sources(notes.Add)))));
        Assert.Equal("trained networks are missing: addition/2st-fcn-aff, addition/2st-fcn-proj", notes[0]);
        Assert.EndsWith("model.safetensors is of no whole run of the protocol", Assert.Single(notes[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_images_are_drawn_for_each_data_set_that_has_a_trained_transformer()
    {
        Assert.Contains("stn train rts/st-cnn-aff", Assert.Throws<FileNotFoundException>(() => FigureCatalogue.Write("means", _folder["figures"], Sources())).Message, StringComparison.Ordinal);
        Write("e/st-fcn-aff");
        Assert.Equal("means-e.png", Path.GetFileName(Assert.Single(FigureCatalogue.Write("means", _folder["figures"], Sources()))));
    }

    [Fact]
    public void Figure_1_shows_what_the_network_without_a_transformer_alone_misreads()
    {
        var without = new Evaluation([Read(0, 3, 3), Read(1, 4, 9), Read(2, 5, 6), Read(3, 7, 1)]);
        var with = new Evaluation([Read(0, 3, 3), Read(1, 4, 4, 0.6f), Read(2, 5, 8), Read(3, 7, 7, 0.9f)]);
        Assert.Equal([(3, 1, 7), (1, 9, 4)], RescuedDigitsFigure.Rescued(without, with).Select(pair => (pair.With.Index, pair.Without.Predicted, pair.With.Predicted)));
    }

    private static Prediction Read(int index, int label, int answer, float confidence = 0.5f) => new(index, [label], [answer], confidence, 0.5f, null);

    [Fact]
    public void A_new_network_leaves_the_places_of_both_digits_as_they_are()
    {
        var network = Own(ExperimentCatalogue.Find("addition/2st-fcn-aff").Network());
        var spreads = AdditionFigure.Spreads(network, AdditionSet.Test(GlyphDigits.Of(40)));
        Assert.Equal(2, spreads.Count);
        Assert.All(spreads.SelectMany(s => new[] { s.First, s.Second }), spread =>
        {
            Assert.True(spread.PlaceBefore > 5);
            Assert.Equal(spread.PlaceBefore, spread.PlaceAfter, 1e-6);
            Assert.Equal(spread.AngleBefore, spread.AngleAfter, 1e-4);
        });
    }

    [Fact]
    public void Numbers_are_drawn_for_each_network_with_transformers_that_is_trained()
    {
        Assert.Contains("numbers64/st-cnn-single", Assert.Throws<FileNotFoundException>(() => FigureCatalogue.Write("numbers", _folder["figures"], Sources())).Message, StringComparison.Ordinal);
        Write("numbers64/st-cnn-multi");
        var file = Assert.Single(FigureCatalogue.Write("numbers", _folder["figures"], Sources()));
        Assert.Equal("numbers64-st-cnn-multi.png", Path.GetFileName(file));
        Assert.True(Picture.Load(file).Width > 2 * 5 * 128); // an input and four outputs, twice
    }

    private FigureSources Sources(Action<string>? note = null) => new(Trial.Sources, new ResultFiles(_folder["results"]), _folder["runs"], note ?? (_ => { }));

    private void Write(string experiment)
    {
        var found = ExperimentCatalogue.Find(experiment);
        var path = Path.Combine(SweepPlan.FolderOf(_folder["runs"], found.Config(Protocols.Fast) with { Seed = 1 }), "checkpoints", "model.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var network = found.Network();
        Safetensors.Write(path, network.State());
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
