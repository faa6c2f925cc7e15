using System.Security.Cryptography;
using Stn.Data.Distortions;
using Stn.Kernels;

namespace Stn.Data.Tests;

public sealed class DataManifestTests
{
    private static readonly RtsDistortion s_rts = new();

    [Fact]
    public void Equal_sets_have_equal_manifests()
    {
        var manifest = DataManifest.Of(DistortedSet.Test(Synthetic.Digits(3), s_rts));
        Assert.Equal(DataManifest.Of(DistortedSet.Test(Synthetic.Digits(3), s_rts)), manifest);
        Assert.Equal(3, manifest.Samples);
    }

    [Fact]
    public void The_digits_and_the_draw_both_change_the_hash()
    {
        DistortedSet[] sets =
        [
            DistortedSet.Test(Synthetic.Digits(3), s_rts), DistortedSet.Test(Synthetic.Digits(4), s_rts),
            DistortedSet.Training(Synthetic.Digits(3), s_rts, 1), DistortedSet.Training(Synthetic.Digits(3), s_rts, 2),
        ];
        Assert.Equal(4, sets.Select(set => DataManifest.Of(set).Sha256).Distinct().Count());
    }

    [Fact]
    public void The_digits_are_hashed_as_the_documentation_says()
    {
        var pixels = new byte[28 * 28];
        pixels[5] = 77;
        var manifest = DataManifest.Of(DistortedSet.Test(new LabelledImages(new Plane(28, 28), pixels, new byte[] { 9 }), s_rts));
        byte[] hashed = [1, 0, 0, 0, 28, 0, 0, 0, 28, 0, 0, 0, .. pixels, 9];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(hashed)), manifest.Source);
    }
}
