using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Tests.OpenCl;

namespace ScoreGpu.Tests.Benchmarks.Ladder;

/// <summary>Every rung of the ladder against float64, at sizes that fill no tile.</summary>
public sealed class LadderRungTests
{
    private static readonly LadderSubject Usual = new(3, steps: 4);
    private static readonly LadderSubject Odd = new(4, width: 18, steps: 3);

    public static TheoryData<int> Batches => [1, 63, 64, 65, 257];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Rungs_of_the_cpu_are_right(int batch)
    {
        using CpuDevice device = new(2);
        RequireRight(device, Usual, batch);
        RequireRight(device, Odd, batch);
    }

    [Fact]
    public void Rungs_of_the_cpu_are_right_at_every_width_of_vectors()
    {
        foreach (TileKernels kernels in TileKernels.Supported)
        {
            using CpuDevice device = new(kernels, 1);
            RequireRight(device, Usual, 65);
            RequireRight(device, Odd, 65);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Rungs_of_an_accelerator_are_right(int batch)
    {
        using KernelDevice device = new(new AcceleratorMachine(OpenClTestDevice.Open()));
        RequireRight(device, Usual, batch);
        RequireRight(device, Odd, batch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    public void Rungs_of_an_accelerator_are_right_as_plain_code(int batch)
    {
        using KernelDevice device = new(new WholeGroupMachine());
        RequireRight(device, Odd, batch);
    }

    [Fact]
    public void Rungs_give_the_same_bits_on_any_number_of_threads()
    {
        foreach (LadderOperation rung in CpuLadder.All(Odd, 16))
        {
            float[] one = Results(rung, 1);
            Assert.Equal(one, Results(rung, 2));
            Assert.Equal(one, Results(rung, 7));
        }

        static float[] Results(LadderOperation rung, int threads)
        {
            using CpuDevice device = new(threads);
            using ILadderProgram program = rung.Load(device, 257);
            float[] results = new float[257 * 2];
            program.Run();
            program.Read(results);
            return results;
        }
    }

    [Fact]
    public void Rungs_that_are_loops_allocate_nothing()
    {
        using CpuDevice device = new(1);

        // The engine's sampler returns arrays of its own.
        foreach (LadderOperation rung in CpuLadder.All(Odd, 16).Where(rung => rung.Name != "whole-program"))
        {
            using ILadderProgram program = rung.Load(device, 257);
            program.Run();
            program.Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            program.Run();
            Assert.True(GC.GetAllocatedBytesForCurrentThread() == before, rung.Name);
        }
    }

    [Fact]
    public void Rungs_have_names_of_their_own_and_sources_that_can_be_read()
    {
        foreach (IReadOnlyList<LadderOperation> ladder in new[] { CpuLadder.All(Odd, 16), AcceleratorLadder.All(Odd) })
        {
            foreach (string task in new[] { LadderOperation.Forward, LadderOperation.Sampler })
            {
                string[] names = [.. ladder.Where(rung => rung.Group == task).Select(rung => rung.Name)];
                Assert.InRange(names.Length, 3, 7);
                Assert.Equal(names.Distinct(), names);
            }

            Assert.All(ladder.SelectMany(rung => rung.Rung.Sources), file =>
                Assert.Contains(Path.GetFileNameWithoutExtension(file), LadderSources.Read(file), StringComparison.Ordinal));
        }

        Assert.Throws<ArgumentException>(() => LadderSources.Read("Kernels/Cpu/Ladder/None.cs"));
    }

    /// <summary>Compares every rung of a device with float64.</summary>
    internal static void RequireRight(IDevice device, LadderSubject subject, int batch)
    {
        foreach (LadderOperation rung in KernelLadder.RungsOf(device, subject))
        {
            VerificationTable table = new();
            rung.Verify(device, new BenchmarkShape(batch, subject.Width), table);
            VerificationRow row = Assert.Single(table.Rows);
            Assert.True(row.Passed, $"{rung.Rung.Name}, batch {batch}: {row}");
        }
    }
}
