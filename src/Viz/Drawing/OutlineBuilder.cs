namespace ScoreGpu.Viz.Drawing;

/// <summary>
/// Joins polygons that share whole edges into outlines: an edge met in both directions is inside, and goes.
/// </summary>
internal sealed class OutlineBuilder
{
    private readonly HashSet<((double X, double Y) From, (double X, double Y) To)> _edges = [];

    /// <summary>Adds a polygon; all must turn the same way.</summary>
    public void Add(IReadOnlyList<ContourBand.Vertex> polygon)
    {
        for (int i = 0; i < polygon.Count; i++)
        {
            ContourBand.Vertex a = polygon[i];
            ContourBand.Vertex b = polygon[(i + 1) % polygon.Count];
            (double, double) from = (a.X, a.Y);
            (double, double) to = (b.X, b.Y);
            if (from != to && !_edges.Remove((to, from)))
            {
                _edges.Add((from, to));
            }
        }
    }

    /// <summary>Chains what is left into closed outlines, holes turning the other way.</summary>
    public PathData Build(Func<double, double, Point2> toPage)
    {
        var next = new Dictionary<(double X, double Y), Stack<(double X, double Y)>>();
        var ordered = _edges.Order().ToList();
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            if (!next.TryGetValue(ordered[i].From, out Stack<(double X, double Y)>? ends))
            {
                next[ordered[i].From] = ends = new Stack<(double X, double Y)>();
            }

            ends.Push(ordered[i].To);
        }

        var path = new PathData();
        foreach (((double X, double Y) start, _) in ordered)
        {
            var loop = new List<(double X, double Y)>();
            (double X, double Y) at = start;
            while (next[at].TryPop(out (double X, double Y) following))
            {
                loop.Add(at);
                at = following;
            }

            if (loop.Count > 2)
            {
                path.Add(WithoutStraights(loop).ConvertAll(p => toPage(p.X, p.Y)), closed: true);
            }
        }

        return path;
    }

    private static List<(double X, double Y)> WithoutStraights(List<(double X, double Y)> loop)
    {
        var bends = new List<(double X, double Y)>(loop.Count);
        for (int i = 0; i < loop.Count; i++)
        {
            (double X, double Y) before = loop[(i + loop.Count - 1) % loop.Count];
            (double X, double Y) at = loop[i];
            (double X, double Y) after = loop[(i + 1) % loop.Count];
            bool isUpright = (before.X == at.X && at.X == after.X) || (before.Y == at.Y && at.Y == after.Y);
            if (!isUpright)
            {
                bends.Add(at);
            }
        }

        return bends;
    }
}
