using ScoreGpu.Kernels.Dialect.Debug;
using ScoreGpu.Tests.Generator.Kernels;

namespace ScoreGpu.Tests.Generator;

/// <summary>The launcher that runs kernels as C#: groups, barriers, memory, and what it reports.</summary>
public sealed class DebugLauncherTests
{
    private readonly DebugLauncher _launcher = new();

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(257)]
    public void BarriersOrderAReduction(int length)
    {
        float[] x = [.. Enumerable.Range(1, length).Select(i => (float)i)];
        LaunchShape shape = LaunchShape.Covering(length, 32);

        // Over and over, for a missing barrier would show now and then.
        for (int repeat = 0; repeat < 20; repeat++)
        {
            float[] sums = new float[shape.Groups];
            SharingReduce.Launch(_launcher, shape, new(x), new(sums));
            Assert.Equal(length * (length + 1f) / 2f, sums.Sum());
        }
    }

    [Fact]
    public void AnAlignmentThatIsPromisedIsChecked()
    {
        View<float> view = new(new float[12]);

        Assert.Equal(8, view.SubView(4).AsAligned(16).IntLength);
        Assert.Throws<InvalidOperationException>(() => view.SubView(4).SubView(2).AsAligned(16));
    }

    [Fact]
    public void DynamicSharedMemoryHasTheSizeOfTheLaunch()
    {
        int[] x = [.. Enumerable.Range(0, 12)];

        SharingReverse.Launch(_launcher, new LaunchShape(3, 4, DynamicSharedBytes: 16), new(x));

        Assert.Equal([3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8], x);
    }

    [Fact]
    public void AtomicsLoseNothing()
    {
        float[] x = [.. Enumerable.Range(0, 1000).Select(i => (float)(i % 50))];
        int[] counts = [0, 0, 0, 0, 0, -1];
        uint[] extremes = [0, 1000];
        float[] sum = [0f];

        SharingCount.Launch(
            _launcher, LaunchShape.Covering(x.Length, 32), new(x), new(counts), new(extremes), new(sum));

        Assert.Equal([260, 260, 240, 240], counts[..4]);
        Assert.Equal(7, counts[5]);
        Assert.Equal([0u + 49u, 0u], extremes);
        Assert.Equal(x.Sum(), sum[0]);
    }

    [Fact]
    public void AnErrorNamesTheWorkItem()
    {
        KernelException exception = Assert.Throws<KernelException>(
            () => FaultyOverrun.Launch(_launcher, new LaunchShape(3, 4), new(new float[10])));

        Assert.Equal(("FaultyOverrun", 2, 2), (exception.Kernel, exception.Group, exception.Item));
        Assert.IsType<IndexOutOfRangeException>(exception.InnerException);
        Assert.Contains("10", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnErrorReleasesThoseThatWait()
    {
        KernelException exception = Assert.Throws<KernelException>(
            () => FaultyBeforeBarrier.Launch(_launcher, new LaunchShape(2, 8), new(new float[8])));

        Assert.IsType<IndexOutOfRangeException>(exception.InnerException);
        Assert.Equal((0, 7), (exception.Group, exception.Item));
    }

    [Fact]
    public void NobodyWaitsForThoseThatStopped()
    {
        // The first to run fails at once, before others have started or have left the barrier before.
        for (int repeat = 0; repeat < 200; repeat++)
        {
            Assert.Throws<KernelException>(
                () => FaultyBeforeBarrier.Launch(_launcher, new LaunchShape(2, 8), new(new float[(repeat % 8) + 1])));
            Assert.Throws<KernelException>(
                () => FaultyAfterBarrier.Launch(_launcher, new LaunchShape(2, 8), new(new float[repeat % 8])));
        }
    }

    [Fact]
    public void WorkItemsThatPartAtABarrierAreReported()
    {
        KernelException exception = Assert.Throws<KernelException>(
            () => FaultyParting.Launch(_launcher, new LaunchShape(1, 4), new(new int[] { 0, 0, 1, 0 })));

        Assert.IsType<BarrierException>(exception.InnerException);
        Assert.Contains("work-item 2 has ended", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SharedMemoryHoldsNothingUsefulBeforeItIsWritten()
    {
        float[] y = new float[2];

        FaultyUnwritten.Launch(_launcher, new LaunchShape(2, 1), new(y));

        Assert.All(y, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void ShapesAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SharingReduce.Launch(_launcher, new LaunchShape(1, 16), new(new float[1]), new(new float[1])));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SharingReverse.Launch(_launcher, new LaunchShape(1, 16), new(new int[16])));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FaultyOverrun.Launch(_launcher, new LaunchShape(0, 16), new(new float[16])));
    }

    [Fact]
    public void AWrittenViewMayNotOverlapOneThatIsRead()
    {
        float[] x = new float[8];

        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => ScoreGpu.Kernels.Gpu.ActivationApply.Launch<ScoreGpu.Kernels.Gpu.Silu>(
                _launcher, new LaunchShape(1, 128), new(x), new View<float>(x).SubView(7, 1)));

        Assert.Equal("y", exception.ParamName);
    }

    [Fact]
    public void AnInstanceThatWasNotCompiledIsRefused()
        => Assert.Throws<ArgumentException>(
            () => ScoreGpu.Kernels.Gpu.ActivationApply.Of<Doubling>());

    [Fact]
    public void KernelMethodsRunThroughALauncherAlone()
        => Assert.Throws<InvalidOperationException>(() => FaultyKernel.Overrun(new(new float[1])));

    private readonly struct Doubling : ScoreGpu.Kernels.Gpu.IActivation
    {
        public static float Value(float x) => 2f * x;

        public static float Derivative(float x) => 2f;

        public static float SecondDerivative(float x) => 0f;
    }
}
