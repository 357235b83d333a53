namespace ScoreGpu.Viz.Fields;

/// <summary>Covers a field with streamlines that keep a distance from one another.</summary>
/// <remarks>
/// Jobard and Lefer, "Creating evenly-spaced streamlines of arbitrary density", 1997. A line is followed both ways from
/// its seed until it leaves the grid, meets a place without a direction, closes, or comes nearer than
/// d_test = 0.5·d_sep to another line. New seeds are the places d_sep to either side of the lines that are there, in the
/// order of the lines; one that is nearer than d_sep to a line is dropped. The first seed is the middle of the grid, and
/// where the neighbours of all lines are used up, the first node of a grid of d_sep that is still free begins again: a
/// part behind a place without a direction is not left empty. Nothing is drawn at random.
///
/// Lines are integrated over their length, dx/ds = v/|v|, by the classical Runge–Kutta method with steps of d_sep/10.
/// Lines shorter than d_sep are dropped: they would be dots.
/// </remarks>
internal sealed class StreamlineTracer
{
    /// <summary>d_test / d_sep.</summary>
    public const double TestFactor = 0.5;

    private const int StepsOfSeparation = 10;

    private readonly VectorGrid _field;
    private readonly double _separation;
    private readonly double _step;
    private readonly double _stillness;
    private readonly int _mostSteps;
    private readonly NeighbourGrid _placed;
    private readonly List<Streamline> _lines = [];

    private StreamlineTracer(VectorGrid field, double separation)
    {
        _field = field;
        _separation = separation;
        _step = separation / StepsOfSeparation;

        // Below a billionth of the greatest vector, a direction is rounding.
        _stillness = 1e-9 * field.Greatest;
        double width = field.X[^1] - field.X[0];
        double height = field.Y[^1] - field.Y[0];

        // A line that winds without ever closing or leaving fills the plane at d_test apart, at most.
        _mostSteps = (int)Math.Ceiling(width * height / (TestFactor * _separation * _step)) + StepsOfSeparation;
        _placed = new NeighbourGrid(field.X[0], field.Y[0], width, height, separation);
    }

    /// <summary>The streamlines of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="separation">d_sep, in the units of the plane.</param>
    public static IReadOnlyList<Streamline> Trace(VectorGrid field, double separation)
    {
        var tracer = new StreamlineTracer(field, separation);
        tracer.Cover();
        return [.. tracer._lines.Select((line, i) => line with { Gaps = tracer.GapsOf(line, i) })];
    }

    private void Cover()
    {
        double[] x = _field.X;
        double[] y = _field.Y;
        int used = 0;
        Begin(0.5 * (x[0] + x[^1]), 0.5 * (y[0] + y[^1]), ref used);
        for (double v = y[0] + (0.5 * _separation); v < y[^1]; v += _separation)
        {
            for (double u = x[0] + (0.5 * _separation); u < x[^1]; u += _separation)
            {
                Begin(u, v, ref used);
            }
        }
    }

    private void Begin(double x, double y, ref int used)
    {
        TrySeed(x, y);
        for (; used < _lines.Count; used++)
        {
            Streamline line = _lines[used];
            for (int i = 0; i < line.Count; i++)
            {
                if (Direction(line.X[i], line.Y[i]) is { } along)
                {
                    TrySeed(line.X[i] - (_separation * along.Y), line.Y[i] + (_separation * along.X));
                    TrySeed(line.X[i] + (_separation * along.Y), line.Y[i] - (_separation * along.X));
                }
            }
        }
    }

    private void TrySeed(double x, double y)
    {
        // A seed is exactly d_sep from its parent, give or take a rounding.
        const double Tolerance = 1 - 1e-6;
        if (!_field.Contains(x, y) || _placed.Nearest(x, y, _separation) < Tolerance * _separation)
        {
            return;
        }

        List<(double X, double Y)> line = [(x, y)];
        bool isClosed = Follow(line, forward: true);
        if (!isClosed)
        {
            line.Reverse();
            Follow(line, forward: false);
            line.Reverse();
        }

        if (line.Count > StepsOfSeparation)
        {
            double[] xs = [.. line.Select(point => point.X)];
            double[] ys = [.. line.Select(point => point.Y)];
            _placed.Add(xs, ys, _lines.Count);
            _lines.Add(new Streamline(xs, ys, []));
        }
    }

    /// <summary>Appends to a line while it may go on.</summary>
    /// <returns>Whether it came back to where it began.</returns>
    private bool Follow(List<(double X, double Y)> line, bool forward)
    {
        (double startX, double startY) = line[^1];
        int first = line.Count;
        double sign = forward ? 1 : -1;
        OwnTrail trail = new(line, TestFactor * _separation, forward ? StepsOfSeparation : 0);
        for (int i = 0; i < _mostSteps; i++)
        {
            (double x, double y) = line[^1];
            if (Step(x, y, sign * _step) is not { } next
                || !_field.Contains(next.X, next.Y)
                || _placed.Nearest(next.X, next.Y, TestFactor * _separation) < TestFactor * _separation)
            {
                return false;
            }

            if (line.Count - first > 2 * StepsOfSeparation && Distance(next, (startX, startY)) < _step)
            {
                line.Add(next);
                line.Add((startX, startY));
                return true;
            }

            // A spiral would otherwise wind closer and closer to itself. A circle comes near its start.
            if (trail.IsNear(next.X, next.Y, line.Count))
            {
                return false;
            }

            line.Add(next);
            trail.Note(line.Count - 1);
        }

        return false;
    }

    private (double X, double Y)? Step(double x, double y, double h)
    {
        if (Direction(x, y) is not { } a
            || Direction(x + (0.5 * h * a.X), y + (0.5 * h * a.Y)) is not { } b
            || Direction(x + (0.5 * h * b.X), y + (0.5 * h * b.Y)) is not { } c
            || Direction(x + (h * c.X), y + (h * c.Y)) is not { } d)
        {
            return null;
        }

        double across = (a.X + (2 * b.X) + (2 * c.X) + d.X) / 6;
        double up = (a.Y + (2 * b.Y) + (2 * c.Y) + d.Y) / 6;

        // Around a place that all lines lead to, the stages point against one another and the line stands still.
        return (across * across) + (up * up) < 0.25 ? null : (x + (h * across), y + (h * up));
    }

    private (double X, double Y)? Direction(double x, double y)
    {
        if (!_field.Contains(x, y))
        {
            return null;
        }

        (double u, double v) = _field.At(x, y);
        double length = Math.Sqrt((u * u) + (v * v));
        return length > _stillness ? (u / length, v / length) : null;
    }

    private double[] GapsOf(Streamline line, int index) =>
        [.. line.X.Select((x, i) => Math.Min(_separation, _placed.Nearest(x, line.Y[i], _separation, index)))];

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
