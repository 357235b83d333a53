namespace ScoreGpu.Viz.Fields;

/// <summary>Tells when a line that is being followed comes near an earlier part of itself.</summary>
/// <param name="line">The line.</param>
/// <param name="distance">How near is too near.</param>
/// <param name="first">The first point that counts.</param>
internal sealed class OwnTrail(List<(double X, double Y)> line, double distance, int first)
{
    // Half a turn of the tightest circle that is that wide, in steps of a fifth of the distance, and some more.
    private const int Recent = 12;

    private readonly Dictionary<(long, long), List<int>> _cells = [];
    private int _noted = first;

    /// <summary>Notes the points up to an index.</summary>
    public void Note(int last)
    {
        for (; _noted <= last; _noted++)
        {
            (long, long) key = KeyOf(line[_noted].X, line[_noted].Y);
            if (!_cells.TryGetValue(key, out List<int>? points))
            {
                _cells.Add(key, points = []);
            }

            points.Add(_noted);
        }
    }

    /// <summary>Whether a place is too near a point that is not one of the last few.</summary>
    public bool IsNear(double x, double y, int count)
    {
        (long column, long row) = KeyOf(x, y);
        for (long r = row - 1; r <= row + 1; r++)
        {
            for (long c = column - 1; c <= column + 1; c++)
            {
                if (_cells.TryGetValue((c, r), out List<int>? points) && points.Exists(IsTooNear))
                {
                    return true;
                }
            }
        }

        return false;

        bool IsTooNear(int i) => i < count - Recent
            && ((line[i].X - x) * (line[i].X - x)) + ((line[i].Y - y) * (line[i].Y - y)) < distance * distance;
    }

    private (long Column, long Row) KeyOf(double x, double y) =>
        ((long)Math.Floor(x / distance), (long)Math.Floor(y / distance));
}
