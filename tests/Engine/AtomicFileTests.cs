using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Engine;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Creates_and_replaces()
    {
        string path = _folder.PathOf("a.txt");
        AtomicFile.Write(path, stream => stream.Write("first"u8));
        AtomicFile.Write(path, stream => stream.Write("2nd"u8));

        Assert.Equal("2nd", File.ReadAllText(path));
        Assert.Equal(["a.txt"], _folder.Files());
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.Put("a.txt", "old");

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.txt"], _folder.Files());
    }

    [Fact]
    public void A_failing_disk_is_explained()
    {
        string path = _folder.PathOf("a.txt");

        InputException exception = Assert.Throws<InputException>(
            () => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void The_target_is_not_touched_before_the_end()
    {
        string path = _folder.Put("a.txt", "old");
        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Places_that_cannot_be_written_are_explained()
    {
        AssertRefused("does not exist", _folder.PathOf("missing/a.txt"));
        AssertRefused("is a folder", Path.GetDirectoryName(_folder.PathOf("a"))!);
        AssertRefused("not a file name", string.Empty);
        _folder.Put("file", "x");
        AssertRefused("does not exist", _folder.PathOf("file/a.txt"));
        AssertRefused("cannot be written", _folder.PathOf(new string('n', 300)));
        Assert.Equal(["file"], _folder.Files());
    }

    private static void AssertRefused(string named, string path)
    {
        InputException exception = Assert.Throws<InputException>(
            () => AtomicFile.Write(path, stream => stream.WriteByte(1)));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
