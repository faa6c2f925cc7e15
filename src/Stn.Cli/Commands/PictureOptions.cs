using System.CommandLine;
using Stn.Experiments.Folders;
using Stn.Experiments.Training;

namespace Stn.Cli.Commands;

/// <summary>The options of <c>stn train folder/…</c>: which pictures, and how they become images.</summary>
internal sealed class PictureOptions
{
    private readonly Option<int?> _size = new("--size") { Description = "Of folder/…: height and width of the images (default 64)" };
    private readonly Option<int?> _channels = new("--channels") { Description = "Of folder/…: 1 for grey, 3 for colour (default: grey where all pictures are)" };
    private readonly Option<string> _fit = new("--fit") { Description = "Of folder/…: how a picture becomes a square: crop (default), pad or stretch" };
    private readonly Option<string> _augment = new("--augment") { Description = "Of folder/…: random motions of training pictures, such as rotate=15,scale=0.2,shift=0.1,flip" };
    private readonly Option<double?> _share = new("--validation-share") { Description = "Of folder/…: the share of each class that is held out, where there is no folder validation/ (default 0.1)" };
    private readonly Option<bool> _skip = new("--skip-broken") { Description = "Of folder/…: leave out pictures that cannot be read, instead of refusing to start" };

    internal IReadOnlyList<Option> All => [_size, _channels, _fit, _augment, _share, _skip];

    /// <summary>The settings; null where the experiment is none on pictures of one's own.</summary>
    /// <exception cref="ArgumentException">Pictures are needed and not named, or options are given that the experiment does not have.</exception>
    internal PictureSettings? Settings(ParseResult parsed, string experiment, string? data)
    {
        if (!FolderExperiments.IsName(experiment))
        {
            RequireNone(parsed, $"is an option of {FolderExperiments.Prefix}/… experiments; {experiment} has its own images");
            return null;
        }

        var settings = new PictureSettings { Data = data ?? throw new ArgumentException($"{experiment} needs pictures: --data <folder>") };
        return settings with
        {
            Size = parsed.GetValue(_size) ?? settings.Size,
            Channels = parsed.GetValue(_channels) ?? settings.Channels,
            Fit = parsed.GetValue(_fit) ?? settings.Fit,
            Augment = parsed.GetValue(_augment) ?? settings.Augment,
            ValidationShare = parsed.GetValue(_share) ?? settings.ValidationShare,
            SkipBroken = parsed.GetValue(_skip),
        };
    }

    /// <summary>Throws if one of them is given, with the reason why it cannot be.</summary>
    internal void RequireNone(ParseResult parsed, string reason)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } stray)
            throw new ArgumentException($"{stray.Name} {reason}");
    }
}
