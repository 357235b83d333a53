using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>What a place is where the score of a density of the plane is zero.</summary>
internal enum CriticalKind
{
    /// <summary>ln p falls in every direction.</summary>
    Peak,

    /// <summary>It rises in one direction and falls in another.</summary>
    Saddle,

    /// <summary>It rises in every direction.</summary>
    Basin,
}

/// <summary>A place where a score is zero.</summary>
internal sealed record CriticalPoint(double X, double Y, CriticalKind Kind);

/// <summary>The zeros of a mixture's score in the plane.</summary>
internal static class CriticalPoints
{
    // Newton's method is quadratic: what has not arrived by then goes nowhere.
    private const int MostSteps = 60;
    private const double Same = 1e-6;

    /// <summary>Every zero that Newton's method finds from the nodes of a grid, in order of y, then of x.</summary>
    /// <param name="density">The mixture, of the plane.</param>
    /// <param name="reach">The grid, and the zeros, reach this far from the origin.</param>
    /// <param name="nodes">Nodes a side; an odd number has a node in the middle.</param>
    public static IReadOnlyList<CriticalPoint> Find(GaussianMixture density, double reach, int nodes = 41)
    {
        Points starts = Points.Grid(-reach, reach, -reach, reach, nodes, nodes);
        var ends = new CriticalPoint?[starts.Count];
        Parallel.For(0, starts.Count, i => ends[i] = Follow(density, starts.X[i], starts.Y[i], reach));
        List<CriticalPoint> found = [];
        foreach (CriticalPoint? end in ends)
        {
            if (end is not null && !found.Exists(other =>
                Math.Abs(other.X - end.X) < Same && Math.Abs(other.Y - end.Y) < Same))
            {
                found.Add(end);
            }
        }

        return [.. found.OrderBy(point => Math.Round(point.Y, 5)).ThenBy(point => point.X)];
    }

    private static CriticalPoint? Follow(GaussianMixture density, double x, double y, double reach)
    {
        Span<double> score = stackalloc double[2];
        Span<double> first = stackalloc double[2];
        Span<double> second = stackalloc double[2];
        for (int step = 0; step < MostSteps; step++)
        {
            density.Score([x, y], score);
            density.ScoreJacobianVector([x, y], [1.0, 0.0], first);
            density.ScoreJacobianVector([x, y], [0.0, 1.0], second);
            double determinant = (first[0] * second[1]) - (first[1] * second[0]);
            double dx = ((score[1] * second[0]) - (score[0] * second[1])) / determinant;
            double dy = ((score[0] * first[1]) - (score[1] * first[0])) / determinant;
            (x, y) = (x + dx, y + dy);
            if (!double.IsFinite(x + y) || Math.Abs(x) > reach || Math.Abs(y) > reach)
            {
                return null;
            }

            if (Math.Abs(dx) + Math.Abs(dy) < 1e-12)
            {
                CriticalKind kind = determinant < 0
                    ? CriticalKind.Saddle
                    : first[0] < 0 ? CriticalKind.Peak : CriticalKind.Basin;
                return new CriticalPoint(x, y, kind);
            }
        }

        return null;
    }
}
