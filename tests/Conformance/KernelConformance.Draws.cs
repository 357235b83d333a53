using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Tests.Conformance;

/// <summary>Batches that are drawn on the device: those that the host draws.</summary>
public abstract partial class KernelConformance
{
    [Theory]
    [InlineData("mixture", 1)]
    [InlineData("mixture", 257)]
    [InlineData("points", 65)]
    [InlineData("shuffled", 63)]
    public void Drawn_batches_are_those_of_the_host(string source, int count)
    {
        const uint step = 41;
        const int first = 128;
        const int levels = 7;
        TrainingData data = source switch
        {
            "mixture" => ReferenceDraws.Mixture,
            "points" => ReferenceDraws.Points,
            _ => ReferenceDraws.Points with { Order = DrawOrder.Shuffled },
        };
        var options = new TrainingOptions { BatchSize = 512, Seed = 0xfedc_ba98_7654_3210 };
        var objective = Objectives.Epsilon(new DdpmSchedule(levels), data.Dimension);
        using var host = new HostDraws(data, options);
        float[] clean = new float[count * data.Dimension];
        int[] drawn = new int[count];
        host.FillClean(step, first, clean);
        host.FillLevels(step, first, levels, drawn);

        using KernelMachine machine = StartMachine();
        using var batches = new TrainingBatches(machine, objective, data, options);
        batches.Load(null, step, first, count);

        Assert.Equal(drawn, batches.HostLevels.ToArray());
        Assert.Equal(drawn, ReadLevels());
        Closeness.Require(
            "x₀", ReadFloats(batches.Clean), [.. clean.Select(x => (double)x)], 1e-6);
        double[] noise = new double[clean.Length];
        for (int n = 0; n < count; n++)
        {
            NormalDraws.Fill(
                options.Seed,
                (uint)(first + n),
                step,
                PhiloxStreams.TrainingNoise,
                noise.AsSpan(n * data.Dimension, data.Dimension));
        }

        Closeness.Require("ε", ReadFloats(batches.Noise), noise, 1e-6);

        float[] ReadFloats(View<float> view)
        {
            using DeviceArray<float> copy = machine.Allocate<float>(clean.Length);
            MemoryCopy.Launch(machine, new LaunchShape(1, MemoryCopyKernel.GroupSize), view, copy.View);
            float[] values = new float[clean.Length];
            copy.Read(values);
            return values;
        }

        int[] ReadLevels()
        {
            // A sum of one item a key: sums[n] = numbers[levels[n]].
            float[] numbers = [.. Enumerable.Range(0, levels).Select(level => (float)level)];
            int[] starts = [.. Enumerable.Range(0, count + 1)];
            using DeviceArray<float> source = machine.Copy<float>(numbers);
            using DeviceArray<int> keys = machine.Copy<int>(starts);
            using DeviceArray<float> sums = machine.Allocate<float>(count);
            KeySum.Launch(
                machine,
                LaunchShape.Covering(count, KeySumKernel.GroupSize),
                source.View, 1, 0, batches.Levels, keys.View, sums.View, count, 1, 0);
            float[] values = new float[count];
            sums.Read(values);
            return [.. values.Select(value => (int)value)];
        }
    }
}
