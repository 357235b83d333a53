using System.Globalization;
using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Lettering;

/// <summary>
/// Reads a glyph's description: two letters for the free space left and right, the width, then pen commands.
/// <c>M x y</c> lifts the pen, <c>L x y …</c> draws lines, <c>Q</c> and <c>C</c> quadratic and cubic curves,
/// <c>E cx cy rx ry</c> a rounded ellipse, <c>A cx cy rx ry from to</c> an arc of one in degrees counter-clockwise
/// after lifting, <c>a</c> the same joined to the pen, <c>D x y</c> a dot, <c>Z</c> closes.
/// </summary>
internal static class GlyphReader
{
    private const int CurveSteps = 12;

    // Above 2, an ellipse's shoulders fill out: bowls look round at text sizes where true ellipses look pinched.
    private const double Squareness = 2.25;

    public static Glyph Read(string description)
    {
        string[] tokens = description.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var strokes = new PathData();
        var dots = new List<Point2>();
        var pen = new List<Point2>();
        int at = 2;
        char command = ' ';
        while (at < tokens.Length)
        {
            if (char.IsAsciiLetter(tokens[at][0]))
            {
                command = tokens[at++][0];
            }

            switch (command)
            {
                case 'M':
                    Lift(strokes, pen, closed: false);
                    pen.Add(Next());
                    command = 'L';
                    break;
                case 'L':
                    pen.Add(Next());
                    break;
                case 'Q':
                    Point2 bend = Next();
                    Point2 end = Next();
                    AddCubic(pen, pen[^1] + ((bend - pen[^1]) * (2.0 / 3)), end + ((bend - end) * (2.0 / 3)), end);
                    break;
                case 'C':
                    AddCubic(pen, Next(), Next(), Next());
                    break;
                case 'E':
                    Lift(strokes, pen, closed: false);
                    AddArc(pen, Next(), Next(), 0, 360);
                    Lift(strokes, pen, closed: true);
                    break;
                case 'A':
                    Lift(strokes, pen, closed: false);
                    AddArc(pen, Next(), Next(), Number(), Number());
                    break;
                case 'a':
                    AddArc(pen, Next(), Next(), Number(), Number());
                    break;
                case 'D':
                    dots.Add(Next());
                    break;
                case 'Z':
                    Lift(strokes, pen, closed: true);
                    break;
                default:
                    throw new InvalidOperationException($"The glyph \"{description}\" has no command '{command}'.");
            }
        }

        Lift(strokes, pen, closed: false);
        return new Glyph(strokes, dots, Bearing(tokens[0][0]), Parse(tokens[1]), Bearing(tokens[0][1]));

        double Number() => Parse(tokens[at++]);

        Point2 Next() => new(Number(), Number());
    }

    private static double Parse(string token) => double.Parse(token, CultureInfo.InvariantCulture);

    private static double Bearing(char kind) => kind switch
    {
        's' => 6.6,
        'r' => 4.2,
        'o' => 3,
        'd' => 1.4,
        't' => 5.6,
        'x' => 9,
        'z' => 0,
        _ => throw new InvalidOperationException($"There is no side bearing '{kind}'."),
    };

    private static void Lift(PathData strokes, List<Point2> pen, bool closed)
    {
        if (pen.Count > 0)
        {
            strokes.Add(pen.ToArray(), closed);
            pen.Clear();
        }
    }

    private static void AddCubic(List<Point2> pen, Point2 b, Point2 c, Point2 d)
    {
        Point2 a = pen[^1];
        for (int i = 1; i <= CurveSteps; i++)
        {
            double t = (double)i / CurveSteps;
            double u = 1 - t;
            pen.Add((a * (u * u * u)) + (b * (3 * u * u * t)) + (c * (3 * u * t * t)) + (d * (t * t * t)));
        }
    }

    private static void AddArc(List<Point2> pen, Point2 centre, Point2 radius, double from, double to)
    {
        int steps = Math.Max(2, (int)Math.Ceiling(Math.Abs(to - from) / 7.5));
        bool isFull = Math.Abs(to - from) >= 360;
        for (int i = 0; i < (isFull ? steps : steps + 1); i++)
        {
            double angle = (from + ((to - from) * i / steps)) * Math.PI / 180;
            pen.Add(centre + new Point2(radius.X * Bulge(Math.Cos(angle)), radius.Y * Bulge(Math.Sin(angle))));
        }
    }

    private static double Bulge(double v) => Math.Sign(v) * Math.Pow(Math.Abs(v), 2 / Squareness);
}
