using Stn.Data.Hdf5.Interop;

namespace Stn.Data.Hdf5;

/// <summary>A group or a data set of an HDF5 file; the file itself is its first group.</summary>
/// <remarks>What is wrong is told with the object's place: the names and references that led to it.</remarks>
internal sealed unsafe class Hdf5Object : IDisposable
{
    private readonly long _identifier;
    private readonly string _place;
    private readonly bool _isFile;

    private Hdf5Object(long identifier, string place, bool isFile = false) => (_identifier, _place, _isFile) = (identifier, place, isFile);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="DataFormatException">It is no HDF5 file, or is cut off.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not installed.</exception>
    public static Hdf5Object OpenFile(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);
        H5.Require();
        lock (H5.Gate)
        {
            var file = H5.OpenFile(path, 0, 0);
            return file < 0
                ? throw new DataFormatException($"{path} is no HDF5 file, or is cut off")
                : new Hdf5Object(file, path, isFile: true);
        }
    }

    /// <summary>The object of a name below this group.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public Hdf5Object this[string name]
    {
        get
        {
            lock (H5.Gate)
            {
                var found = H5.LinkExists(_identifier, name, 0) > 0 ? H5.OpenObject(_identifier, name, 0) : -1;
                return found < 0 ? throw new DataFormatException($"{_place}: there is no '{name}' in it") : new Hdf5Object(found, $"{_place}/{name}");
            }
        }
    }

    /// <summary>Whether this data set holds references to objects.</summary>
    public bool HoldsReferences
    {
        get
        {
            lock (H5.Gate)
                return H5.KindOf(_identifier) == H5.KindDataset && Class() == H5.ClassReference;
        }
    }

    /// <summary>The object that a reference of this file leads to.</summary>
    /// <param name="reference">From <see cref="ReadReferences"/>.</param>
    /// <param name="name">What it is, for messages.</param>
    /// <exception cref="DataFormatException">It leads nowhere.</exception>
    public Hdf5Object Follow(ulong reference, string name)
    {
        lock (H5.Gate)
        {
            var found = reference == 0 ? -1 : H5.Dereference(_identifier, 0, 0, &reference);
            return found < 0 ? throw new DataFormatException($"{_place}: {name} is a reference that leads nowhere") : new Hdf5Object(found, $"{_place}: {name}");
        }
    }

    /// <summary>All numbers of a data set.</summary>
    /// <exception cref="DataFormatException">It is no data set of numbers.</exception>
    public double[] ReadNumbers() => Read<double>(H5.Doubles, type => type is 0 or H5.ClassFloat, "numbers");

    /// <summary>All references of a data set.</summary>
    /// <exception cref="DataFormatException">It is no data set of references.</exception>
    public ulong[] ReadReferences() => Read<ulong>(H5.References, type => type == H5.ClassReference, "references");

    /// <summary>A data set of 16-bit characters, MATLAB's form of text.</summary>
    /// <exception cref="DataFormatException">It is no data set of characters.</exception>
    public string ReadText() => string.Concat(Read<ushort>(H5.UShorts, type => type == 0, "characters").Select(c => (char)c));

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        lock (H5.Gate)
            _ = _isFile ? H5.CloseFile(_identifier) : H5.CloseObject(_identifier);
    }

    private T[] Read<T>(long memoryType, Func<int, bool> fits, string what)
        where T : unmanaged
    {
        lock (H5.Gate)
        {
            if (H5.KindOf(_identifier) != H5.KindDataset || !fits(Class()))
                throw new DataFormatException($"{_place} holds no {what}");
            var values = new T[Count()];
            fixed (T* buffer = values)
            {
                if (values.Length > 0 && H5.Read(_identifier, memoryType, 0, 0, 0, buffer) < 0)
                    throw new DataFormatException($"{_place} cannot be read: damaged or cut off");
            }

            return values;
        }
    }

    private int Class()
    {
        var type = H5.TypeOf(_identifier);
        var result = H5.ClassOf(type);
        _ = H5.CloseType(type);
        return result;
    }

    private int Count()
    {
        var space = H5.SpaceOf(_identifier);
        var count = H5.PointsOf(space);
        _ = H5.CloseSpace(space);
        return count is >= 0 and <= int.MaxValue ? (int)count : throw new DataFormatException($"{_place} claims {count} values");
    }
}
