using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>Draws nothing, but keeps points along all that is drawn: where a panel is crowded.</summary>
internal sealed class CrowdCanvas : ICanvas
{
    private const double Spacing = 4;

    private readonly List<Point2> _marks = [];

    public List<Point2> Marks => _marks;

    public void Fill(PathData path, Color color) => Walk(path);

    public void Stroke(PathData path, Pen pen) => Walk(path);

    void ICanvas.Marks(MarkerStyle style, IReadOnlyList<Point2> centres) => _marks.AddRange(centres);

    public void Text(string text, Point2 anchor, TextStyle style) => _marks.Add(anchor);

    public void Image(Pixels pixels, Rect area)
    {
    }

    public void PushClip(Rect area)
    {
    }

    public void PopClip()
    {
    }

    public void PushGroup(string name, double opacity = 1)
    {
    }

    public void PopGroup()
    {
    }

    private void Walk(PathData path)
    {
        foreach (PathData.Polyline polyline in path.Polylines)
        {
            for (int i = 1; i < polyline.Points.Count; i++)
            {
                Point2 along = polyline.Points[i] - polyline.Points[i - 1];
                int pieces = Math.Clamp((int)(along.Length / Spacing), 1, 1000);
                for (int piece = 0; piece < pieces; piece++)
                {
                    _marks.Add(polyline.Points[i - 1] + (along * ((double)piece / pieces)));
                }
            }
        }
    }
}
