using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>A polyline through points, with or without markers. A NaN in either column breaks the line.</summary>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates.</param>
internal sealed record LineLayer(Column X, Column Y) : Layer
{
    /// <summary>The width in points; 0 draws only the markers.</summary>
    public double Width { get; init; } = 1.6;

    /// <summary>How the line is broken.</summary>
    public Dash Dash { get; init; }

    /// <summary>The marker at each point.</summary>
    public Marker Marker { get; init; }

    /// <summary>The markers' diameter in points.</summary>
    public double MarkerSize { get; init; } = 5;

    internal override string Kind => "line";

    internal override Extent XExtent => Extent.Of(X.Values);

    internal override Extent YExtent => Extent.Of(Y.Values);

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        var path = new PathData();
        var run = new List<Point2>();
        var all = new List<Point2>();
        for (int i = 0; i < X.Length; i++)
        {
            if (double.IsNaN(X.Values[i]) || double.IsNaN(Y.Values[i]))
            {
                path.Add(run, closed: false);
                run = [];
                continue;
            }

            run.Add(frame.At(X.Values[i], Y.Values[i]));
            all.Add(run[^1]);
        }

        path.Add(run, closed: false);
        if (Width > 0)
        {
            canvas.Stroke(path, Pen(frame.Theme));
        }

        DrawMarkers(canvas, all, frame.Theme);
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme)
    {
        Point2 centre = area.Centre;
        if (Width > 0)
        {
            canvas.Stroke(
                PathData.Open(new Point2(area.Left, centre.Y), new Point2(area.Right, centre.Y)), Pen(theme));
        }

        DrawMarkers(canvas, [centre], theme);
    }

    private Pen Pen(Theme theme) => new(Shade(theme), Width, Dash.For(Width), RoundCaps: Dash == Dash.Solid);

    private void DrawMarkers(ICanvas canvas, IReadOnlyList<Point2> centres, Theme theme)
    {
        if (Marker != Marker.None)
        {
            canvas.Marks(new MarkerStyle(Marker, MarkerSize, Shade(theme)), centres);
        }
    }
}
