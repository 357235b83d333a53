using ScoreGpu.Engine;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz.Files;

namespace ScoreGpu.Tests.Viz.Files;

public sealed class StagedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_folder_appears_whole()
    {
        string path = _folder.PathOf("a/b/lab");
        using (StagedFolder lab = StagedFolder.Prepare(path + "/"))
        {
            lab.Write("page.html", "page");
            lab.Write("figures/one.svg", "one");
            Assert.False(Directory.Exists(path));
            lab.Commit("page.html");
            Assert.Equal(["figures/one.svg", "page.html"], lab.Files);
        }

        Assert.Equal("one", File.ReadAllText(Path.Combine(path, "figures", "one.svg")));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.PathOf("a/b")));
    }

    [Fact]
    public void An_existing_folder_keeps_what_is_not_replaced()
    {
        string path = _folder.PathOf("lab");
        Directory.CreateDirectory(path);
        _folder.Put("lab/notes.txt", "mine");
        _folder.Put("lab/page.html", "old");
        using (StagedFolder lab = StagedFolder.Prepare(path))
        {
            lab.Write("page.html", "new");
            Assert.Equal("old", File.ReadAllText(Path.Combine(path, "page.html")));
            lab.Commit("page.html");
        }

        Assert.Equal("mine", File.ReadAllText(Path.Combine(path, "notes.txt")));
        Assert.Equal("new", File.ReadAllText(Path.Combine(path, "page.html")));
        Assert.Equal(2, Directory.GetFileSystemEntries(path).Length);
    }

    [Fact]
    public void Without_a_commit_nothing_stays()
    {
        using (StagedFolder lab = StagedFolder.Prepare(_folder.PathOf("a/lab")))
        {
            lab.Write("page.html", "page");
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder.PathOf("x"))!));
    }

    [Fact]
    public void A_folder_in_the_way_of_a_file_is_reported()
    {
        Directory.CreateDirectory(_folder.PathOf("lab/page.html"));
        using StagedFolder lab = StagedFolder.Prepare(_folder.PathOf("lab"));
        lab.Write("page.html", "page");

        Assert.Throws<InputException>(() => lab.Commit("page.html"));
    }
}
