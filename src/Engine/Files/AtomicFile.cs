namespace ScoreGpu.Engine.Files;

/// <summary>Writes files whole or not at all: a temporary file in the same folder, then a rename.</summary>
/// <remarks>
/// The rename replaces an existing file in one step, so a reader sees the old content or the new, and a failed write
/// leaves the old file as it was.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="write">
    /// Writes the content. What it throws passes through, but for I/O failures such as a full disk.
    /// </param>
    /// <exception cref="InputException">
    /// The folder is missing or cannot be written, the path is a folder, or writing failed.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Resolve(path);
        string temporary = TemporaryBeside(full);
        bool finished = false;
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
            finished = true;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Refused(path, exception);
        }
        finally
        {
            if (!finished)
            {
                Remove(temporary);
            }
        }
    }

    /// <summary>Checks that a file could be written, before work whose result it should hold.</summary>
    /// <param name="path">The file to create or replace later.</param>
    /// <exception cref="InputException">The folder is missing or cannot be written, or the path is a folder.
    /// </exception>
    public static void RequireWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string probe = TemporaryBeside(Resolve(path));
        try
        {
            using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.ReadWrite);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Refused(path, exception);
        }
        finally
        {
            Remove(probe);
        }
    }

    private static string Resolve(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException($"'{path}' is not a file name; expected the path of a file to write.");
        }

        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
        {
            throw new InputException($"'{path}' is a folder; expected the path of a file to write.");
        }

        if (!Directory.Exists(folder))
        {
            throw new InputException($"'{path}' cannot be written: the folder '{folder}' does not exist.");
        }

        return full;
    }

    private static string TemporaryBeside(string full) =>
        Path.Combine(Path.GetDirectoryName(full)!, $".{Guid.NewGuid():N}.tmp");

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // The failure that led here is the one to report.
        }
    }

    private static bool IsRefusal(Exception exception) =>
        exception is IOException or UnauthorizedAccessException;

    private static InputException Refused(string path, Exception exception) =>
        new($"'{path}' cannot be written: {exception.Message}", exception);
}
