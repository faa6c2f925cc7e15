using System.Security.Cryptography;
using System.Text;
using Stn.Data.Pictures;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Numbers;

/// <summary>House numbers in pictures, cropped when they are asked for: the Street View House Numbers, format 1.</summary>
public sealed class HouseNumberSet : ISampleSet
{
    private readonly string _folder;
    private readonly IReadOnlyList<HouseNumber> _numbers;
    private readonly NumberCrop _crop;
    private readonly double _shift;
    private readonly ulong _seed;

    /// <summary>A set of pictures.</summary>
    /// <param name="folder">Where the pictures lie.</param>
    /// <param name="numbers">Of one to five digits each.</param>
    /// <param name="crop">The window.</param>
    /// <param name="shift">Training windows move at random by up to this share of their side; 0 for fixed ones.</param>
    /// <param name="seed">Decides these motions.</param>
    /// <exception cref="ArgumentException">A number has no digit or more than five.</exception>
    public HouseNumberSet(string folder, IReadOnlyList<HouseNumber> numbers, NumberCrop crop, double shift = 0, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(crop);
        if (numbers.FirstOrDefault(n => n.Digits.Count is < 1 or > NumberLabels.Places) is { } other)
            throw new ArgumentException($"{other.File} has {other.Digits.Count} digits; a number has 1 to {NumberLabels.Places}", nameof(numbers));
        (_folder, _numbers, _crop, _shift, _seed) = (folder, numbers, crop, shift, seed);
    }

    /// <inheritdoc/>
    public int Count => _numbers.Count;

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(3, new Plane(_crop.Size, _crop.Size));

    /// <inheritdoc/>
    public int LabelsPerSample => NumberLabels.Places;

    /// <inheritdoc/>
    public string Description =>
        FormattableString.Invariant($"house numbers, {_crop.Size}×{_crop.Size}, window {_crop.Margin} times the boxes")
        + (_shift > 0 ? FormattableString.Invariant($", moved by up to {_shift} of its side, seed {_seed}") : string.Empty);

    /// <summary>SHA-256 of names and boxes; the pictures themselves were checked when they were unpacked.</summary>
    public string SourceHash()
    {
        var text = string.Concat(_numbers.Select(n => FormattableString.Invariant($"{n.File} {string.Join(' ', n.Digits)}\n")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        var random = new CounterRandom(_seed, RandomPurpose.TrainingDistortion, epoch, index);
        var shift = (_shift * random.Uniform(-1, 1), _shift * random.Uniform(-1, 1));
        var number = _numbers[index];
        _crop.Write(Picture.Load(Path.Combine(_folder, number.File)), number, shift, values);
        NumberLabels.Write([.. number.Digits.Select(d => d.Digit)], labels);
    }
}
