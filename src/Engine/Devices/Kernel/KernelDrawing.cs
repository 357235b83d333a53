using ScoreGpu.Engine.Drawing;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>
/// Draws trajectories that a launch left in device memory. The image stays there too, until the run is over.
/// </summary>
internal sealed class KernelDrawing : IDisposable
{
    private const int ValuesOfPart = 1 << 20;

    private readonly KernelMachine _machine;
    private readonly TrajectoryCanvas _canvas;
    private readonly int _rows;
    private readonly int _dimension;
    private readonly int _centreCount;
    private readonly DeviceArray<float> _centres;
    private readonly DeviceArray<uint> _palette;
    private readonly DeviceArray<uint> _low;
    private readonly DeviceArray<uint> _high;
    private readonly DeviceArray<uint> _skipped;
    private long _segments;
    private long _skippedSegments;

    /// <summary>Allocates the image.</summary>
    public KernelDrawing(KernelMachine machine, TrajectoryCanvas canvas, int rows, int dimension)
    {
        _machine = machine;
        _canvas = canvas;
        _rows = rows;
        _dimension = dimension;
        float[] centres = canvas.Centres;
        _centreCount = centres.Length / dimension;
        _centres = machine.Copy<float>(centres);
        _palette = machine.Copy<uint>(canvas.Palette);
        _low = Zeros(canvas.Values.Length);
        _high = Zeros(canvas.Values.Length);
        _skipped = Zeros(1);
    }

    /// <summary>Draws a part of the run.</summary>
    /// <param name="states">Its trajectories, [rows + 1, count, D].</param>
    /// <param name="count">Trajectories in it.</param>
    public void Add(View<float> states, int count)
    {
        int segments = _rows * count;
        if (segments == 0)
        {
            return;
        }

        TrajectoryRaster.Launch(
            _machine, LaunchShape.Covering(segments, TrajectoryRasterKernel.GroupSize), states, _centres.View,
            _palette.View, _low.View, _high.View, _skipped.View, _rows, count, _dimension, _centreCount,
            _canvas.Shape, _canvas.Rule);
        uint[] skipped = [0];
        _skipped.Read(skipped);
        _skipped.Clear();
        _segments += segments;
        _skippedSegments += skipped[0];
    }

    /// <summary>Adds the image to the canvas.</summary>
    public void Finish()
    {
        Span<ulong> values = _canvas.Values;
        uint[] low = new uint[Math.Min(values.Length, ValuesOfPart)];
        uint[] high = new uint[low.Length];
        for (int first = 0; first < values.Length; first += ValuesOfPart)
        {
            Span<ulong> some = values[first..Math.Min(values.Length, first + ValuesOfPart)];
            _low.Read(low.AsSpan(0, some.Length), first);
            _high.Read(high.AsSpan(0, some.Length), first);
            for (int i = 0; i < some.Length; i++)
            {
                some[i] += low[i] | ((ulong)high[i] << 32);
            }
        }

        _canvas.Count(_segments, _skippedSegments);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _centres.Dispose();
        _palette.Dispose();
        _low.Dispose();
        _high.Dispose();
        _skipped.Dispose();
    }

    private DeviceArray<uint> Zeros(int length)
    {
        DeviceArray<uint> array = _machine.Allocate<uint>(length);
        array.Clear();
        return array;
    }
}
