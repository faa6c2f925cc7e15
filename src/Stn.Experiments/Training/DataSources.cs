using Stn.Data;
using Stn.Data.Birds;
using Stn.Data.Numbers;

namespace Stn.Experiments.Training;

/// <summary>Where data come from. Nothing is read or fetched before it is asked for, and each only once.</summary>
/// <param name="mnist">Finds or fetches the digits.</param>
public sealed class DataSources(Func<Mnist> mnist)
{
    private readonly Lazy<Mnist> _mnist = new(mnist);
    private readonly Dictionary<SvhnPart, IReadOnlyList<HouseNumber>> _svhn = [];
    private BirdInspection? _birds;
    private readonly Dictionary<(string Data, double Share, bool SkipBroken, ulong Seed), PictureParts> _pictures = [];

    /// <summary>Is told in words what is read; says nothing by default.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>The digits; fetched at the first use where they are missing.</summary>
    public Mnist Mnist => _mnist.Value;

    /// <summary>Finds or fetches the Street View House Numbers; null where there is no place for them.</summary>
    public SvhnSource? SvhnSource { get; init; }

    /// <summary>The folder that the names of <see cref="Svhn"/> lie in.</summary>
    /// <exception cref="DataUnavailableException">There is no place for them.</exception>
    public string SvhnFolder => (SvhnSource ?? throw new DataUnavailableException("no folder is set for the Street View House Numbers")).DataDirectory;

    /// <summary>The house numbers of a part; fetched at the first use where they are missing.</summary>
    /// <returns>With file names below <see cref="SvhnFolder"/>.</returns>
    /// <exception cref="DataUnavailableException">They are nowhere.</exception>
    public IReadOnlyList<HouseNumber> Svhn(SvhnPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!_svhn.TryGetValue(part, out var numbers))
        {
            _ = SvhnFolder;
            var read = SvhnSource!.LoadAsync(part).GetAwaiter().GetResult();
            _svhn[part] = numbers = [.. read.Select(number => number with { File = Path.Combine(part.Name, number.File) })];
        }

        return numbers;
    }

    /// <summary>The folder of CUB-200-2011; null where there is no place for it.</summary>
    public string? BirdFolder { get; init; }

    /// <summary>The birds of CUB-200-2011, each file read once.</summary>
    /// <exception cref="DataUnavailableException">They are not there.</exception>
    /// <exception cref="DataFormatException">A file is not what it should be.</exception>
    public BirdInspection Birds => _birds ??= ReadBirds();

    /// <summary>A user's own pictures.</summary>
    /// <param name="settings">Where they are, and what to do with broken ones.</param>
    /// <param name="seed">Decides which are held out where the folder does not say.</param>
    /// <exception cref="FileNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder is laid out otherwise, or pictures cannot be read.</exception>
    public PictureParts Pictures(PictureSettings settings, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var key = (settings.Data, settings.ValidationShare, settings.SkipBroken, seed);
        if (!_pictures.TryGetValue(key, out var parts))
            _pictures[key] = parts = PictureParts.Read(settings, seed, Report);
        return parts;
    }

    private BirdInspection ReadBirds()
    {
        var inspected = BirdInspection.Of(BirdPictures.Open(BirdFolder ?? throw new DataUnavailableException("no folder is set for CUB-200-2011")));
        var birds = inspected.Birds.Birds;
        Report($"{inspected.Birds.Folder}: {inspected.Birds.ClassNames.Count} of CUB's classes, {birds.Count(b => b.IsTraining)} birds to learn from, {birds.Count(b => !b.IsTraining)} to be measured on"
            + (inspected.PartsLeftOut == 0 ? string.Empty : $"; {inspected.PartsLeftOut} part locations lie outside their pictures and are left out"));
        return inspected;
    }
}
