using System.Diagnostics;

namespace ScoreGpu.Tests.OpenCl;

/// <summary>
/// A folder for what PoCL compiles in a process that a test starts: two processes that share one lose each other's files now and
/// then (PoCL 3.1), and compiling fails.
/// </summary>
internal sealed class PoclCache : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoregpu-pocl-").FullName;

    /// <summary>Makes one for a process that has not been started.</summary>
    public PoclCache(ProcessStartInfo info) => info.Environment["POCL_CACHE_DIR"] = _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
