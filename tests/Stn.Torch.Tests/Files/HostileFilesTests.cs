using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>Files changed at random are either read or refused with the project's exception, whatever was changed.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const int Rounds = 5_000;
    private const long MostMemory = 64 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Safetensors_changed_at_random() =>
        Attack(File.ReadAllBytes(RepositoryFolder.Golden("files", "unusual_tensors.expected.safetensors")), File.WriteAllBytes, path => Safetensors.Read(path));

    [Fact]
    public void Archives_changed_at_random() =>
        Attack(File.ReadAllBytes(RepositoryFolder.Golden("files", "state_dict.pt")), File.WriteAllBytes, path => PyTorchFile.ReadStateDict(path));

    [Fact]
    public void Files_of_PyTorch_before_1_6_changed_at_random() =>
        Attack(File.ReadAllBytes(RepositoryFolder.Golden("files", "before_1_6.pt")), File.WriteAllBytes, path => PyTorchFile.ReadStateDict(path));

    [Fact]
    public void Pickles_changed_at_random_in_an_archive_with_the_right_checksum()
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(RepositoryFolder.Golden("files", "checkpoint.pt"));
        using var pickle = new MemoryStream();
        zip.GetEntry("checkpoint/data.pkl")!.Open().CopyTo(pickle);
        Attack(pickle.ToArray(), (path, bytes) =>
        {
            File.Delete(path);
            PickleText.Save(path, bytes);
        }, path => PyTorchFile.ReadStateDict(path));
    }

    private void Attack(byte[] good, Action<string, byte[]> write, Func<string, object> read)
    {
        var random = new Random(11);
        var path = _folder["hostile"];
        for (var round = 0; round < Rounds; round++)
        {
            write(path, Changed(good, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (TensorFileException)
            {
                // The refusal that is asked for; any other exception fails the test.
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostMemory, $"Round {round} allocated {allocated} bytes.");
        }
    }

    private static byte[] Changed(byte[] good, Random random)
    {
        var bytes = (byte[])good.Clone();
        for (var changes = random.Next(4); changes >= 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                // Another byte of the file: likelier to be one that means something.
                _ => good[random.Next(good.Length)],
            };
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
