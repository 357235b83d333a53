using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>Cuts a polyline into dashes.</summary>
internal static class Dasher
{
    /// <summary>
    /// The drawn pieces of a polyline; <paramref name="dash"/> holds lengths drawn and skipped in turn.
    /// </summary>
    public static IEnumerable<List<Point2>> Cut(IReadOnlyList<Point2> points, bool closed, double[] dash)
    {
        int index = 0;
        double left = dash[0];
        List<Point2>? current = [points[0]];
        int segments = closed ? points.Count : points.Count - 1;
        for (int i = 0; i < segments; i++)
        {
            Point2 from = points[i];
            Point2 to = points[(i + 1) % points.Count];
            double length = (to - from).Length;
            double position = 0;
            while (length - position > left)
            {
                position += left;
                Point2 at = from + ((to - from) * (position / length));
                if (current is not null)
                {
                    current.Add(at);
                    yield return current;
                    current = null;
                }
                else
                {
                    current = [at];
                }

                index = (index + 1) % dash.Length;
                left = dash[index];
            }

            left -= length - position;
            current?.Add(to);
        }

        if (current is { Count: > 1 })
        {
            yield return current;
        }
    }
}
