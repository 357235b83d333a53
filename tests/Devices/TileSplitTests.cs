using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Devices;

public sealed class TileSplitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Every_sample_is_in_one_tile_and_the_tiles_are_equal_to_a_step(int threads)
    {
        foreach (int samples in new[] { 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200, 257, 1000, 4096, 100_001 })
        {
            var split = new TileSplit(samples, threads);
            int next = 0;
            int least = int.MaxValue;
            int most = 0;
            for (int tile = 0; tile < split.Tiles; tile++)
            {
                Assert.Equal(next, split.First(tile));
                int count = split.Samples(tile);
                Assert.InRange(count, 1, Tile.Width);
                next += count;
                int columns = Tile.ColumnsFor(count);
                Assert.Equal(0, columns % Tile.Step);
                Assert.InRange(columns - count, 0, Tile.Step - 1);
                least = Math.Min(least, columns);
                most = Math.Max(most, columns);
            }

            Assert.Equal(samples, next);
            Assert.InRange(most - least, 0, Tile.Step);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Neighbouring_tiles_are_as_much_for_every_thread(int threads)
    {
        for (int samples = 16 * threads; samples < 2000; samples += 37)
        {
            var split = new TileSplit(samples, threads);
            Assert.Equal(0, split.Tiles % threads);
            int each = split.Tiles / threads;
            int[] shares = [.. Enumerable.Range(0, threads).Select(thread =>
                split.First((thread + 1) * each) - split.First(thread * each))];
            Assert.InRange(shares.Max() - shares.Min(), 0, Tile.Step);
        }
    }

    [Fact]
    public void The_threads_have_as_many_tiles_each_where_there_are_steps_enough()
    {
        Assert.Equal(4, new TileSplit(200, 2).Tiles);
        Assert.Equal(2, new TileSplit(64, 2).Tiles);
        Assert.Equal(1, new TileSplit(16, 2).Tiles);
        Assert.Equal(64, new TileSplit(1024, 64).Tiles);
        Assert.Equal(0, new TileSplit(0, 2).Tiles);
    }
}
