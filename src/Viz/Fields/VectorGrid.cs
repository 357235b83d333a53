namespace ScoreGpu.Viz;

/// <summary>A vector field's values at the nodes of a rectangular grid, and between them by bilinear interpolation.
/// </summary>
public sealed class VectorGrid
{
    private readonly ScalarGrid _u;
    private readonly ScalarGrid _v;

    /// <summary>A field from its nodes and vectors.</summary>
    /// <param name="x">Abscissas of the columns, increasing.</param>
    /// <param name="y">Ordinates of the rows, increasing.</param>
    /// <param name="vectors">One a node, row by row, x rising in each.</param>
    /// <exception cref="ArgumentException">
    /// The nodes do not increase, there are fewer than two either way, or the lengths disagree.
    /// </exception>
    public VectorGrid(Column x, Column y, Points vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Require.SameLength(vectors.Count, x.Length * y.Length, nameof(vectors), "the product of x and y");
        _u = new ScalarGrid(x, y, vectors.X);
        _v = new ScalarGrid(x, y, vectors.Y);
        double[] lengths = [.. vectors.X.Zip(vectors.Y, (u, v) => Math.Sqrt((u * u) + (v * v)))];
        Greatest = lengths.Max();
        Least = lengths.Min();
    }

    /// <summary>Abscissas of the columns.</summary>
    public double[] X => _u.X;

    /// <summary>Ordinates of the rows.</summary>
    public double[] Y => _u.Y;

    /// <summary>The length of the longest vector at a node.</summary>
    public double Greatest { get; }

    /// <summary>The length of the shortest vector at a node.</summary>
    public double Least { get; }

    /// <summary>A function's values on an even grid of <paramref name="nodes"/> by <paramref name="nodes"/>.</summary>
    public static VectorGrid Sample(
        Func<double, double, (double X, double Y)> function, double xMin, double xMax, double yMin, double yMax,
        int nodes = 121)
    {
        Points grid = Points.Grid(xMin, xMax, yMin, yMax, nodes, nodes);
        return new VectorGrid(Column.Even(xMin, xMax, nodes), Column.Even(yMin, yMax, nodes), grid.Map(function));
    }

    /// <summary>Whether a place is on the grid.</summary>
    internal bool Contains(double x, double y) => x >= X[0] && x <= X[^1] && y >= Y[0] && y <= Y[^1];

    /// <summary>The vector at a place on the grid.</summary>
    internal (double X, double Y) At(double x, double y)
    {
        (int column, double right) = Cell(X, x);
        (int row, double up) = Cell(Y, y);
        return (Between(_u, row, column, right, up), Between(_v, row, column, right, up));
    }

    private static double Between(ScalarGrid grid, int row, int column, double right, double up)
    {
        double below = grid[row, column] + (right * (grid[row, column + 1] - grid[row, column]));
        double above = grid[row + 1, column] + (right * (grid[row + 1, column + 1] - grid[row + 1, column]));
        return below + (up * (above - below));
    }

    private static (int Index, double Part) Cell(double[] nodes, double value)
    {
        int found = Array.BinarySearch(nodes, value);
        int index = Math.Clamp(found < 0 ? ~found - 1 : found, 0, nodes.Length - 2);
        return (index, (value - nodes[index]) / (nodes[index + 1] - nodes[index]));
    }
}
