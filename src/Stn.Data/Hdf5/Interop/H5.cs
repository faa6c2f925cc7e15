using System.Runtime.InteropServices;

namespace Stn.Data.Hdf5.Interop;

/// <summary>The functions of libhdf5 that Stn uses, under their own names without the prefix. Identifiers are 64-bit from version 1.10 on.</summary>
internal static unsafe partial class H5
{
    /// <summary>The class of a data type: 64-bit floating point and others.</summary>
    internal const int ClassFloat = 1;

    /// <summary>The class of references.</summary>
    internal const int ClassReference = 7;

    /// <summary>The kind of an object: a group.</summary>
    internal const int KindGroup = 2;

    /// <summary>The kind of an object: a data set.</summary>
    internal const int KindDataset = 5;

    private const string Library = "hdf5";

    // Debian 12's, Debian 13's, and what others call it.
    private static readonly string[] s_names =
        ["libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so", "libhdf5.so.103", "libhdf5.so.310", "libhdf5.so", "hdf5"];

    private static readonly Lazy<nint> s_library = new(Start);

    /// <summary>libhdf5 has one lock for all that it does, in builds that have one; all calls are made under this one.</summary>
    internal static object Gate { get; } = new();

    /// <summary>64-bit floating point in memory.</summary>
    internal static long Doubles => Global("H5T_NATIVE_DOUBLE_g");

    /// <summary>16-bit unsigned numbers in memory.</summary>
    internal static long UShorts => Global("H5T_NATIVE_USHORT_g");

    /// <summary>References to objects in memory: 8 bytes each.</summary>
    internal static long References => Global("H5T_STD_REF_OBJ_g");

    /// <summary>Loads libhdf5 and silences it; every path to the library begins here.</summary>
    /// <exception cref="DllNotFoundException">libhdf5 is not installed.</exception>
    internal static void Require() => _ = s_library.Value;

    [LibraryImport(Library, EntryPoint = "H5Fopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long OpenFile(string path, uint flags, long properties);

    [LibraryImport(Library, EntryPoint = "H5Fclose")]
    internal static partial int CloseFile(long file);

    [LibraryImport(Library, EntryPoint = "H5Lexists", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LinkExists(long place, string name, long properties);

    [LibraryImport(Library, EntryPoint = "H5Oopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long OpenObject(long place, string name, long properties);

    [LibraryImport(Library, EntryPoint = "H5Rdereference2")]
    internal static partial long Dereference(long place, long properties, int kind, ulong* reference);

    [LibraryImport(Library, EntryPoint = "H5Oclose")]
    internal static partial int CloseObject(long identifier);

    [LibraryImport(Library, EntryPoint = "H5Iget_type")]
    internal static partial int KindOf(long identifier);

    [LibraryImport(Library, EntryPoint = "H5Dget_space")]
    internal static partial long SpaceOf(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_npoints")]
    internal static partial long PointsOf(long space);

    [LibraryImport(Library, EntryPoint = "H5Sclose")]
    internal static partial int CloseSpace(long space);

    [LibraryImport(Library, EntryPoint = "H5Dget_type")]
    internal static partial long TypeOf(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Tget_class")]
    internal static partial int ClassOf(long type);

    [LibraryImport(Library, EntryPoint = "H5Tclose")]
    internal static partial int CloseType(long type);

    [LibraryImport(Library, EntryPoint = "H5Dread")]
    internal static partial int Read(long dataset, long memoryType, long memorySpace, long fileSpace, long properties, void* buffer);

    [LibraryImport(Library, EntryPoint = "H5open")]
    private static partial int Open();

    [LibraryImport(Library, EntryPoint = "H5Eset_auto2")]
    private static partial int SetErrorOutput(long stack, nint function, nint data);

    private static nint Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(H5).Assembly, Resolve);
        var library = Find();
        if (Open() < 0 || SetErrorOutput(0, 0, 0) < 0)
            throw new InvalidOperationException("libhdf5 does not start");
        return library;
    }

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path) => name == Library ? Find() : 0;

    private static nint Find()
    {
        foreach (var name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        throw new DllNotFoundException("libhdf5 is not installed (Debian's package libhdf5-103-1); it reads SVHN's digitStruct.mat");
    }

    private static long Global(string name) => *(long*)NativeLibrary.GetExport(s_library.Value, name);
}
