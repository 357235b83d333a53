namespace ScoreGpu.Engine.Files;

/// <summary>Reads whole files that come from outside, turning every failure into an <see cref="InputException"/>.
/// </summary>
public static class InputFile
{
    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file; at most 2 GiB.</param>
    /// <exception cref="InputException">The file is missing, unreadable, not a plain file, or too large.</exception>
    public static byte[] ReadAllBytes(string path) => ReadStart(path, long.MaxValue).Bytes;

    /// <summary>Reads the first bytes of a file into memory.</summary>
    /// <param name="path">The file; at most 2 GiB.</param>
    /// <param name="most">How many, where it has as many.</param>
    /// <returns>The bytes, and how many the file has.</returns>
    /// <exception cref="InputException">The file is missing, unreadable, not a plain file, or too large.</exception>
    internal static (byte[] Bytes, long Length) ReadStart(string path, long most)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException($"'{path}' is not a file name; expected the path of a file.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException($"'{path}' is a folder; expected a file.");
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!stream.CanSeek)
            {
                throw new InputException($"'{path}' is a pipe or device; expected a plain file.");
            }

            if (stream.Length > Array.MaxLength)
            {
                throw new InputException(
                    $"'{path}' has {stream.Length} bytes; expected at most {Array.MaxLength} (2 GiB).");
            }

            long length = stream.Length;
            byte[] bytes = new byte[Math.Min(length, most)];
            stream.ReadExactly(bytes);
            return (bytes, length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"'{path}' does not exist; expected a file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new InputException($"'{path}' does not fit in memory; expected a smaller file.", exception);
        }
    }
}
