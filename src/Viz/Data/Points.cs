namespace ScoreGpu.Viz;

/// <summary>Points or vectors of the plane. An array [N, 2] of floats or doubles, row-major, converts to it.</summary>
public sealed class Points
{
    /// <summary>Points from their coordinates.</summary>
    /// <exception cref="ArgumentException">
    /// The columns differ in length or hold a number that is not finite.
    /// </exception>
    public Points(Column x, Column y)
    {
        Require.SameLength(y.Length, x.Length, nameof(y), nameof(x));
        Require.AllFinite(x.Values, nameof(x));
        Require.AllFinite(y.Values, nameof(y));
        X = x.Values;
        Y = y.Values;
    }

    /// <summary>The abscissas.</summary>
    public double[] X { get; }

    /// <summary>The ordinates.</summary>
    public double[] Y { get; }

    /// <summary>How many points there are.</summary>
    public int Count => X.Length;

    /// <summary>Points listed one by one.</summary>
    public static Points Of(params (double X, double Y)[] points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new Points(Array.ConvertAll(points, p => p.X), Array.ConvertAll(points, p => p.Y));
    }

    /// <summary>The nodes of a grid, <paramref name="columns"/> by <paramref name="rows"/>, row by row.</summary>
    public static Points Grid(
        double xMin, double xMax, double yMin, double yMax, int columns, int rows)
    {
        Require.Increasing(xMin, xMax, nameof(xMin), nameof(xMax));
        Require.Increasing(yMin, yMax, nameof(yMin), nameof(yMax));
        double[] xs = Column.Even(xMin, xMax, columns).Values;
        double[] ys = Column.Even(yMin, yMax, rows).Values;
        return new Points(
            ys.SelectMany(_ => xs).ToArray(), ys.SelectMany(y => Enumerable.Repeat(y, xs.Length)).ToArray());
    }

    /// <summary>
    /// Takes apart the states of many trajectories, [steps, <paramref name="trajectories"/>, 2] row-major, into one
    /// path a trajectory.
    /// </summary>
    /// <exception cref="ArgumentException">The array is not a whole number of steps.</exception>
    public static Points[] Paths(float[] states, int trajectories)
    {
        ArgumentNullException.ThrowIfNull(states);
        Require.AtLeast(trajectories, 1);
        if (states.Length % (2 * trajectories) != 0)
        {
            throw new ArgumentException(
                $"states has {states.Length} values; expected a multiple of 2·trajectories = {2 * trajectories}.",
                nameof(states));
        }

        int steps = states.Length / (2 * trajectories);
        var paths = new Points[trajectories];
        for (int path = 0; path < trajectories; path++)
        {
            double[] x = new double[steps];
            double[] y = new double[steps];
            for (int step = 0; step < steps; step++)
            {
                int at = 2 * ((step * trajectories) + path);
                (x[step], y[step]) = (states[at], states[at + 1]);
            }

            paths[path] = new Points(x, y);
        }

        return paths;
    }

    /// <summary>Every <paramref name="step"/>-th point, from the first.</summary>
    public Points Every(int step)
    {
        Require.AtLeast(step, 1);
        return new Points(
            X.Where((_, i) => i % step == 0).ToArray(), Y.Where((_, i) => i % step == 0).ToArray());
    }

    /// <summary>The vector or point that a function gives at each point.</summary>
    public Points Map(Func<double, double, (double X, double Y)> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Of(X.Select((x, i) => function(x, Y[i])).ToArray());
    }

    /// <summary>Points from an array [N, 2], row-major.</summary>
    public static implicit operator Points(float[] rowMajor)
        => new(Column.Of(rowMajor, 2, 0), Column.Of(rowMajor, 2, 1));

    /// <summary>Points from an array [N, 2], row-major.</summary>
    public static implicit operator Points(double[] rowMajor)
    {
        ArgumentNullException.ThrowIfNull(rowMajor);
        if (rowMajor.Length % 2 != 0)
        {
            throw new ArgumentException(
                $"rowMajor has {rowMajor.Length} values; expected an even number.", nameof(rowMajor));
        }

        return new Points(
            rowMajor.Where((_, i) => i % 2 == 0).ToArray(), rowMajor.Where((_, i) => i % 2 == 1).ToArray());
    }
}
