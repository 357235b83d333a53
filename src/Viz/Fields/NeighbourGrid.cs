namespace ScoreGpu.Viz.Fields;

/// <summary>Points of lines in square cells, so that those near a place are found without looking at all.</summary>
/// <param name="left">The left edge.</param>
/// <param name="bottom">The lower edge.</param>
/// <param name="width">The width.</param>
/// <param name="height">The height.</param>
/// <param name="cell">A cell's side: the greatest distance that is asked for.</param>
internal sealed class NeighbourGrid(double left, double bottom, double width, double height, double cell)
{
    private readonly int _columns = (int)(width / cell) + 1;
    private readonly int _rows = (int)(height / cell) + 1;
    private readonly Dictionary<int, List<(double X, double Y, int Line)>> _cells = [];

    /// <summary>Adds the points of a line.</summary>
    public void Add(double[] x, double[] y, int line)
    {
        for (int i = 0; i < x.Length; i++)
        {
            int key = (Row(y[i]) * _columns) + Column(x[i]);
            if (!_cells.TryGetValue(key, out var points))
            {
                _cells.Add(key, points = []);
            }

            points.Add((x[i], y[i], line));
        }
    }

    /// <summary>The distance to the nearest point; infinite where none is within a distance of at most a cell's side.
    /// </summary>
    /// <param name="x">From where.</param>
    /// <param name="y">From where.</param>
    /// <param name="within">The distance.</param>
    /// <param name="except">A line whose points do not count; −1 for none.</param>
    public double Nearest(double x, double y, double within, int except = -1)
    {
        double least = within * within;
        bool isFound = false;
        for (int row = Math.Max(0, Row(y) - 1); row <= Math.Min(_rows - 1, Row(y) + 1); row++)
        {
            for (int column = Math.Max(0, Column(x) - 1); column <= Math.Min(_columns - 1, Column(x) + 1); column++)
            {
                if (!_cells.TryGetValue((row * _columns) + column, out var points))
                {
                    continue;
                }

                foreach ((double px, double py, int line) in points)
                {
                    double square = ((px - x) * (px - x)) + ((py - y) * (py - y));
                    if (line != except && square <= least)
                    {
                        least = square;
                        isFound = true;
                    }
                }
            }
        }

        return isFound ? Math.Sqrt(least) : double.PositiveInfinity;
    }

    private int Column(double x) => Math.Clamp((int)((x - left) / cell), 0, _columns - 1);

    private int Row(double y) => Math.Clamp((int)((y - bottom) / cell), 0, _rows - 1);
}
