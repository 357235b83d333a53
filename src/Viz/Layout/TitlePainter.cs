using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>
/// Draws a title: its first line bold, the others smaller and lighter; lines too long are set smaller.
/// </summary>
internal static class TitlePainter
{
    public static void Draw(
        ICanvas canvas, string title, Point2 top, double length, double firstSize, double otherSize, Theme theme)
    {
        double y = top.Y;
        string[] lines = title.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            double size = i == 0 ? firstSize : otherSize;
            Color color = i == 0 ? theme.Foreground : theme.Muted;
            y += size * Typography.LineHeight;
            var baseline = new Point2(top.X, y - (size * 0.32));
            double fitted = Typography.Fit(lines[i], size, length, isBold: i == 0);
            canvas.Text(lines[i], baseline, new TextStyle(color, fitted, TextAlign.Middle, IsBold: i == 0));
        }
    }
}
