using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Accelerators;

/// <summary>What every accelerator must do; a sealed class a device says how it is opened.</summary>
public abstract class AcceleratorConformance : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(100_003)]
    public void Adds_vectors(int count)
    {
        using Accelerator device = Open();
        float[] a = Enumerable.Range(0, count).Select(i => 0.5f * i).ToArray();
        float[] b = Enumerable.Range(0, count).Select(i => 3f - i).ToArray();
        using AcceleratorBuffer<float> left = device.Allocate<float>(a);
        using AcceleratorBuffer<float> right = device.Allocate<float>(b);
        using AcceleratorBuffer<float> sum = device.Allocate<float>(count);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        using AcceleratorKernel kernel = program.Kernel("add");

        kernel.Launch((count + 63) / 64, 64, new KernelArguments().Add(left).Add(right).Add(sum).Add(count));

        Assert.Equal(a.Zip(b, (x, y) => x + y), sum.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(10_001)]
    public void Reduces_in_local_memory(int count)
    {
        const int Size = 64;
        using Accelerator device = Open();
        float[] values = Enumerable.Range(1, count).Select(i => (float)(i % 17)).ToArray();
        int groups = (count + Size - 1) / Size;
        using AcceleratorBuffer<float> input = device.Allocate<float>(values);
        using AcceleratorBuffer<float> sums = device.Allocate<float>(groups);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Reduce));
        using AcceleratorKernel kernel = program.Kernel("reduce");

        kernel.Launch(
            groups, Size, new KernelArguments().Add(input).Add(sums).Add(count).AddLocal(Size * sizeof(float)));

        Assert.Equal(values.Chunk(Size).Select(chunk => chunk.Sum()), sums.ToArray());
    }

    [Fact]
    public void Uses_all_local_memory_that_it_claims()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<float> input = device.Allocate<float>([1f, 2f, 3f, 4f]);
        using AcceleratorBuffer<float> sums = device.Allocate<float>(1);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Reduce));
        using AcceleratorKernel kernel = program.Kernel("reduce");
        long most = device.Info.LocalMemoryBytes - kernel.Resources.LocalBytes;

        kernel.Launch(1, 4, new KernelArguments().Add(input).Add(sums).Add(4).AddLocal(most));
        Assert.Equal([10f], sums.ToArray());

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => kernel.Launch(1, 4, new KernelArguments().Add(input).Add(sums).Add(4).AddLocal(most + 16)));
        Assert.Contains("local memory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_numbers_and_structs()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<float> numbers = device.Allocate<float>(8);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Scalars));
        using AcceleratorKernel kernel = program.Kernel("scalars");
        KernelArguments arguments = new();

        // Twice through one list: a list that was cleared is as good as a new one.
        for (int round = 0; round < 2; round++)
        {
            arguments.Clear().Add(numbers).Add(-7).Add(9u).Add(0.25f).Add((3UL << 32) + 5)
                .AddValue(new Parts(11, 1.5f, 13));
            kernel.Launch(1, 1, arguments);
        }

        Assert.Equal([-7f, 9f, 0.25f, 3f, 5f, 11f, 1.5f, 13f], numbers.ToArray());
    }

    [Fact]
    public void Starts_views_at_any_element()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<int> source = device.Allocate<int>([0, 1, 2, 3, 4, 5, 6]);
        using AcceleratorBuffer<int> target = device.Allocate<int>(7);
        target.Clear();
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Views));
        using AcceleratorKernel kernel = program.Kernel("views");

        kernel.Launch(1, 8, new KernelArguments().AddView(source, 3).AddView(target, 1).Add(4));

        Assert.Equal([0, 3, 4, 5, 6, 0, 0], target.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelArguments().AddView(source, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelArguments().AddView(source, -1));
    }

    [Fact]
    public void Copies_clears_and_writes_parts()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<uint> first = device.Allocate<uint>([1, 2, 3, 4, 5]);
        using AcceleratorBuffer<uint> second = device.Allocate<uint>(5);
        second.Clear();

        first.CopyTo(second, 1, 2, 3);
        Assert.Equal([0u, 0u, 2u, 3u, 4u], second.ToArray());

        first.CopyTo(first, 0, 3, 2);
        first.Clear(1, 1);
        first.Write([9u], 4);
        Assert.Equal([1u, 0u, 3u, 1u, 9u], first.ToArray());

        uint[] part = new uint[2];
        second.Read(part, 2);
        Assert.Equal([2u, 3u], part);
    }

    [Fact]
    public void Refuses_ranges_outside_a_buffer()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<float> buffer = device.Allocate<float>(4);
        using AcceleratorBuffer<float> other = device.Allocate<float>(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Write(new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Write(new float[2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Read(new float[1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Read(new float[1], long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.CopyTo(other, 0, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Clear(0, -1));
        Assert.Throws<ArgumentException>(() => buffer.CopyTo(buffer, 0, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => device.Allocate<float>(-1));
    }

    [Fact]
    public void Empty_buffers_and_launches_do_nothing()
    {
        using Accelerator device = Open();
        using AcceleratorBuffer<float> empty = device.Allocate<float>(0);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        using AcceleratorKernel kernel = program.Kernel("add");

        empty.Clear();
        empty.Write([]);
        kernel.Launch(0, 64, new KernelArguments().Add(empty).Add(empty).Add(empty).Add(0));
        Assert.Empty(empty.ToArray());
    }

    [Fact]
    public void A_buffer_that_cannot_fit_is_refused()
    {
        using Accelerator device = Open();
        foreach (long length in new[] { device.Info.MaxAllocationBytes / 4 + 1, 1L << 60, long.MaxValue })
        {
            DeviceException exception = Assert.Throws<DeviceException>(() => device.Allocate<float>(length));
            Assert.Equal(DeviceFailure.OutOfMemory, exception.Failure);
            Assert.Contains(device.Info.Name, exception.Message, StringComparison.Ordinal);
        }

        // The device is as good as before.
        using AcceleratorBuffer<float> buffer = device.Allocate<float>([1f, 2f]);
        Assert.Equal([1f, 2f], buffer.ToArray());
        Assert.Equal(8, device.AllocatedBytes);
    }

    [Fact]
    public void A_build_error_shows_the_compilers_log()
    {
        using Accelerator device = Open();
        string source = TestSource.For(device, "KERNEL void broken(GLOBAL float* a) { a[0] = missing_name; }");

        DeviceException exception = Assert.ThrowsAny<DeviceException>(() => device.Compile(source));

        Assert.Equal(DeviceFailure.BuildFailed, exception.Failure);
        Assert.Contains("missing_name", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_reach_the_compiler()
    {
        using Accelerator device = Open();
        string source = TestSource.For(device, "KERNEL void options(GLOBAL int* a) { a[0] = ANSWER; }");
        using AcceleratorBuffer<int> answer = device.Allocate<int>(1);
        foreach (int value in new[] { 42, 43 })
        {
            using AcceleratorProgram program = device.Compile(source, [$"-DANSWER={value}"]);
            using AcceleratorKernel kernel = program.Kernel("options");
            kernel.Launch(1, 1, new KernelArguments().Add(answer));
            Assert.Equal([value], answer.ToArray());
        }
    }

    [Fact]
    public void Wrong_arguments_are_explained()
    {
        using Accelerator device = Open();
        using Accelerator stranger = Open();
        using AcceleratorBuffer<float> buffer = device.Allocate<float>(64);
        using AcceleratorBuffer<float> strange = stranger.Allocate<float>(64);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        using AcceleratorKernel kernel = program.Kernel("add");
        buffer.Clear();
        KernelArguments good = new KernelArguments().Add(buffer).Add(buffer).Add(buffer).Add(64);

        ArgumentException absent = Assert.Throws<ArgumentException>(() => program.Kernel("subtract"));
        Assert.Contains("subtract", absent.Message, StringComparison.Ordinal);
        if (kernel.ArgumentCount is int count)
        {
            Assert.Equal(4, count);
            KernelArguments few = new KernelArguments().Add(buffer);
            Assert.Contains(
                "4 arguments", Assert.Throws<ArgumentException>(() => kernel.Launch(1, 64, few)).Message,
                StringComparison.Ordinal);
        }

        KernelArguments foreign = new KernelArguments().Add(buffer).Add(strange).Add(buffer).Add(64);
        Assert.Contains(
            "another device", Assert.Throws<ArgumentException>(() => kernel.Launch(1, 64, foreign)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => buffer.CopyTo(strange, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Launch(1, 0, good));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Launch(-1, 1, good));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Launch(1L << 31, 1, good));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Launch(1, kernel.Resources.MaxGroupSize + 1, good));
        Assert.Throws<ArgumentException>(() => new KernelArguments().AddValue(new TooLarge()));
        kernel.Launch(1, 64, good);
        device.Synchronize();
    }

    [Fact]
    public void What_was_disposed_of_says_so()
    {
        Accelerator device = Open();
        AcceleratorBuffer<float> buffer = device.Allocate<float>(64);
        AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        AcceleratorKernel kernel = program.Kernel("add");
        KernelArguments arguments = new KernelArguments().Add(buffer).Add(buffer).Add(buffer).Add(64);

        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kernel.Launch(1, 64, arguments));
        Assert.Throws<ObjectDisposedException>(() => buffer.ToArray());
        Assert.Equal(0, device.AllocatedBytes);

        // Any order will do, and any number of times.
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => device.Synchronize());
        kernel.Dispose();
        program.Dispose();
        buffer.Dispose();
        kernel.Dispose();
        device.Dispose();
    }

    [Fact]
    public void Buffers_may_outlive_the_device()
    {
        Accelerator device = Open();
        AcceleratorBuffer<float> buffer = device.Allocate<float>(1 << 16);
        device.Dispose();
        buffer.Dispose();
        Assert.Equal(0, device.AllocatedBytes);
    }

    [Fact]
    public void Two_threads_have_a_context_each()
    {
        using Accelerator probe = Open();
        Assert.SkipWhen(probe.Info.Platform == "Oclgrind", "the simulator itself is for one thread at a time");
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ =>
        {
            for (int round = 0; round < 5; round++)
            {
                Adds_vectors(1000 + round);
            }
        });
    }

    [Fact]
    public void Reports_what_the_compiler_made_of_a_kernel()
    {
        using Accelerator device = Open();
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        using AcceleratorKernel kernel = program.Kernel("add");

        Assert.InRange(kernel.Resources.MaxGroupSize, 64, device.Info.MaxGroupSize);
        Assert.InRange(kernel.Resources.PreferredMultiple, 1, 1024);
        Assert.InRange(kernel.Resources.LocalBytes, 0, device.Info.LocalMemoryBytes);
        Assert.NotEmpty(program.Binary());
    }

    [Fact]
    public void Measures_the_latency_of_a_launch()
    {
        using Accelerator device = Open();
        TimeSpan latency = LaunchLatency.Measure(device, rounds: 21);
        Assert.InRange(latency.TotalMicroseconds, 0.1, 1e6);
    }

    [Fact]
    public void Binaries_are_kept_between_runs()
    {
        BinaryCache cache = new(_folder.PathOf("cache"));
        Assert.False(FromCache(cache, TestSource.Add));
        Assert.True(FromCache(cache, TestSource.Add));
        Assert.False(FromCache(cache, TestSource.Add + " "));
        Assert.False(FromCache(cache, TestSource.Add, "-DOPTION=1"));
        Assert.False(FromCache(BinaryCache.None, TestSource.Add));
    }

    [Fact]
    public void Damaged_binaries_are_built_again()
    {
        BinaryCache cache = new(_folder.PathOf("cache"));
        FromCache(cache, TestSource.Add);
        string file = Assert.Single(Directory.GetFiles(cache.Folder!));
        byte[] whole = File.ReadAllBytes(file);

        foreach (byte[] damaged in new[] { [], whole[..20], whole[..^1], [.. whole[..^1], (byte)~whole[^1]] })
        {
            File.WriteAllBytes(file, damaged);
            Assert.False(FromCache(cache, TestSource.Add));
            Assert.Equal(whole.Length, new FileInfo(file).Length);
        }

        // A file that is whole, but holds nothing that the driver understands.
        cache.Store(Path.GetFileNameWithoutExtension(file), "not a binary of any driver"u8.ToArray());
        Assert.False(FromCache(cache, TestSource.Add));
        Assert.True(FromCache(cache, TestSource.Add));
    }

    /// <summary>Opens the device, or skips the test with the reason.</summary>
    private protected abstract Accelerator Open(BinaryCache? cache = null);

    private bool FromCache(BinaryCache cache, string source, params string[] options)
    {
        using Accelerator device = Open(cache);
        using AcceleratorProgram program = device.Compile(TestSource.For(device, source), options);
        using AcceleratorKernel kernel = program.Kernel("add");
        using AcceleratorBuffer<float> buffer = device.Allocate<float>([1f, 2f, 3f]);
        kernel.Launch(1, 64, new KernelArguments().Add(buffer).Add(buffer).Add(buffer).Add(3));
        Assert.Equal([2f, 4f, 6f], buffer.ToArray());
        return program.IsFromCache;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Parts(int First, float Second, ulong Third);

    [StructLayout(LayoutKind.Sequential, Size = KernelArguments.MaxBytes + 1)]
    private readonly struct TooLarge;
}
