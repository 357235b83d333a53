namespace ScoreGpu.Tests.Engine;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("scoregpu-test-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    internal string PathOf(string name) => Path.Combine(_path, name);

    internal string Put(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    internal string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    internal string[] Files() => Directory.GetFiles(_path).Select(file => Path.GetFileName(file)).Order().ToArray();
}
