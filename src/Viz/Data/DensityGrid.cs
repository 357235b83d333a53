namespace ScoreGpu.Viz;

/// <summary>
/// A two-dimensional histogram that points and the segments of trajectories are added to. A segment adds to each cell
/// the length it has there, in cell widths, so that fast and slow trajectories draw equally bright lines.
/// </summary>
public sealed class DensityGrid
{
    private readonly double[] _cells;

    /// <summary>
    /// An empty histogram of <paramref name="columns"/> by <paramref name="rows"/> cells over a rectangle.
    /// </summary>
    /// <exception cref="ArgumentException">The rectangle is empty or not finite, or there are no cells.</exception>
    public DensityGrid(double xMin, double xMax, double yMin, double yMax, int columns = 400, int rows = 400)
    {
        Require.Increasing(xMin, xMax, nameof(xMin), nameof(xMax));
        Require.Increasing(yMin, yMax, nameof(yMin), nameof(yMax));
        Columns = Require.AtLeast(columns, 1);
        Rows = Require.AtLeast(rows, 1);
        (XMin, XMax, YMin, YMax) = (xMin, xMax, yMin, yMax);
        _cells = new double[columns * rows];
    }

    /// <summary>The left edge.</summary>
    public double XMin { get; }

    /// <summary>The right edge.</summary>
    public double XMax { get; }

    /// <summary>The lower edge.</summary>
    public double YMin { get; }

    /// <summary>The upper edge.</summary>
    public double YMax { get; }

    /// <summary>Cells a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of cells.</summary>
    public int Rows { get; }

    /// <summary>[Rows, Columns], row-major from the lower left cell.</summary>
    public ReadOnlySpan<double> Cells => _cells;

    /// <summary>The largest cell.</summary>
    public double Peak => _cells.Max();

    /// <summary>The sum of all cells.</summary>
    public double Total => _cells.Sum();

    /// <summary>Adds a point; one outside the rectangle, or not finite, adds nothing.</summary>
    public void AddPoint(double x, double y, double weight = 1)
    {
        double column = (x - XMin) / (XMax - XMin) * Columns;
        double row = (y - YMin) / (YMax - YMin) * Rows;
        if (column >= 0 && column < Columns && row >= 0 && row < Rows)
        {
            _cells[((int)row * Columns) + (int)column] += weight;
        }
    }

    /// <summary>Adds points.</summary>
    public DensityGrid Add(Points points)
    {
        ArgumentNullException.ThrowIfNull(points);
        for (int i = 0; i < points.Count; i++)
        {
            AddPoint(points.X[i], points.Y[i]);
        }

        return this;
    }

    /// <summary>Adds the segments of a path.</summary>
    public DensityGrid AddPath(Points path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (int i = 1; i < path.Count; i++)
        {
            AddSegment(path.X[i - 1], path.Y[i - 1], path.X[i], path.Y[i]);
        }

        return this;
    }

    /// <summary>
    /// Adds a segment's length in each cell that it crosses; a segment that is not finite adds nothing.
    /// </summary>
    public void AddSegment(double x0, double y0, double x1, double y1)
    {
        double column = (x0 - XMin) / (XMax - XMin) * Columns;
        double row = (y0 - YMin) / (YMax - YMin) * Rows;
        double across = ((x1 - XMin) / (XMax - XMin) * Columns) - column;
        double up = ((y1 - YMin) / (YMax - YMin) * Rows) - row;
        double length = Math.Sqrt((across * across) + (up * up));
        double from = 0;
        double to = 1;
        if (!double.IsFinite(length) || length == 0
            || !Clip(column, across, Columns, ref from, ref to) || !Clip(row, up, Rows, ref from, ref to))
        {
            return;
        }

        double t = from;
        int i = Math.Clamp((int)Math.Floor(column + (t * across)), 0, Columns - 1);
        int j = Math.Clamp((int)Math.Floor(row + (t * up)), 0, Rows - 1);
        while (t < to)
        {
            double nextColumn = across == 0 ? double.PositiveInfinity : (i + (across > 0 ? 1 : 0) - column) / across;
            double nextRow = up == 0 ? double.PositiveInfinity : (j + (up > 0 ? 1 : 0) - row) / up;
            double leave = Math.Min(to, Math.Min(nextColumn, nextRow));
            _cells[(j * Columns) + i] += Math.Max(0, leave - t) * length;
            t = Math.Max(t, leave);
            if (nextColumn <= nextRow)
            {
                i += Math.Sign(across);
            }
            else
            {
                j += Math.Sign(up);
            }

            if (i < 0 || i >= Columns || j < 0 || j >= Rows)
            {
                return;
            }
        }
    }

    /// <summary>Adds another histogram of the same shape: what threads filled apart, joined.</summary>
    /// <exception cref="ArgumentException">The other has other cells.</exception>
    public DensityGrid Add(DensityGrid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if ((other.Columns, other.Rows, other.XMin, other.XMax, other.YMin, other.YMax)
            != (Columns, Rows, XMin, XMax, YMin, YMax))
        {
            throw new ArgumentException(
                $"other has {other.Columns}×{other.Rows} cells; expected the same rectangle and {Columns}×{Rows}.",
                nameof(other));
        }

        for (int i = 0; i < _cells.Length; i++)
        {
            _cells[i] += other._cells[i];
        }

        return this;
    }

    private static bool Clip(double start, double along, int size, ref double from, ref double to)
    {
        if (along == 0)
        {
            return start >= 0 && start < size;
        }

        double enter = -start / along;
        double leave = (size - start) / along;
        from = Math.Max(from, Math.Min(enter, leave));
        to = Math.Min(to, Math.Max(enter, leave));
        return from < to;
    }
}
