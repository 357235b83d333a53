using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Data;

public sealed class EpochPermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Every_point_comes_once_an_epoch(int count)
    {
        for (ulong epoch = 0; epoch < 5; epoch++)
        {
            Assert.Equal(Enumerable.Range(0, count), Order(3, epoch, count).Order());
        }
    }

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own()
    {
        int[] order = Order(3, 0, 100);

        Assert.Equal(order, Order(3, 0, 100));
        Assert.NotEqual(order, Order(3, 1, 100));
        Assert.NotEqual(order, Order(4, 0, 100));
        Assert.NotEqual(order, Order(3, 1UL << 32, 100));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_order_of_a_few_points_is_equally_likely(int count)
    {
        Dictionary<string, long> counts = [];
        for (ulong epoch = 0; epoch < 24_000; epoch++)
        {
            string order = string.Join(' ', Order(7, epoch, count));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        int orders = Enumerable.Range(1, count).Aggregate(1, (product, k) => product * k);
        Assert.Equal(orders, counts.Count);
        AssertUniform([.. counts.Values]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(257)]
    public void Points_follow_one_another_without_a_pattern(int count)
    {
        long[] steps = new long[count];
        long[] atFirst = new long[count];
        for (ulong epoch = 0; epoch < 4000; epoch++)
        {
            int[] order = Order(11, epoch, count);
            atFirst[order[0]]++;
            for (int i = 1; i < count; i += 2)
            {
                steps[(order[i] - order[i - 1] + count) % count]++;
            }
        }

        Assert.Equal(0, steps[0]);
        AssertUniform(steps[1..]);
        AssertUniform(atFirst);
    }

    [Theory]
    [InlineData(5, 130)]
    [InlineData(100, 64)]
    [InlineData(257, 100)]
    [InlineData(1000, 512)]
    public unsafe void Batches_in_shuffled_epochs_go_on_where_the_last_one_stopped(int count, int batch)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        TrainingOptions options = new() { BatchSize = batch, Seed = 5 };
        PointSetData data = new(new PointSet(values, count, 1), DrawOrder.Shuffled);
        TileDraws draws = new(data, options, TileKernels.Supported[0]);
        List<int> drawn = [];
        float* tile = stackalloc float[Tile.Width];
        for (uint step = 0; drawn.Count < 4 * count; step++)
        {
            for (int first = 0; first < batch; first += Tile.Width)
            {
                draws.FillClean(step, (uint)first, tile);
                for (int n = 0; n < Math.Min(Tile.Width, batch - first); n++)
                {
                    drawn.Add((int)tile[n]);
                }
            }
        }

        for (int epoch = 0; epoch < 4; epoch++)
        {
            Assert.Equal(Order(5, (ulong)epoch, count), drawn.Skip(epoch * count).Take(count));
        }
    }

    [Fact]
    public void No_points_have_no_order() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpochPermutation(1, 1, 0));

    private static int[] Order(ulong seed, ulong epoch, int count)
    {
        EpochPermutation permutation = new(seed, epoch, count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = permutation[i];
        }

        return order;
    }

    private static void AssertUniform(long[] counts)
    {
        double[] shares = [.. counts.Select(_ => 1.0 / counts.Length)];
        Assert.InRange(ChiSquare.Of(counts, shares).PValue, 1e-3, 0.999);
    }
}
