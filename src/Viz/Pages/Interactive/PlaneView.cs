namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>The part of the plane that an interactive figure shows, with equal units both ways.</summary>
public sealed record PlaneView
{
    /// <summary>A rectangle.</summary>
    /// <exception cref="ArgumentException">It is empty or not finite.</exception>
    public PlaneView(double xMin, double xMax, double yMin, double yMax)
    {
        Require.Increasing(xMin, xMax, nameof(xMin), nameof(xMax));
        Require.Increasing(yMin, yMax, nameof(yMin), nameof(yMax));
        (XMin, XMax, YMin, YMax) = (xMin, xMax, yMin, yMax);
    }

    /// <summary>The left edge.</summary>
    public double XMin { get; }

    /// <summary>The right edge.</summary>
    public double XMax { get; }

    /// <summary>The lower edge.</summary>
    public double YMin { get; }

    /// <summary>The upper edge.</summary>
    public double YMax { get; }

    /// <summary>The square [−reach, reach]².</summary>
    /// <exception cref="ArgumentException">The reach is not a finite number above 0.</exception>
    public static PlaneView Square(double reach)
    {
        Require.Positive(reach);
        return new PlaneView(-reach, reach, -reach, reach);
    }

    /// <summary>
    /// Where the arrows of a field stand: the centres of <paramref name="side"/> by <paramref name="side"/> cells,
    /// [side², 2] row-major, row by row from the lower left one.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than two a side.</exception>
    public double[] Nodes(int side)
    {
        Require.AtLeast(side, 2);
        double[] nodes = new double[2 * side * side];
        for (int i = 0; i < side * side; i++)
        {
            nodes[2 * i] = XMin + (((i % side) + 0.5) * (XMax - XMin) / side);
            nodes[(2 * i) + 1] = YMin + (((i / side) + 0.5) * (YMax - YMin) / side);
        }

        return nodes;
    }
}
