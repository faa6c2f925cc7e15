using System.Text;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public sealed class SafetensorsErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[]", "does not begin with '{'")]
    [InlineData(" {}", "does not begin with '{'")]
    [InlineData("", "does not begin with '{'")]
    [InlineData("{\"a\":", "not valid JSON")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}, \"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}", "names 'a' twice")]
    [InlineData("{\"__metadata__\": {}, \"__metadata__\": {}}", "names '__metadata__' twice")]
    [InlineData("{\"__metadata__\": []}", "not an object of texts")]
    [InlineData("{\"__metadata__\": {\"k\": 1}}", "'k', which is not a text")]
    [InlineData("{\"__metadata__\": {\"k\": \"1\", \"k\": \"2\"}}", "names 'k' twice")]
    [InlineData("{\"a\": 1}", "tensor 'a' is not described")]
    [InlineData("{\"a\": {\"dtype\": \"F32\", \"shape\": [1]}}", "tensor 'a' is not described")]
    [InlineData("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4], \"x\": 1}}", "tensor 'a' is not described")]
    [InlineData("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"shape\": [1]}}", "tensor 'a' is not described")]
    [InlineData("{\"a\": {\"dtype\": 1, \"shape\": [1], \"data_offsets\": [0, 4]}}", "tensor 'a' is not described")]
    public void A_broken_header_is_refused(string header, string part) => AssertRefused(header, 8, part);

    [Theory]
    [InlineData("F8_E4M3", "[2]", "[0, 8]", "unknown dtype 'F8_E4M3'; read are BOOL, U8")]
    [InlineData("F32", "[-2]", "[0, 8]", "cannot be negative")]
    [InlineData("F32", "[2.5]", "[0, 8]", "holds 2.5")]
    [InlineData("F32", "[\"2\"]", "[0, 8]", "not a whole number")]
    [InlineData("F32", "[99999999999999999999]", "[0, 8]", "not a whole number of 64 bits")]
    [InlineData("F32", "2", "[0, 8]", "not a list")]
    [InlineData("F32", "[4611686018427387904, 4]", "[0, 8]", "larger than 2 GiB")]
    [InlineData("F32", "[4611686018427387904, 4, 0]", "[0, 8]", "larger than 2 GiB")]
    [InlineData("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]", "[0, 8]", "65 dimensions")]
    [InlineData("F32", "[2]", "[0]", "1 \"data_offsets\"")]
    [InlineData("F32", "[2]", "[0, 7]", "needs 8 bytes, and [0, 7] holds 7")]
    [InlineData("F32", "[2]", "[8, 0]", "lies at [8, 0]")]
    [InlineData("F32", "[2]", "[-4, 4]", "lies at [-4, 4]")]
    [InlineData("F32", "[1]", "[4, 8]", "bytes 0 to 4 belong to no tensor")]
    [InlineData("F32", "[1]", "[0, 4]", "4 bytes follow the last tensor")]
    [InlineData("F32", "[3]", "[0, 12]", "the tensors need 12 bytes and the file has 8; it was truncated in or after tensor 't'")]
    [InlineData("BOOL", "[8]", "[0, 8]", "holds 7 at element 0")]
    public void A_tensor_that_is_described_wrongly_is_named(string dtype, string shape, string offsets, string part) =>
        AssertRefused($"{{\"t\": {{\"dtype\": \"{dtype}\", \"shape\": {shape}, \"data_offsets\": {offsets}}}}}", 8, "'t'"[..(part.StartsWith('4') ? 0 : 3)], part);

    [Fact]
    public void Tensors_that_overlap_are_refused() => AssertRefused(
        "{\"b\": {\"dtype\": \"U8\", \"shape\": [5], \"data_offsets\": [3, 8]}, \"a\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [0, 4]}}",
        8, "tensor 'b' begins at byte 3, before the end of 'a' at 4");

    [Fact]
    public void A_header_that_is_not_UTF_8_is_refused()
    {
        File.WriteAllBytes(_folder["a"], [4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"', 0xff, (byte)'"']);
        SampleTensors.AssertRefused(_folder["a"], Safetensors.Read, "not valid JSON");
    }

    [Theory]
    [InlineData(new byte[0], "has 0 bytes")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0 }, "has 7 bytes")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "3 bytes and the file has only 2")]
    [InlineData(new byte[] { 0, 0, 0, 10, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "at most 100000000")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "at most 100000000")]
    public void A_header_beyond_the_file_is_refused(byte[] content, string part)
    {
        File.WriteAllBytes(_folder["a"], content);
        SampleTensors.AssertRefused(_folder["a"], Safetensors.Read, part);
    }

    private void AssertRefused(string header, int dataLength, params string[] parts)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var data = Enumerable.Repeat((byte)7, dataLength);
        File.WriteAllBytes(_folder["a"], [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data]);
        SampleTensors.AssertRefused(_folder["a"], Safetensors.Read, parts);
    }
}
