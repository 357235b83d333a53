using ScoreGpu.Engine;

namespace ScoreGpu.Viz.Files;

/// <summary>
/// A folder that changes only when all of its new files are complete: they are written into a temporary folder and
/// moved into place at the end.
/// </summary>
/// <remarks>
/// Where the folder is new, the temporary one beside it is renamed, which is one step. Where it exists already, the
/// files are moved into it one by one, each replacing its predecessor in one step; files of other names stay.
/// </remarks>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _given;
    private readonly string _target;
    private readonly string _staging;
    private readonly bool _isNew;
    private readonly List<string> _madeParents = [];
    private readonly List<string> _files = [];
    private bool _isCommitted;

    private StagedFolder(string given, string target)
    {
        _given = given;
        _target = target;
        _isNew = !Directory.Exists(target);
        string parent = _isNew ? Path.GetDirectoryName(target)! : target;
        _staging = Path.Combine(parent, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
    }

    /// <summary>The files written so far, relative to the folder, in alphabetical order.</summary>
    public IReadOnlyList<string> Files => [.. _files.Order(StringComparer.Ordinal)];

    /// <summary>Prepares a folder for writing.</summary>
    /// <param name="path">The folder; it and its parents are made where they are missing.</param>
    /// <exception cref="InputException">It cannot be written, or is a file.</exception>
    public static StagedFolder Prepare(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException($"'{path}' is not a folder's name; expected the path of a folder to write.");
        }

        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target))
        {
            throw new InputException($"'{path}' is a file; expected the path of a folder to write.");
        }

        StagedFolder folder = new(path, target);
        try
        {
            folder.Guard(folder.Stage);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Where a file is written for now; its folder exists.</summary>
    /// <param name="name">The file, relative to the folder, with forward slashes.</param>
    public string PathOf(string name)
    {
        string path = Path.Combine(_staging, name);
        Guard(() => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        lock (_files)
        {
            _files.Add(name);
        }

        return path;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        Guard(() => File.WriteAllBytes(path, bytes));
    }

    /// <summary>Writes a text file.</summary>
    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Moves everything into place.</summary>
    /// <param name="last">The file that appears last, as it refers to the others.</param>
    /// <exception cref="InputException">The folder can no longer be written.</exception>
    public void Commit(string last)
    {
        Guard(() =>
        {
            if (_isNew && !Directory.Exists(_target))
            {
                Directory.Move(_staging, _target);
            }
            else
            {
                foreach (string name in Files.OrderBy(name => name == last))
                {
                    string place = Path.Combine(_target, name);
                    Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                    File.Move(Path.Combine(_staging, name), place, overwrite: true);
                }

                Directory.Delete(_staging, recursive: true);
            }
        });
        _isCommitted = true;
    }

    /// <summary>Removes what was written, unless it is in place.</summary>
    public void Dispose()
    {
        if (_isCommitted)
        {
            return;
        }

        try
        {
            if (Directory.Exists(_staging))
            {
                Directory.Delete(_staging, recursive: true);
            }

            // From the innermost out; one that something else was put into meanwhile stays.
            foreach (string parent in _madeParents.Where(Directory.Exists))
            {
                Directory.Delete(parent);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What led here is the thing to report.
        }
    }

    private void Stage()
    {
        string? missing = Path.GetDirectoryName(_staging);
        while (missing is not null && !Directory.Exists(missing))
        {
            _madeParents.Add(missing);
            missing = Path.GetDirectoryName(missing);
        }

        Directory.CreateDirectory(_staging);
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{_given}' cannot be written: {exception.Message}", exception);
        }
    }
}
