using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>Receives the coverage, in [0, 1], of consecutive pixels of one row.</summary>
internal delegate void CoverageRow(int y, int left, ReadOnlySpan<float> coverage);

/// <summary>
/// Turns polygons into pixel coverage by the non-zero winding rule: each pixel row is cut into sixteen lines, on each
/// of which the covered intervals are exact. Overlapping polygons therefore form a union, without seams.
/// </summary>
internal sealed class CoverageRasteriser
{
    private const int LinesPerPixel = 16;

    private readonly List<Edge> _edges = [];
    private readonly List<int> _active = [];
    private Crossing[] _crossings = new Crossing[64];
    private float[] _delta = [];
    private int _minColumn;
    private int _maxColumn;

    /// <summary>Adds a closed polygon, in pixels; either orientation.</summary>
    public void Add(ReadOnlySpan<Point2> polygon) => Add(polygon, default);

    /// <summary>Adds a closed polygon displaced by <paramref name="offset"/>.</summary>
    public void Add(ReadOnlySpan<Point2> polygon, Point2 offset)
    {
        for (int i = 0; i < polygon.Length; i++)
        {
            Point2 next = polygon[i + 1 == polygon.Length ? 0 : i + 1];
            AddEdge(polygon[i] + offset, next + offset);
        }
    }

    /// <summary>Reports the coverage of what was added, inside the clip, row by row, and forgets it.</summary>
    public void Flush(PixelRect clip, CoverageRow report)
    {
        if (_edges.Count > 0 && !clip.IsEmpty)
        {
            Sweep(clip, report);
        }

        _edges.Clear();
        _active.Clear();
    }

    private void AddEdge(Point2 from, Point2 to)
    {
        if (from.Y == to.Y)
        {
            return;
        }

        bool isDown = from.Y < to.Y;
        Point2 top = isDown ? from : to;
        Point2 bottom = isDown ? to : from;
        double slope = (bottom.X - top.X) / (bottom.Y - top.Y) / LinesPerPixel;
        _edges.Add(new Edge(top.Y * LinesPerPixel, bottom.Y * LinesPerPixel, top.X, slope, isDown ? 1 : -1));
    }

    private void Sweep(PixelRect clip, CoverageRow report)
    {
        _edges.Sort(static (a, b) => a.Top.CompareTo(b.Top));
        if (_delta.Length < clip.Width + 2)
        {
            _delta = new float[clip.Width + 2];
        }

        double lowest = double.NegativeInfinity;
        foreach (Edge edge in _edges)
        {
            lowest = Math.Max(lowest, edge.Bottom);
        }

        double clipTop = (double)clip.Top * LinesPerPixel;
        double clipBottom = (double)clip.Bottom * LinesPerPixel;
        int firstLine = (int)Math.Ceiling(Math.Max(_edges[0].Top, clipTop) - 0.5);
        int endLine = (int)Math.Ceiling(Math.Min(lowest, clipBottom) - 0.5);
        int next = 0;
        StartRow(clip);
        for (int line = firstLine; line < endLine; line++)
        {
            double y = line + 0.5;
            while (next < _edges.Count && _edges[next].Top <= y)
            {
                _active.Add(next++);
            }

            int count = Cross(y);
            Accumulate(count, clip);
            int row = FloorDivide(line);
            if (line + 1 == endLine || FloorDivide(line + 1) != row)
            {
                ReportRow(row, clip, report);
            }
        }
    }

    private static int FloorDivide(int line) => line >= 0 ? line / LinesPerPixel : ((line + 1) / LinesPerPixel) - 1;

    private int Cross(double y)
    {
        int count = 0;
        int kept = 0;
        if (_crossings.Length < _active.Count)
        {
            Array.Resize(ref _crossings, _active.Count * 2);
        }

        for (int i = 0; i < _active.Count; i++)
        {
            Edge edge = _edges[_active[i]];
            if (edge.Bottom <= y)
            {
                continue;
            }

            _active[kept++] = _active[i];
            _crossings[count++] = new Crossing(edge.X + ((y - edge.Top) * edge.Slope), edge.Direction);
        }

        _active.RemoveRange(kept, _active.Count - kept);
        SortCrossings(count);
        return count;
    }

    private void SortCrossings(int count)
    {
        if (count > 24)
        {
            Array.Sort(_crossings, 0, count, Crossing.ByX);
            return;
        }

        for (int i = 1; i < count; i++)
        {
            Crossing current = _crossings[i];
            int j = i - 1;
            while (j >= 0 && _crossings[j].X > current.X)
            {
                _crossings[j + 1] = _crossings[j];
                j--;
            }

            _crossings[j + 1] = current;
        }
    }

    private void Accumulate(int count, PixelRect clip)
    {
        int winding = 0;
        double start = 0;
        for (int i = 0; i < count; i++)
        {
            int before = winding;
            winding += _crossings[i].Direction;
            if (before == 0)
            {
                start = _crossings[i].X;
            }
            else if (winding == 0)
            {
                AddInterval(start, _crossings[i].X, clip);
            }
        }
    }

    private void AddInterval(double from, double to, PixelRect clip)
    {
        double left = Math.Clamp(from - clip.Left, 0, clip.Width);
        double right = Math.Clamp(to - clip.Left, 0, clip.Width);
        if (left < right)
        {
            AddStep(left, 1f / LinesPerPixel);
            AddStep(right, -1f / LinesPerPixel);
            _minColumn = Math.Min(_minColumn, (int)left);
            _maxColumn = Math.Max(_maxColumn, Math.Min((int)right, clip.Width - 1));
        }
    }

    // The running sum of the differences is the coverage of everything to the right of x.
    private void AddStep(double x, float height)
    {
        int column = (int)x;
        float inside = (float)(column + 1 - x);
        _delta[column] += height * inside;
        _delta[column + 1] += height * (1 - inside);
    }

    private void StartRow(PixelRect clip)
    {
        _minColumn = clip.Width;
        _maxColumn = -1;
    }

    private void ReportRow(int row, PixelRect clip, CoverageRow report)
    {
        if (_maxColumn < _minColumn)
        {
            return;
        }

        float sum = 0;
        for (int i = _minColumn; i <= _maxColumn; i++)
        {
            sum += _delta[i];
            _delta[i] = Math.Clamp(sum, 0, 1);
        }

        int count = _maxColumn - _minColumn + 1;
        report(row, clip.Left + _minColumn, _delta.AsSpan(_minColumn, count));
        Array.Clear(_delta, _minColumn, Math.Min(count + 2, _delta.Length - _minColumn));
        _minColumn = clip.Width;
        _maxColumn = -1;
    }

    /// <summary>A non-horizontal edge: lines run from Top to Bottom; X is its abscissa at Top.</summary>
    private readonly record struct Edge(double Top, double Bottom, double X, double Slope, int Direction);

    private readonly record struct Crossing(double X, int Direction)
    {
        public static IComparer<Crossing> ByX { get; } = Comparer<Crossing>.Create(static (a, b) => a.X.CompareTo(b.X));
    }
}
