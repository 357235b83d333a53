using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Tests.Engine;

public sealed class ShardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoregpu-shards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(7, 7)]
    [InlineData(64, 7)]
    [InlineData(1000, 8)]
    [InlineData(int.MaxValue, 1000)]
    public void Parts_follow_one_another_and_differ_by_one_at_most(int items, int count)
    {
        int next = 0;
        HashSet<int> sizes = [];
        for (int index = 1; index <= count; index++)
        {
            (int first, int size) = new Shard(index, count).PartOf(items);
            Assert.Equal(next, first);
            sizes.Add(size);
            next = first + size;
        }

        Assert.Equal(items, next);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(9, 8)]
    [InlineData(1, 0)]
    [InlineData(1, Shard.MostShards + 1)]
    public void What_is_no_part_is_refused(int index, int count) =>
        Assert.Contains("expected", Assert.Throws<InputException>(() => new Shard(index, count)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_part_of_a_run_has_its_own_indices_and_start()
    {
        var whole = new SampleRequest { Count = 5, FirstSample = 100, Start = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };
        SampleRequest part = new Shard(2, 3).PartOf(whole, 2)!;
        Assert.Equal((2, 101u), (part.Count, part.FirstSample));
        Assert.Equal([2f, 3, 4, 5], part.Start!);
        Assert.Null(new Shard(1, 9).PartOf(whole, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Tensors_are_joined_along_any_axis(int axis)
    {
        int[] shape = [3, 3, 3];
        shape[axis] = 7;
        int[] whole = [.. Enumerable.Range(0, 63)];
        for (int index = 1; index <= 4; index++)
        {
            var shard = new Shard(index, 4);
            (int first, int count) = shard.PartOf(7);
            int[] own = [.. shape];
            own[axis] = count;
            int[] values = [.. whole.Where(at => Along(at) >= first && Along(at) < first + count)];
            Write(shard, 7, Tensor.FromInt32s("t", own, values));
        }

        Tensor joined = Open(4).Join(
            "t", TensorType.I32, shape, axis, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Select(value => (long)value), joined.ToInt64s());

        int Along(int at) => axis switch
        {
            0 => at / (shape[1] * shape[2]),
            1 => at / shape[2] % shape[1],
            _ => at % shape[2],
        };
    }

    [Fact]
    public void Tensors_of_another_shape_or_type_are_refused()
    {
        Write(new Shard(1, 2), 7, Tensor.FromInt32s("t", [3], [1, 2, 3]));
        Write(new Shard(2, 2), 7, Tensor.FromInt32s("t", [3], [1, 2, 3]));
        ShardSet set = Open(2);
        Assert.Contains("[4]", Refusal(() => set.Join("t", TensorType.I32, [7], 0)), StringComparison.Ordinal);
        Assert.Contains("F32", Refusal(() => set.Join("t", TensorType.F32, [7], 0)), StringComparison.Ordinal);
        Assert.Contains("'u'", Refusal(() => set.Join("u", TensorType.I32, [7], 0)), StringComparison.Ordinal);
        Assert.Contains("7 along", Refusal(() => set.Join("t", TensorType.I32, [8], 0)), StringComparison.Ordinal);
        Assert.Contains("2 GiB", Refusal(() => set.Join("t", TensorType.I32, [7, 500_000_000], 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_replaced_meanwhile_is_noticed()
    {
        Write(new Shard(1, 1), 2, Tensor.FromInt32s("t", [2], [1, 2]));
        ShardSet set = Open(1);
        Write(new Shard(1, 1), 3, Tensor.FromInt32s("t", [3], [1, 2, 3]));
        Assert.Contains("replaced", Refusal(() => set.Join("t", TensorType.I32, [2], 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_shards_of_the_output_are_found()
    {
        string output = Path.Combine(_folder, "x.npy");
        foreach (string name in new[]
        {
            "x.npy.shard-2-of-10.safetensors", "x.npy.shard-1-of-10.safetensors", "x.npy.shard-1-of-2.safetensors.tmp",
            "xx.npy.shard-1-of-2.safetensors", "x.npy", "y.npy.shard-1-of-2.safetensors", "x.npy.shard-a-of-2.safetensors",
        })
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        Assert.Equal(
            ["x.npy.shard-1-of-10.safetensors", "x.npy.shard-2-of-10.safetensors"],
            ShardFile.Find(_folder, output).Select(path => Path.GetFileName(path)));
    }

    private static string Refusal(Action action) => Assert.Throws<InputException>(action).Message;

    private ShardSet Open(int count) => ShardSet.Open(
        [.. Enumerable.Range(1, count).Select(index => ShardFile.PathOf(Path.Combine(_folder, "x"), new Shard(index, count)))]);

    private void Write(Shard shard, int items, Tensor tensor) =>
        ShardFile.Write(ShardFile.PathOf(Path.Combine(_folder, "x"), shard), shard, items, [], [], [tensor]);
}
