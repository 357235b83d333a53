using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>Paths of the plane, with a disc where each starts and a square where it ends.</summary>
/// <param name="Paths">The states of each trajectory in order.</param>
internal sealed record TrajectoryLayer(IReadOnlyList<Points> Paths) : Layer
{
    /// <summary>The width in points.</summary>
    public double Width { get; init; } = 1;

    /// <summary>The diameter of the markers at the ends in points; 0 for none.</summary>
    public double MarkerSize { get; init; } = 5;

    /// <summary>Colours by the path's place in the list; without a map, each path takes one of the palette's.</summary>
    public ColorMap? Map { get; init; }

    internal override string Kind => "trajectories";

    internal override bool UsesCycle => false;

    internal override Extent XExtent => Extent.Of(Paths.SelectMany(path => path.X));

    internal override Extent YExtent => Extent.Of(Paths.SelectMany(path => path.Y));

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        for (int i = 0; i < Paths.Count; i++)
        {
            var pen = new Pen(PathColor(i, frame.Theme).Fade(Alpha), Width, RoundCaps: true);
            canvas.Stroke(PathData.Open(frame.At(Paths[i])), pen);
        }

        for (int i = 0; i < Paths.Count && MarkerSize > 0; i++)
        {
            if (Paths[i].Count > 0)
            {
                Points path = Paths[i];
                Color color = PathColor(i, frame.Theme);
                canvas.Marks(new MarkerStyle(Marker.Circle, MarkerSize, color), [frame.At(path.X[0], path.Y[0])]);
                canvas.Marks(new MarkerStyle(Marker.Square, MarkerSize, color), [frame.At(path.X[^1], path.Y[^1])]);
            }
        }
    }

    internal override void DrawKey(ICanvas canvas, Rect area, Theme theme)
    {
        var left = new Point2(area.Left + 2, area.Centre.Y);
        var right = new Point2(area.Right - 2, area.Centre.Y);
        Color color = PathColor(0, theme);
        canvas.Stroke(PathData.Open(left, right), new Pen(color, Width));
        canvas.Marks(new MarkerStyle(Marker.Circle, 4.5, color), [left]);
        canvas.Marks(new MarkerStyle(Marker.Square, 4.5, color), [right]);
    }

    private Color PathColor(int path, Theme theme)
    {
        if (Color is { } ink)
        {
            return ink.In(theme);
        }

        return Map is { } map ? map.Sample(path / Math.Max(1.0, Paths.Count - 1)) : Ink.Cycle(path).In(theme);
    }
}
