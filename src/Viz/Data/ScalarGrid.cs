namespace ScoreGpu.Viz;

/// <summary>A function's values at the nodes of a rectangular grid.</summary>
public sealed class ScalarGrid
{
    /// <summary>A grid from its nodes and values.</summary>
    /// <param name="x">Abscissas of the columns, increasing.</param>
    /// <param name="y">Ordinates of the rows, increasing.</param>
    /// <param name="values">[y.Length, x.Length], row-major.</param>
    /// <exception cref="ArgumentException">
    /// The nodes do not increase, there are fewer than two either way, the lengths disagree, or a number is not finite.
    /// </exception>
    public ScalarGrid(Column x, Column y, Column values)
    {
        RequireNodes(x.Values, nameof(x));
        RequireNodes(y.Values, nameof(y));
        Require.AllFinite(values.Values, nameof(values));
        Require.SameLength(values.Length, x.Length * y.Length, nameof(values), "the product of x and y");
        X = x.Values;
        Y = y.Values;
        Values = values.Values;
    }

    /// <summary>Abscissas of the columns.</summary>
    public double[] X { get; }

    /// <summary>Ordinates of the rows.</summary>
    public double[] Y { get; }

    /// <summary>[Y.Length, X.Length], row-major.</summary>
    public double[] Values { get; }

    /// <summary>The value at a node.</summary>
    public double this[int row, int column] => Values[(row * X.Length) + column];

    /// <summary>A function's values on an even grid of <paramref name="nodes"/> by <paramref name="nodes"/>.</summary>
    public static ScalarGrid Sample(
        Func<double, double, double> function, double xMin, double xMax, double yMin, double yMax, int nodes = 121)
    {
        ArgumentNullException.ThrowIfNull(function);
        Points grid = Points.Grid(xMin, xMax, yMin, yMax, nodes, nodes);
        double[] values = new double[grid.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(grid.X[i], grid.Y[i]);
        }

        return new ScalarGrid(Column.Even(xMin, xMax, nodes), Column.Even(yMin, yMax, nodes), values);
    }

    private static void RequireNodes(double[] nodes, string name)
    {
        Require.AllFinite(nodes, name);
        if (nodes.Length < 2)
        {
            throw new ArgumentException($"{name} has {nodes.Length} nodes; expected at least 2.", name);
        }

        for (int i = 1; i < nodes.Length; i++)
        {
            Require.Increasing(nodes[i - 1], nodes[i], $"{name}[{i - 1}]", $"{name}[{i}]");
        }
    }
}
