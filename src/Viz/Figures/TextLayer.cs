using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>Words at a place in the data, ringed with the panel's colour to stay legible over other layers.</summary>
/// <param name="X">Abscissa of the middle of the line.</param>
/// <param name="Y">Ordinate of the middle of the letters' height.</param>
/// <param name="Words">One line of text.</param>
internal sealed record TextLayer(double X, double Y, string Words) : Layer
{
    /// <summary>The em in points.</summary>
    public double Size { get; init; } = 9;

    /// <summary>Whether the heavier weight is used.</summary>
    public bool IsBold { get; init; }

    internal override string Kind => "text";

    internal override bool UsesCycle => false;

    internal override void Draw(ICanvas canvas, Frame frame)
    {
        Color color = (Color ?? Ink.Foreground).In(frame.Theme).Fade(Alpha);
        var style = new TextStyle(color, Size, TextAlign.Middle, IsBold, Halo: frame.Theme.Panel);
        canvas.Text(Words, frame.At(X, Y) + new Point2(0, Size * 0.36), style);
    }
}
