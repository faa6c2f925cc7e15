using Stn.Data.Scenes;
using Stn.Experiments.CoLocalisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.CoLocalisation;

public sealed class CoLocalisationTests : TensorTest
{
    [Fact]
    public void The_loss_is_equation_8_over_all_pairs()
    {
        var (found, random) = (GradientCheck.Input(1, 4, 3), GradientCheck.Input(2, 4, 3));
        var (f, r) = (found.Detach().ToArray<double>(), random.Detach().ToArray<double>());
        double Square(double[] a, int n, double[] b, int m) => Enumerable.Range(0, 3).Sum(k => Math.Pow(a[(3 * n) + k] - b[(3 * m) + k], 2));
        var sum = 0.0;
        for (var n = 0; n < 4; n++)
        {
            for (var m = 0; m < 4; m++)
                sum += n == m ? 0 : Math.Max(0, Square(f, n, f, m) - Square(f, n, r, n) + 1);
        }

        Assert.Equal(sum / 12, CoLocaliser.Loss(found, found.Detach(), random, 1).Item<double>(), 1e-9);
    }

    [Fact]
    public void The_localisation_network_has_the_papers_5947_parameters_and_starts_where_it_is_told()
    {
        var network = Own(CoLocaliser.Localisation(0.4, 0.5));
        Assert.Equal(5_947, network.CountLearned());
        var theta = network.Forward(Tensor.RandomNormal([1, 1, 84, 84])).ToArray<float>();
        Assert.Equal(0.4, theta[0], 1e-6);
        Assert.Equal([0, 0], theta[1..]);
    }

    [Fact]
    public void Whatever_is_predicted_a_window_stays_inside_and_near_its_first_size()
    {
        var window = new BoundedWindow(0.25, 0.2);
        var theta = window.Forward(Tensor.From([1e6f, 1e6f, -1e6f, -1e6f, 0, 0, 0.25f, 0.1f, 0], 3, 3), Pass.Inference).ToArray<float>();
        Assert.Equal([0.3, 0.75, -0.75], theta[..3].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0.2, theta[3], 1e-6);
        Assert.Equal([0.25, 0.75 * Math.Tanh(0.1)], theta[6..8].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_search_ends_at_the_windows_that_are_alike()
    {
        // The code of a window is short and random but around the image's own place, where it is long and the same for all images.
        const int Windows = 300;
        const int Codes = 16;
        const double Near = 0.15;
        var places = Enumerable.Range(0, 20).Select(i => new Random(i)).Select(random => (X: random.NextDouble() - 0.5, Y: random.NextDouble() - 0.5)).ToArray();
        using var search = new WindowSearch(places.Length, new CoLocalisationSettings { Windows = Windows, StartScale = 0.25 }, (image, theta) =>
        {
            var (values, codes, random) = (theta.ToArray<float>(), new float[Windows * Codes], new Random(100 + image));
            for (var i = 0; i < codes.Length; i++)
            {
                var (x, y) = (values[(3 * (i / Codes)) + 1] - places[image].X, values[(3 * (i / Codes)) + 2] - places[image].Y);
                var isNear = Math.Max(Math.Abs(x), Math.Abs(y)) < Near;
                codes[i] = isNear ? (i % Codes == 3 ? 1 : 0) : 0.2f * (random.NextSingle() - 0.5f);
            }

            return Tensor.From(codes, Windows, Codes);
        });
        var goals = search.Round(0.7);
        for (var round = 1; round < 30; round++)
            goals = search.Round(0.7 * Math.Pow(10 / 0.7, round / 30.0));
        var found = goals.ToArray<float>();
        for (var i = 0; i < places.Length; i++)
        {
            Assert.Equal(places[i].X, found[2 * i], Near);
            Assert.Equal(places[i].Y, found[(2 * i) + 1], Near);
        }
    }

    [Fact]
    public void An_encoder_learns_and_goes_through_a_file()
    {
        var digits = GlyphDigits.Of(400);
        var losses = new List<double>();
        var encoder = Own(DigitEncoder.Train(digits, 1, 3, (_, loss) => losses.Add(loss)));
        Assert.True(losses[^1] < losses[0], string.Join(" ", losses));
        Assert.Equal(0, encoder.CountLearned());
        using var folder = new TemporaryFolder();
        encoder.Write(folder["encoder.safetensors"]);
        var read = Own(DigitEncoder.Read(folder["encoder.safetensors"]));
        Safetensors.Write(folder["other.safetensors"], [new("classifier", new HostTensor(DType.Float32, [1], new byte[4]))]);
        Assert.Contains("other.safetensors holds no encoder", Assert.Throws<InvalidDataException>(() => DigitEncoder.Read(folder["other.safetensors"])).Message, StringComparison.Ordinal);
        var images = Tensor.RandomUniform([3, 1, 28, 28]);
        var codes = encoder.Forward(images);
        Assert.Equal([3, (32 * 100) + (32 * 4) + 10], codes.Shape);
        var plain = new EncoderImages(digits, 1).Plain([.. Enumerable.Range(0, 400)]).Images;
        Assert.Equal(0.25, encoder.Forward(plain).Narrow(1, 0, 3200).Pow(2).Sum([1]).Mean().Item<float>(), 1e-3); // each layer has the length ½
        Assert.Equal(codes.ToArray<float>(), read.Forward(images).ToArray<float>());
        Assert.Equal(encoder.Error(digits), read.Error(digits));
    }

    [Fact]
    public void The_same_seed_gives_the_same_windows_step_by_step()
    {
        var encoder = Own(DigitEncoder.Train(GlyphDigits.Of(100), 1, 1));
        var scenes = DigitScenes.Draw(GlyphDigits.Of(200), 7, 12, GlyphDigits.Of(50), seed: 4);
        var settings = new CoLocalisationSettings { Digit = 7, Cluttered = true, Images = 12, Steps = 4, SearchSteps = 2, Windows = 9, Seed = 4 };
        Assert.Equal(("coloc-tc", "coloc-tc/7"), (settings.Data, settings.Name));
        var runs = new List<Box[]>();
        for (var run = 0; run < 2; run++)
        {
            using var localiser = new CoLocaliser(settings, scenes, encoder);
            var start = localiser.Windows();
            Assert.All(start, window => Assert.Equal(42, (window.Left + window.Right) / 2, 1e-4));
            for (var step = 0; step < settings.Steps; step++)
                localiser.Step(step);
            Assert.True(localiser.Loss(4) >= 0);
            runs.Add(localiser.Windows());
            Assert.NotEqual(start, runs[run]);
        }

        Assert.Equal(runs[0], runs[1]);
    }
}
