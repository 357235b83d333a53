using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Devices;

public sealed unsafe class GradientPartsTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(4, 1, 4)]
    [InlineData(64, 1, 4)]
    [InlineData(1, 2, 4)]
    [InlineData(2, 2, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(6, 2, 1)]
    [InlineData(8, 2, 4)]
    [InlineData(64, 2, 4)]
    [InlineData(8, 7, 2)]
    [InlineData(8, 8, 1)]
    [InlineData(64, 16, 4)]
    [InlineData(64, 32, 2)]
    [InlineData(64, 100, 1)]
    public void Parts_are_as_large_as_leaves_no_thread_waiting(int tiles, int threads, int expected) =>
        Assert.Equal(expected, GradientParts.TilesFor(tiles, threads));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(64)]
    public void The_sum_is_in_pairs_with_the_tower_and_what_was_kept(int count)
    {
        const int Length = 100;
        const int Trunk = 30;
        var random = new Random(count);
        float[] tower = Draw(Length);
        float[][][] batches = [.. Enumerable.Range(0, 3).Select(_ => Terms()), Terms()];
        using var parts = new GradientParts(Length, Trunk, hasTower: true, TileKernels.Supported[0]);
        tower.CopyTo(new Span<float>(parts.Tower, Length));
        float[] expected = new float[Length];
        for (int batch = 0; batch < batches.Length; batch++)
        {
            parts.Begin(count, continues: batch > 0);
            for (int part = 0; part < count; part++)
            {
                batches[batch][part].CopyTo(new Span<float>(parts[part], Length));
            }

            float[] sum = Pairwise(batches[batch]);
            expected = batch == 0 ? sum : [.. sum.Zip(expected, (a, b) => a + b)];
            Assert.Equal(expected.Zip(tower, (a, b) => a + b), Sum(0, Length));
            Assert.Equal(tower[5..25], Sum(5, 20));
            Assert.Equal(expected.Zip(tower, (a, b) => a + b).Skip(40).Take(17), Sum(40, 17));
            parts.PrepareToKeep();
            float[] scratch = new float[parts.Buffers * Length];
            fixed (float* room = scratch)
            {
                parts.Keep(0, 33, room);
                parts.Keep(33, Length - 33, room);
            }
        }

        float[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];

        float[][] Terms() => [.. Enumerable.Range(0, count).Select(_ => (float[])[.. new float[Trunk], .. Draw(Length - Trunk)])];

        float[] Sum(int first, int length)
        {
            float[] sum = new float[parts.Buffers * length];
            fixed (float* room = sum)
            {
                parts.Sum(first, length, room);
            }

            return sum[..length];
        }
    }

    // Neighbours, until one is left.
    private static float[] Pairwise(float[][] terms)
    {
        while (terms.Length > 1)
        {
            terms = [.. terms.Chunk(2).Select(pair => pair.Length == 1
                ? pair[0]
                : [.. pair[0].Zip(pair[1], (a, b) => a + b)])];
        }

        return terms[0];
    }
}
