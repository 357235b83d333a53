using System.Runtime.InteropServices;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Draws the trajectories of a run while their tiles are in the cache.</summary>
/// <remarks>
/// A tile's states are kept as places until its end is known, then go as segments into the worker's baskets, one for
/// each window of 64 × 64 pixels. A full basket is drawn at once, into a window of the worker's own that stays in the
/// cache, and the window is added to the image, where a lock keeps other workers out of it. What is left in the baskets
/// is drawn at the end. The image is shared and the baskets of all workers take 64 MiB together: memory does not grow
/// with the threads.
/// </remarks>
internal sealed unsafe class CpuDrawing : IDisposable
{
    private const int WindowPlaces = SegmentKernel.WindowBits + CanvasShape.PlaceBits;
    private const int HalfPixel = 1 << (CanvasShape.PlaceBits - 1);
    private const int MostInBasket = 1024;
    private const int LeastInBasket = 16;
    private const int BytesOfBaskets = 1 << 26;

    private readonly TrajectoryCanvas _canvas;
    private readonly ThreadTeam _team;
    private readonly CanvasShape _shape;
    private readonly SegmentColours _rule;
    private readonly uint[] _palette;
    private readonly float[] _centres;
    private readonly int _rows;
    private readonly int _windowsX;
    private readonly int _windowsY;
    private readonly int _basketSize;
    private readonly Lock[] _locks;
    private readonly Worker[] _workers;
    private readonly ulong* _sums;

    /// <summary>Allocates every worker's track and baskets.</summary>
    public CpuDrawing(TrajectoryCanvas canvas, int rows, ThreadTeam team)
    {
        _canvas = canvas;
        _team = team;
        _rows = rows;
        _shape = canvas.Shape;
        _rule = canvas.Rule;
        _palette = canvas.Palette;
        _centres = canvas.Centres;
        _windowsX = Windows(canvas.Width);
        _windowsY = Windows(canvas.Height);
        int windows = _windowsX * _windowsY;
        _basketSize = Math.Clamp(
            BytesOfBaskets / sizeof(Segment) / windows / team.Threads, LeastInBasket, MostInBasket);
        _locks = [.. Enumerable.Range(0, windows).Select(_ => new Lock())];
        _workers = [.. Enumerable.Range(0, team.Threads).Select(_ => new Worker(rows, windows, _basketSize))];

        // The canvas's memory is pinned.
        fixed (ulong* sums = canvas.Values)
        {
            _sums = sums;
        }
    }

    /// <summary>Keeps the places of a tile's states.</summary>
    /// <param name="worker">Whose tile it is.</param>
    /// <param name="frame">0 for the start, r + 1 after row r.</param>
    /// <param name="x">The tile.</param>
    public void Record(int worker, int frame, float* x)
    {
        int* track = _workers[worker].Track(frame);
        SegmentKernel.Place(x + (_shape.AxisX * Tile.Width), _shape.ScaleX, _shape.OffsetX, track);
        SegmentKernel.Place(x + (_shape.AxisY * Tile.Width), _shape.ScaleY, _shape.OffsetY, track + Tile.Width);
    }

    /// <summary>Draws a tile whose states have all been recorded.</summary>
    /// <param name="worker">Whose tile it is.</param>
    /// <param name="samples">Samples in it.</param>
    /// <param name="dimension">The dimension of a state.</param>
    /// <param name="end">The last states, a tile.</param>
    public void Draw(int worker, int samples, int dimension, float* end)
    {
        var own = _workers[worker];
        int* ends = stackalloc int[Tile.Width];
        for (int n = 0; n < samples; n++)
        {
            ends[n] = _rule.Rule == SegmentColours.ByEnd ? Nearest(end + n, dimension) : 0;
        }

        for (int row = 0; row < _rows; row++)
        {
            int* from = own.Track(row);
            int* to = own.Track(row + 1);
            for (int n = 0; n < samples; n++)
            {
                int x0 = from[n];
                int y0 = from[Tile.Width + n];
                int x1 = to[n];
                int y1 = to[Tile.Width + n];
                if (Math.Min(Math.Min(x0, y0), Math.Min(x1, y1)) == CanvasShape.Nowhere)
                {
                    own.Skipped++;
                }
                else
                {
                    Add(own, x0, y0, x1, y1, row, ends[n]);
                }
            }
        }
    }

    /// <summary>Draws what is left in the baskets, and counts.</summary>
    /// <param name="trajectories">Trajectories of the run.</param>
    public void Finish(int trajectories)
    {
        _team.Run(
            (window, drawing) =>
            {
                foreach (var worker in _workers)
                {
                    if (worker.Counts[window] > 0)
                    {
                        Empty(worker, _workers[drawing].Window, window);
                    }
                }
            },
            _locks.Length);
        _canvas.Count((long)trajectories * _rows, _workers.Sum(worker => worker.Skipped));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static int Windows(int pixels) =>
        (pixels + SegmentKernel.WindowSize - 1) >> SegmentKernel.WindowBits;

    private int Nearest(float* point, int dimension)
    {
        int nearest = _centres.Length / dimension;
        float least = float.PositiveInfinity;
        for (int k = 0; k < _centres.Length / dimension; k++)
        {
            float distance = 0f;
            for (int d = 0; d < dimension; d++)
            {
                float difference = point[d * Tile.Width] - _centres[(k * dimension) + d];
                distance = MathF.FusedMultiplyAdd(difference, difference, distance);
            }

            if (distance < least)
            {
                least = distance;
                nearest = k;
            }
        }

        return nearest;
    }

    /// <summary>Puts a segment into the baskets of the windows that it may touch.</summary>
    private void Add(Worker worker, int x0, int y0, int x1, int y1, int row, int end)
    {
        // Half a pixel around it, because a line reaches the two nearest centres.
        int left = (Math.Min(x0, x1) - HalfPixel) >> WindowPlaces;
        int top = (Math.Min(y0, y1) - HalfPixel) >> WindowPlaces;
        int right = (Math.Max(x0, x1) + HalfPixel) >> WindowPlaces;
        int bottom = (Math.Max(y0, y1) + HalfPixel) >> WindowPlaces;
        bool moves = x0 != x1 || y0 != y1;
        if (!moves || right < 0 || bottom < 0 || left >= _windowsX || top >= _windowsY)
        {
            return;
        }

        left = Math.Max(left, 0);
        top = Math.Max(top, 0);
        right = Math.Min(right, _windowsX - 1);
        bottom = Math.Min(bottom, _windowsY - 1);
        SegmentLine line = default;
        bool alongWindows = left < right && top < bottom;
        if (alongWindows || _rule.Rule == SegmentColours.BySpeed)
        {
            line = SegmentLine.Between(x0, y0, x1, y1);
        }

        var segment = new Segment(x0, y0, x1, y1, _palette[_rule.EntryOf(row, _rows, line.Weight, end)]);
        if (alongWindows)
        {
            AddAlong(worker, segment, line, (left, right), (top, bottom));
            return;
        }

        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Put(worker, segment, (y * _windowsX) + x);
            }
        }
    }

    /// <summary>Follows a line that crosses several windows in both directions.</summary>
    /// <param name="worker">Whose segment it is.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="line">Its line.</param>
    /// <param name="across">The columns of windows around it.</param>
    /// <param name="down">The rows of windows around it.</param>
    private void AddAlong(
        Worker worker,
        in Segment segment,
        in SegmentLine line,
        (int First, int Last) across,
        (int First, int Last) down)
    {
        bool alongX = line.AlongX != 0;
        (int first, int last) = alongX ? across : down;
        (int least, int most) = alongX ? down : across;
        for (int major = first; major <= last; major++)
        {
            int from = Math.Max(line.From, major << WindowPlaces);
            int to = Math.Min(line.To, (major + 1) << WindowPlaces);
            if (from >= to)
            {
                continue;
            }

            // From the upper of the two nearest pixels to the lower, and one place for rounding.
            int a = line.SideBetween(from, from);
            int b = line.SideBetween(to, to);
            int low = Math.Max(least, (Math.Min(a, b) - 1) >> WindowPlaces);
            int high = Math.Min(most, (Math.Max(a, b) + 1 + (2 * HalfPixel)) >> WindowPlaces);
            for (int minor = low; minor <= high; minor++)
            {
                Put(worker, segment, alongX ? (minor * _windowsX) + major : (major * _windowsX) + minor);
            }
        }
    }

    private void Put(Worker worker, in Segment segment, int window)
    {
        int count = worker.Counts[window];
        worker.Baskets[((nint)window * _basketSize) + count] = segment;
        worker.Counts[window] = count + 1;
        if (count + 1 == _basketSize)
        {
            Empty(worker, worker.Window, window);
        }
    }

    /// <summary>Draws what is in a basket, with a worker's window.</summary>
    private void Empty(Worker worker, uint* window, int index)
    {
        int left = (index % _windowsX) << SegmentKernel.WindowBits;
        int top = (index / _windowsX) << SegmentKernel.WindowBits;
        var basket = new ReadOnlySpan<Segment>(worker.Baskets + ((nint)index * _basketSize), worker.Counts[index]);
        SegmentKernel.Draw(basket, left, top, window);
        worker.Counts[index] = 0;
        lock (_locks[index])
        {
            SegmentKernel.Empty(
                window,
                _sums + ((((nint)top * _canvas.Width) + left) * SegmentKernel.Channels),
                _canvas.Width,
                Math.Min(SegmentKernel.WindowSize, _canvas.Width - left),
                Math.Min(SegmentKernel.WindowSize, _canvas.Height - top));
        }
    }

    /// <summary>One worker's tile of places, and its baskets.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly int* _track;
        private bool _disposed;

        public Worker(int rows, int windows, int basketSize)
        {
            _track = (int*)NativeMemory.AlignedAlloc(
                (nuint)(rows + 1) * 2 * Tile.Width * sizeof(int), Tile.Alignment);
            Baskets = (Segment*)NativeMemory.AlignedAlloc(
                (nuint)windows * (nuint)basketSize * (nuint)sizeof(Segment), Tile.Alignment);
            Counts = new int[windows];
            Window = (uint*)NativeMemory.AlignedAlloc(SegmentKernel.WindowWords * sizeof(uint), Tile.Alignment);
            new Span<uint>(Window, SegmentKernel.WindowWords).Clear();
        }

        ~Worker() => Free();

        /// <summary>The segments of each window, <c>basketSize</c> places each.</summary>
        public Segment* Baskets { get; }

        /// <summary>Segments in each basket.</summary>
        public int[] Counts { get; }

        /// <summary>A window of zeros to draw in.</summary>
        public uint* Window { get; }

        /// <summary>Segments that are nowhere.</summary>
        public long Skipped { get; set; }

        /// <summary>64 horizontal places of a frame, then 64 vertical ones.</summary>
        public int* Track(int frame) => _track + ((nint)frame * 2 * Tile.Width);

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            if (!_disposed)
            {
                _disposed = true;
                NativeMemory.AlignedFree(_track);
                NativeMemory.AlignedFree(Baskets);
                NativeMemory.AlignedFree(Window);
            }
        }
    }
}
