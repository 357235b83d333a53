using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect.Debug;
using ScoreGpu.Tests.Generator.Kernels;

namespace ScoreGpu.Tests.Accelerators;

/// <summary>Whether generated kernels do on a device what their C# does; a sealed class a device says how it is opened.
/// </summary>
public abstract class LauncherConformance
{
    private static readonly float[] Values = [0f, -0f, 1.25f, -3.7f, 0.1f, 17.9f, -0.5f, 2.5f];

    [Fact]
    public void Whole_numbers_agree_to_the_bit()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        int[] x = [0, -1, 7, -13, int.MaxValue, int.MinValue, 12345, -98765];
        uint[] u = [0, 1, 3, uint.MaxValue, 0x9E3779B9, 0x80000000, 77, 5];
        int[] expected = new int[x.Length * 16];
        LaunchShape shape = new(1, x.Length);
        ArithmeticIntegers.Launch(new DebugLauncher(), shape, new IntView(x), new UIntView(u), new IntView(expected));

        using AcceleratorBuffer<int> xs = device.Allocate<int>(x);
        using AcceleratorBuffer<uint> us = device.Allocate<uint>(u);
        using AcceleratorBuffer<int> results = device.Allocate<int>(expected.Length);
        ArithmeticIntegers.Launch(launcher, shape, xs.View(), us.View(), results.View());

        Assert.Equal(expected, results.ToArray());
    }

    [Fact]
    public void Floats_agree_to_rounding()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        float[] expected = new float[Values.Length * 20];
        LaunchShape shape = new(1, Values.Length);
        ArithmeticFloats.Launch(new DebugLauncher(), shape, new FloatView(Values), new FloatView(expected));

        using AcceleratorBuffer<float> x = device.Allocate<float>(Values);
        using AcceleratorBuffer<float> results = device.Allocate<float>(expected.Length);
        results.Clear();
        ArithmeticFloats.Launch(launcher, shape, x.View(), results.View());

        float[] actual = results.ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], Low(expected[i]), High(expected[i]));
        }

        static float Low(float value) => value - MathF.Abs(value) * 2e-6f;
        static float High(float value) => value + MathF.Abs(value) * 2e-6f;
    }

    [Fact]
    public void Parts_of_views_and_their_lengths_arrive()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        float[] x = Enumerable.Range(0, 80).Select(i => (float)i).ToArray();
        float[] expected = new float[5];
        SharingReduce.Launch(
            new DebugLauncher(),
            new LaunchShape(3, 32),
            new FloatView(x).SubView(3, 70),
            new FloatView(expected).SubView(1, 3));

        using AcceleratorBuffer<float> input = device.Allocate<float>(x);
        using AcceleratorBuffer<float> sums = device.Allocate<float>(5);
        sums.Clear();
        SharingReduce.Launch(
            launcher, new LaunchShape(3, 32), input.View().SubView(3, 70), sums.View().SubView(1, 3));

        Assert.Equal(expected, sums.ToArray());
    }

    [Fact]
    public void Shared_memory_has_the_size_of_the_launch()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        using AcceleratorBuffer<int> x = device.Allocate<int>(Enumerable.Range(0, 24).ToArray());

        SharingReverse.Launch(launcher, new LaunchShape(3, 8, 8 * sizeof(int)), x.View());

        Assert.Equal(Enumerable.Range(0, 24).Chunk(8).SelectMany(part => part.Reverse()), x.ToArray());
    }

    [Fact]
    public void Declared_shared_memory_is_one_for_a_group_and_its_functions()
    {
        const int groups = 200;
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        float[] x = Enumerable.Range(0, groups * 32).Select(i => (float)(i % 37 - 18)).ToArray();
        float[] expected = new float[x.Length];
        LaunchShape shape = new(groups, 32);
        SharingDeclared.Launch(new DebugLauncher(), shape, new FloatView(x), new FloatView(expected));

        using AcceleratorBuffer<float> input = device.Allocate<float>(x);
        using AcceleratorBuffer<float> results = device.Allocate<float>(x.Length);
        SharingDeclared.Launch(launcher, shape, input.View(), results.View());

        // Whole numbers, so that every order of additions gives the same bits.
        Assert.Equal(expected, results.ToArray());
    }

    [Fact]
    public void Structs_are_laid_out_as_on_the_host()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        Row[] rows = Enumerable.Range(0, 4)
            .Select(i => new Row
            {
                Scale = 0.5f * i,
                Kind = i % 2 == 0 ? RowKind.Twice : RowKind.Negate,
                Both = new Pair(i, (ulong)(2 * i)),
            })
            .ToArray();
        Row[] expectedRows = (Row[])rows.Clone();
        float[] expected = new float[16];
        PowerCondition condition = new(3f, 1);
        Conditioned.Launch(
            new DebugLauncher(),
            new LaunchShape(1, 4),
            condition,
            new View<Row>(expectedRows),
            new FloatView(expected));

        using AcceleratorBuffer<Row> deviceRows = device.Allocate<Row>(rows);
        using AcceleratorBuffer<float> results = device.Allocate<float>(16);
        results.Clear();
        Conditioned.Launch(launcher, new LaunchShape(1, 4), condition, deviceRows.View(), results.View());

        Assert.Equal(expected, results.ToArray());
        Assert.Equal(expectedRows, deviceRows.ToArray());
    }

    [Fact]
    public void Structs_without_fields_are_arguments_too()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        Row[] rows = new Row[4];
        float[] expected = new float[16];
        LaunchShape shape = new(1, 4);
        Conditioned.Launch(
            new DebugLauncher(), shape, default(NoCondition), new View<Row>(rows), new FloatView(expected));

        using AcceleratorBuffer<Row> deviceRows = device.Allocate<Row>(new Row[4]);
        using AcceleratorBuffer<float> results = device.Allocate<float>(16);
        results.Clear();
        Conditioned.Launch(launcher, shape, default(NoCondition), deviceRows.View(), results.View());

        Assert.Equal(expected, results.ToArray());
    }

    [Fact]
    public void A_kernel_is_compiled_once()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        AcceleratorKernel first = launcher.Compile(SharingReduce.Definition);

        Assert.Same(first, launcher.Compile(SharingReduce.Definition));
        Assert.NotSame(first, launcher.Compile(SharingReverse.Definition));
        Assert.InRange(first.Resources.LocalBytes, 0, device.Info.LocalMemoryBytes);
    }

    [Fact]
    public void Views_of_the_host_or_beyond_the_buffer_are_refused()
    {
        using Accelerator device = Open();
        using AcceleratorLauncher launcher = new(device);
        using AcceleratorBuffer<int> x = device.Allocate<int>(8);
        LaunchShape shape = new(1, 8, 32);

        ArgumentException host = Assert.Throws<ArgumentException>(
            () => SharingReverse.Launch(launcher, shape, new IntView(new int[8])));
        Assert.Contains("Argument x of kernel 'SharingReverse'", host.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SharingReverse.Launch(launcher, shape, new IntView(x.Memory, 4, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SharingReverse.Launch(launcher, new LaunchShape(1, 8), x.View()));
    }

    /// <summary>Opens the device, or skips the test with the reason.</summary>
    private protected abstract Accelerator Open();
}
