namespace ScoreGpu.Cli.Figures;

/// <summary>The nodes of an even square grid.</summary>
internal sealed class FieldGrid
{
    /// <summary>Creates the grid.</summary>
    /// <param name="low">The lower end in both directions.</param>
    /// <param name="high">The upper end in both directions.</param>
    /// <param name="count">Nodes in each direction, at least 2.</param>
    public FieldGrid(double low, double high, int count)
    {
        Nodes = [.. Enumerable.Range(0, count).Select(i => low + ((high - low) * i / (count - 1)))];
        Points = new float[2 * count * count];
        for (int node = 0; node < count * count; node++)
        {
            Points[2 * node] = (float)Nodes[node % count];
            Points[(2 * node) + 1] = (float)Nodes[node / count];
        }
    }

    /// <summary>The coordinates along each direction.</summary>
    public double[] Nodes { get; }

    /// <summary>[G, G, 2]: the rows have x1 in rising order, and in each x0 rises.</summary>
    public float[] Points { get; }
}
