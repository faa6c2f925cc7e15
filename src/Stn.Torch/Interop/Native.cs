using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Stn.Torch.Interop;

/// <summary>What every call of the ABI goes through: a status becomes an exception, a buffer becomes a string.</summary>
internal static unsafe class Native
{
    /// <summary>Set by a callback of ours that failed, so that the exception which surfaces can carry it.</summary>
    [ThreadStatic]
    internal static Exception? CallbackFailure;

    internal delegate int TextSource(byte* buffer, int capacity);

    internal static void Check(int status, string what)
    {
        if (status != 0)
            Fail(what);
    }

    /// <summary>Throws what the last failure of this thread left.</summary>
    [DoesNotReturn]
    internal static void Fail(string what)
    {
        var inner = CallbackFailure;
        CallbackFailure = null;
        throw new TorchException($"{what} failed: {LastError().Trim()}", inner);
    }

    private static string LastError() => Marshal.PtrToStringUTF8((nint)NativeMethods.stn_last_error()) ?? "no text";

    internal static string Text(TextSource source, string what)
    {
        const int Capacity = 64 * 1024;
        var buffer = new byte[Capacity];
        fixed (byte* first = buffer)
        {
            Check(source(first, Capacity), what);
        }

        return Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }
}
