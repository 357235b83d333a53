namespace ScoreGpu.Viz.Drawing;

/// <summary>
/// What a laid-out figure is drawn on. Lengths are in points from the page's top left corner; y grows downwards.
/// </summary>
internal interface ICanvas
{
    /// <summary>Fills a path by the non-zero winding rule.</summary>
    void Fill(PathData path, Color color);

    /// <summary>Strokes a path with round joins.</summary>
    void Stroke(PathData path, Pen pen);

    /// <summary>Draws one marker at each centre, in order.</summary>
    void Marks(MarkerStyle style, IReadOnlyList<Point2> centres);

    /// <summary>Sets one line of text with its baseline through the anchor.</summary>
    void Text(string text, Point2 anchor, TextStyle style);

    /// <summary>Draws an image stretched over an area.</summary>
    void Image(Pixels pixels, Rect area);

    /// <summary>Limits what follows to an area, until the matching <see cref="PopClip"/>.</summary>
    void PushClip(Rect area);

    void PopClip();

    /// <summary>Begins a named group that is blended as a whole with the given opacity.</summary>
    void PushGroup(string name, double opacity = 1);

    void PopGroup();
}
