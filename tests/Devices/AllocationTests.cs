using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Devices;

/// <summary>Steps of training and rows of a sampler allocate nothing on the managed heap.</summary>
public sealed class AllocationTests
{
    private static readonly Network Network =
        Network.Create(new NetworkArchitecture(2, 16, 2, new LearnedEmbedding(20, 8)), 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Training_steps_allocate_nothing(int threads)
    {
        using var device = new CpuDevice(threads);
        var data = new PointSetData(new PointSet([1, 2, 3, 4], 2, 2));
        using var trainer = device.Train(
            Network, Objectives.Epsilon(new DdpmSchedule(20), 2), data, new TrainingOptions { BatchSize = 130 });
        for (int i = 0; i < 5; i++)
        {
            trainer.Step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            trainer.Step();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Rows_of_a_program_allocate_only_its_tables()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(Network);
        long few = Allocated(5);
        long many = Allocated(500);

        // A row's coefficients and condition are copied into arrays once; trajectories would cost 64 · 2 floats a row.
        Assert.InRange(many - few, 0, 495L * 512);

        long Allocated(int rows)
        {
            var program = new StepProgram(
                "rows", [.. Enumerable.Repeat(new StepRow(3, StepProgram.LinearStep(0.9, 0.1, 0.1)), rows)]);
            network.Sample(program, new SampleRequest { Count = 640 });
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Sample(program, new SampleRequest { Count = 640 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_number_of_threads_out_of_range_is_named() =>
        Assert.Contains("threads", Assert.Throws<InputException>(() => new CpuDevice(-1)).Message);
}
