using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>One panel of <see cref="FieldFrames"/>: a field at each value of the parameter.</summary>
/// <param name="Title">What stands over the panel; may be empty.</param>
/// <param name="Vectors">The vectors at each value, one a node of <see cref="PlaneView.Nodes"/>, in its order.</param>
public sealed record FieldSeries(string Title, IReadOnlyList<Points> Vectors)
{
    /// <summary>
    /// A density behind the arrows at each value, all at the same even nodes; without it, none. 48 by 48 are enough,
    /// as the page draws it smooth, each frame up to its own peak.
    /// </summary>
    public IReadOnlyList<ScalarGrid>? Densities { get; init; }

    /// <summary>Points over the field at each value, in any number; without them, none.</summary>
    public IReadOnlyList<Points>? Points { get; init; }

    /// <summary>Refuses arrays of another shape.</summary>
    internal void RequireShape(int frames, int nodes, string name)
    {
        ArgumentNullException.ThrowIfNull(Title);
        ArgumentNullException.ThrowIfNull(Vectors);
        Require.SameLength(Vectors.Count, frames, $"{name}.{nameof(Vectors)}", "labels");
        for (int i = 0; i < frames; i++)
        {
            Require.SameLength(Vectors[i].Count, nodes, $"{name}.{nameof(Vectors)}[{i}]", "the grid");
        }

        if (Points is not null)
        {
            Require.SameLength(Points.Count, frames, $"{name}.{nameof(Points)}", "labels");
        }

        if (Densities is not null)
        {
            Require.SameLength(Densities.Count, frames, $"{name}.{nameof(Densities)}", "labels");
            RequireEvenNodes(Densities, $"{name}.{nameof(Densities)}");
        }
    }

    /// <summary>The panel as the page's script reads it.</summary>
    internal JsonObject ToJson(PlaneView view)
    {
        var (vectors, scales) = Quantised.Signed16(Vectors);
        JsonObject json = new() { ["vectors"] = vectors, ["scales"] = scales };
        if (Densities is not null)
        {
            ScalarGrid first = Densities[0];
            json["density"] = new JsonObject
            {
                ["columns"] = first.X.Length,
                ["rows"] = first.Y.Length,
                ["nodes"] = new JsonArray(first.X[0], first.X[^1], first.Y[0], first.Y[^1]),
                ["cells"] = Quantised.Unsigned8(Densities.Select(density => density.Values)),
            };
        }

        if (Points is not null)
        {
            json["points"] = new JsonArray(
                [.. Points.Select(points => JsonValue.Create(Quantised.Positions(points, view)))]);
        }

        return json;
    }

    private static void RequireEvenNodes(IReadOnlyList<ScalarGrid> grids, string name)
    {
        ScalarGrid first = grids[0];
        RequireEven(first.X, $"{name}[0].X");
        RequireEven(first.Y, $"{name}[0].Y");
        int other = grids.ToList().FindIndex(grid => !grid.X.SequenceEqual(first.X) || !grid.Y.SequenceEqual(first.Y));
        if (other >= 0)
        {
            throw new ArgumentException($"{name}[{other}] has other nodes; expected those of {name}[0].", name);
        }
    }

    private static void RequireEven(double[] nodes, string name)
    {
        double step = (nodes[^1] - nodes[0]) / (nodes.Length - 1);
        for (int i = 1; i < nodes.Length; i++)
        {
            if (Math.Abs(nodes[i] - nodes[0] - (i * step)) > 1e-6 * Math.Abs(nodes[^1] - nodes[0]))
            {
                throw new ArgumentException($"{name} is uneven at {i}; expected evenly spaced nodes.", name);
            }
        }
    }
}
