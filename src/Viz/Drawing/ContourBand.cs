namespace ScoreGpu.Viz.Drawing;

/// <summary>
/// The region where a gridded function lies between two levels. Each cell is four triangles around its centre, on each
/// of which the function is linear; the pieces' common edges cancel, so that regions of neighbouring levels tile the
/// grid exactly.
/// </summary>
internal static class ContourBand
{
    /// <summary>The region low ≤ z ≤ high as outlines with holes, its corners mapped to the page.</summary>
    public static PathData Region(ScalarGrid grid, double low, double high, Func<double, double, Point2> toPage)
    {
        var outline = new OutlineBuilder();
        var piece = new List<Vertex>(5);
        for (int row = 0; row + 1 < grid.Y.Length; row++)
        {
            for (int column = 0; column + 1 < grid.X.Length; column++)
            {
                Vertex[] corners =
                [
                    At(grid, row, column), At(grid, row, column + 1),
                    At(grid, row + 1, column + 1), At(grid, row + 1, column),
                ];
                double min = corners.Min(v => v.Z);
                double max = corners.Max(v => v.Z);
                if (max < low || min > high)
                {
                    continue;
                }

                if (min >= low && max <= high)
                {
                    outline.Add(corners);
                    continue;
                }

                var centre = new Vertex(
                    (corners[0].X + corners[2].X) / 2, (corners[0].Y + corners[2].Y) / 2, corners.Average(v => v.Z));
                for (int side = 0; side < 4; side++)
                {
                    piece.Clear();
                    piece.AddRange([corners[side], corners[(side + 1) % 4], centre]);
                    outline.Add(Clip(Clip(piece, low, keepAbove: true), high, keepAbove: false));
                }
            }
        }

        return outline.Build(toPage);
    }

    private static Vertex At(ScalarGrid grid, int row, int column)
        => new(grid.X[column], grid.Y[row], grid[row, column]);

    private static List<Vertex> Clip(List<Vertex> polygon, double level, bool keepAbove)
    {
        var kept = new List<Vertex>(polygon.Count + 2);
        for (int i = 0; i < polygon.Count; i++)
        {
            Vertex from = polygon[i];
            Vertex to = polygon[(i + 1) % polygon.Count];
            bool isFromIn = keepAbove ? from.Z >= level : from.Z <= level;
            bool isToIn = keepAbove ? to.Z >= level : to.Z <= level;
            if (isFromIn)
            {
                kept.Add(from);
            }

            if (isFromIn != isToIn && from.Z != level && to.Z != level)
            {
                kept.Add(Cross(from, to, level));
            }
        }

        return kept;
    }

    // Always computed from the lower end, so that both triangles on an edge find the very same point.
    private static Vertex Cross(Vertex a, Vertex b, double level)
    {
        (Vertex from, Vertex to) = (a.Z, a.X, a.Y).CompareTo((b.Z, b.X, b.Y)) < 0 ? (a, b) : (b, a);
        double t = (level - from.Z) / (to.Z - from.Z);
        return new Vertex(from.X + ((to.X - from.X) * t), from.Y + ((to.Y - from.Y) * t), level);
    }

    internal readonly record struct Vertex(double X, double Y, double Z);
}
