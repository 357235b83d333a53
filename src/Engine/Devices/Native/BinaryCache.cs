using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Keeps compiled kernels between runs: one file a program, in a folder of the user's.</summary>
/// <remarks>
/// A file is the magic number, the SHA-256 of what follows, and the binary. A file that cannot be read, or whose hash
/// is wrong, counts as absent; a file that cannot be written is not kept. So no state of the folder can fail a run.
/// </remarks>
internal sealed class BinaryCache
{
    /// <summary>The environment variable that moves the folder, or switches the cache off.</summary>
    public const string Variable = "SCOREGPU_KERNEL_CACHE";

    private const string Extension = ".kernels";
    private const int HashBytes = 32;
    private static readonly byte[] Magic = "SGPUBIN1"u8.ToArray();

    private readonly string? _folder;
    private readonly long _maxBytes;

    /// <summary>Uses a folder, which is created when something is stored.</summary>
    /// <param name="folder">The folder; null for no cache.</param>
    /// <param name="maxBytes">The most bytes of all files; those used longest ago go first.</param>
    public BinaryCache(string? folder, long maxBytes = 256L << 20)
    {
        _folder = folder;
        _maxBytes = maxBytes;
    }

    /// <summary>A cache that keeps nothing.</summary>
    public static BinaryCache None { get; } = new(null);

    /// <summary>The user's cache, as <see cref="Variable"/> has it: a folder, or <c>off</c>.</summary>
    /// <remarks>After <see cref="None"/>, which it may be: initialisers run in the order of the text.</remarks>
    public static BinaryCache OfUser { get; } = FromVariable(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The folder, or null where nothing is kept.</summary>
    public string? Folder => _folder;

    /// <summary>The cache that a value of <see cref="Variable"/> asks for.</summary>
    public static BinaryCache FromVariable(string? value) => value?.Trim() switch
    {
        null or "" => new BinaryCache(UserFolder()),
        string text when text.ToUpperInvariant() is "OFF" or "0" or "FALSE" or "NO" => None,
        string folder => new BinaryCache(Path.GetFullPath(folder)),
    };

    /// <summary>The key of a program: a SHA-256 of everything that its binary depends on.</summary>
    /// <param name="parts">Source, options, device, driver; the parts do not run into each other.</param>
    public static string Key(params IEnumerable<string> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] length = new byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The binary of a key, or null.</summary>
    public byte[]? Find(string key)
    {
        if (_folder is null)
        {
            return null;
        }

        try
        {
            string path = PathOf(key);
            byte[] file = File.ReadAllBytes(path);
            if (Payload(file) is not byte[] binary)
            {
                File.Delete(path);
                return null;
            }

            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return binary;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return null;
        }
    }

    /// <summary>Keeps a binary, where the folder lets it.</summary>
    public void Store(string key, byte[] binary)
    {
        if (_folder is null || binary.Length == 0 || binary.Length > _maxBytes)
        {
            return;
        }

        try
        {
            CreateFolder(_folder);
            AtomicFile.Write(PathOf(key), stream =>
            {
                stream.Write(Magic);
                stream.Write(SHA256.HashData(binary));
                stream.Write(binary);
            });
            MakeRoom(_folder);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // The next run compiles again.
        }
    }

    /// <summary>Drops a binary that the driver did not accept.</summary>
    public void Forget(string key)
    {
        if (_folder is null)
        {
            return;
        }

        try
        {
            File.Delete(PathOf(key));
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // It is replaced when the program was compiled.
        }
    }

    private static byte[]? Payload(byte[] file)
    {
        int start = Magic.Length + HashBytes;
        if (file.Length <= start || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            return null;
        }

        ReadOnlySpan<byte> binary = file.AsSpan(start);
        return SHA256.HashData(binary).AsSpan().SequenceEqual(file.AsSpan(Magic.Length, HashBytes))
            ? binary.ToArray()
            : null;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // What is loaded from here runs: nobody else may write it.
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string? UserFolder()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return local.Length == 0 ? null : Path.Combine(local, "ScoreGpu", "kernels");
        }

        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(cache))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = home.Length == 0 ? null : Path.Combine(home, ".cache");
        }

        return cache is null ? null : Path.Combine(cache, "scoregpu", "kernels");
    }

    private static bool IsRefusal(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InputException or NotSupportedException;

    private string PathOf(string key) => Path.Combine(_folder!, key + Extension);

    private void MakeRoom(string folder)
    {
        FileInfo[] files = new DirectoryInfo(folder).GetFiles("*" + Extension);
        long bytes = files.Sum(file => file.Length);
        foreach (FileInfo file in files.OrderBy(file => file.LastWriteTimeUtc))
        {
            if (bytes <= _maxBytes)
            {
                break;
            }

            bytes -= file.Length;
            file.Delete();
        }
    }
}
