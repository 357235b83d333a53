using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Accelerators;

public sealed class BinaryCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keeps_what_was_stored()
    {
        BinaryCache cache = new(_folder.PathOf("a/b"));
        Assert.Null(cache.Find("key"));
        cache.Store("key", [1, 2, 3]);
        Assert.Equal([1, 2, 3], cache.Find("key"));
        cache.Store("key", [4]);
        Assert.Equal([4], new BinaryCache(_folder.PathOf("a/b")).Find("key"));
        cache.Forget("key");
        Assert.Null(cache.Find("key"));
        Assert.Empty(Directory.GetFiles(cache.Folder!));
    }

    [Fact]
    public void Any_damage_counts_as_absent()
    {
        BinaryCache cache = new(_folder.PathOf("cache"));
        cache.Store("key", [1, 2, 3]);
        string file = Assert.Single(Directory.GetFiles(cache.Folder!));
        byte[] whole = File.ReadAllBytes(file);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[i] ^= 1;
            File.WriteAllBytes(file, damaged);
            Assert.Null(cache.Find("key"));
            File.WriteAllBytes(file, whole[..i]);
            Assert.Null(cache.Find("key"));
        }
    }

    [Fact]
    public void Drops_what_was_used_longest_ago()
    {
        BinaryCache cache = new(_folder.PathOf("cache"), maxBytes: 450);
        foreach (string key in new[] { "a", "b", "c" })
        {
            cache.Store(key, new byte[100]);
            Age(cache, key, key[0] - 'a');
        }

        Assert.NotNull(cache.Find("a"));
        cache.Store("d", new byte[100]);
        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("a"));
        Assert.NotNull(cache.Find("d"));

        cache.Store("large", new byte[451]);
        Assert.Null(cache.Find("large"));
        Assert.NotNull(cache.Find("d"));
    }

    [Fact]
    public void A_folder_that_cannot_be_is_no_failure()
    {
        BinaryCache cache = new(Path.Combine(_folder.Put("file", "x"), "below"));
        cache.Store("key", [1]);
        Assert.Null(cache.Find("key"));
        cache.Forget("key");
    }

    [Fact]
    public void Parts_of_a_key_do_not_run_into_each_other()
    {
        Assert.Equal(BinaryCache.Key("a", "b"), BinaryCache.Key("a", "b"));
        Assert.NotEqual(BinaryCache.Key("ab", "c"), BinaryCache.Key("a", "bc"));
        Assert.NotEqual(BinaryCache.Key("a", ""), BinaryCache.Key("a"));
        Assert.Matches("^[0-9a-f]{64}$", BinaryCache.Key("a"));
    }

    [Theory]
    [InlineData("off")]
    [InlineData(" OFF ")]
    [InlineData("0")]
    [InlineData("false")]
    public void Can_be_switched_off(string value)
    {
        BinaryCache cache = BinaryCache.FromVariable(value);
        Assert.Null(cache.Folder);
        cache.Store("key", [1]);
        Assert.Null(cache.Find("key"));
    }

    [Fact]
    public void Can_be_moved()
    {
        Assert.Equal(_folder.PathOf("x"), BinaryCache.FromVariable(_folder.PathOf("x")).Folder);
        Assert.True(Path.IsPathRooted(BinaryCache.FromVariable(null).Folder));
        Assert.EndsWith("kernels", BinaryCache.FromVariable("").Folder, StringComparison.Ordinal);
    }

    private static void Age(BinaryCache cache, string key, int order) =>
        File.SetLastWriteTimeUtc(
            Path.Combine(cache.Folder!, key + ".kernels"), DateTime.UtcNow.AddHours(order - 10));
}
