using System.Buffers.Binary;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public class AnimatedGifTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(120);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Every_frame_is_there_with_its_delay(int count)
    {
        var frames = Enumerable.Range(0, count).Select(i => Samples.Noise(12, 15, seed: i)).ToArray();
        var (delays, loops) = Read(AnimatedGif.Encode(frames, Delay), 12, 15);
        Assert.Equal(Enumerable.Repeat(12, count), delays);
        Assert.True(loops);
    }

    [Fact]
    public void The_last_frame_may_stay_longer()
    {
        var gif = AnimatedGif.Encode([Samples.Blob(8), Samples.Blob(8), Samples.Blob(8)], Delay, last: TimeSpan.FromSeconds(2));
        Assert.Equal([12, 12, 200], Read(gif, 8, 8).Delays);
    }

    [Fact]
    public void Without_a_loop_there_is_no_word_of_one() =>
        Assert.False(Read(AnimatedGif.Encode([Samples.Blob(8), Samples.Blob(8)], Delay, loop: false), 8, 8).Loops);

    [Fact]
    public void Frames_of_more_than_256_colours_are_reduced() =>
        Assert.Single(Read(AnimatedGif.Encode([Samples.Noise(100, 100)], Delay), 100, 100).Delays);

    [Fact]
    public void All_256_grey_levels_are_kept()
    {
        var grey = Picture.FromGrey([.. Enumerable.Range(0, 256).Select(i => i / 255f)], 16, 16);
        var gif = AnimatedGif.Encode([grey], Delay);
        // The only colour table belongs to the frame: it follows the descriptor, and names the levels in their order.
        var table = gif.AsSpan().IndexOf((byte[])[0, 0, 0, 1, 1, 1, 2, 2, 2]);
        Assert.True(table > 0);
        Assert.Equal([255, 255, 255], gif.AsSpan(table + (3 * 255), 3).ToArray());
    }

    [Fact]
    public void No_frame_or_frames_of_two_sizes_or_an_endless_delay_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AnimatedGif.Encode([], Delay));
        Assert.Throws<ArgumentException>(() => AnimatedGif.Encode([Samples.Blob(8), Samples.Blob(9)], Delay));
        Assert.ThrowsAny<ArgumentException>(() => AnimatedGif.Encode([Samples.Blob(8)], Timeout.InfiniteTimeSpan));
        Assert.ThrowsAny<ArgumentException>(() => AnimatedGif.Encode([Samples.Blob(8)], TimeSpan.FromHours(1)));
        Assert.ThrowsAny<ArgumentException>(() => AnimatedGif.Encode([Samples.Blob(8)], Delay, last: TimeSpan.FromHours(1)));
    }

    // Walks the blocks: extensions (0x21) and frames (0x2C), each followed by chains of counted bytes.
    private static (List<int> Delays, bool Loops) Read(ReadOnlySpan<byte> gif, int height, int width)
    {
        Assert.Equal("GIF89a"u8, gif[..6]);
        Assert.Equal(width, BinaryPrimitives.ReadUInt16LittleEndian(gif[6..]));
        Assert.Equal(height, BinaryPrimitives.ReadUInt16LittleEndian(gif[8..]));
        var (delays, loops, frames) = (new List<int>(), false, 0);
        var at = 13 + TableSize(gif[10]);
        for (; gif[at] != 0x3B; at++)
        {
            if (gif[at] == 0x21)
            {
                loops |= gif[at + 1] == 0xFF;
                if (gif[at + 1] == 0xF9)
                    delays.Add(BinaryPrimitives.ReadUInt16LittleEndian(gif[(at + 4)..]));
                at += 2;
            }
            else
            {
                Assert.Equal(0x2C, gif[at]);
                frames++;
                at += 10 + TableSize(gif[at + 9]) + 1;
            }

            while (gif[at] != 0)
                at += 1 + gif[at];
        }

        Assert.Equal(gif.Length - 1, at);
        Assert.Equal(frames, delays.Count);
        return (delays, loops);
    }

    private static int TableSize(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
