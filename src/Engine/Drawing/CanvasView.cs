using ScoreGpu.Engine.Data;

namespace ScoreGpu.Engine.Drawing;

/// <summary>The part of the plane that an image shows, and the two coordinates that span the plane.</summary>
/// <param name="Left">The horizontal coordinate at the left edge.</param>
/// <param name="Right">At the right edge; above <paramref name="Left"/>.</param>
/// <param name="Bottom">The vertical coordinate at the lower edge.</param>
/// <param name="Top">At the upper edge; above <paramref name="Bottom"/>.</param>
/// <param name="AxisX">Which coordinate of a state is horizontal.</param>
/// <param name="AxisY">Which is vertical.</param>
public readonly record struct CanvasView(
    double Left, double Right, double Bottom, double Top, int AxisX = 0, int AxisY = 1)
{
    /// <summary>This view, widened in one direction so that a unit is as many pixels in both.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows of pixels.</param>
    public CanvasView WidenedTo(int width, int height)
    {
        double unitsAPixel = Math.Max((Right - Left) / width, (Top - Bottom) / height);
        double halfWidth = 0.5 * width * unitsAPixel;
        double halfHeight = 0.5 * height * unitsAPixel;
        double x = 0.5 * (Left + Right);
        double y = 0.5 * (Bottom + Top);
        return this with { Left = x - halfWidth, Right = x + halfWidth, Bottom = y - halfHeight, Top = y + halfHeight };
    }

    /// <summary>This view of data units in the units of a model that was trained on standardised points.</summary>
    /// <param name="scale">How data became the model's units; null where they are the same.</param>
    public CanvasView InModelUnits(DataScale? scale) => scale is null
        ? this
        : this with
        {
            Left = (Left - scale.Mean[AxisX]) / scale.StandardDeviation[AxisX],
            Right = (Right - scale.Mean[AxisX]) / scale.StandardDeviation[AxisX],
            Bottom = (Bottom - scale.Mean[AxisY]) / scale.StandardDeviation[AxisY],
            Top = (Top - scale.Mean[AxisY]) / scale.StandardDeviation[AxisY],
        };
}
