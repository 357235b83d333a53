namespace ScoreGpu.Engine.Drawing;

/// <summary>The part of the plane that an image shows, and the two coordinates that span the plane.</summary>
/// <param name="Left">The horizontal coordinate at the left edge.</param>
/// <param name="Right">At the right edge; above <paramref name="Left"/>.</param>
/// <param name="Bottom">The vertical coordinate at the lower edge.</param>
/// <param name="Top">At the upper edge; above <paramref name="Bottom"/>.</param>
/// <param name="AxisX">Which coordinate of a state is horizontal.</param>
/// <param name="AxisY">Which is vertical.</param>
public readonly record struct CanvasView(
    double Left, double Right, double Bottom, double Top, int AxisX = 0, int AxisY = 1);
