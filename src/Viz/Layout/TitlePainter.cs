using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>Draws a title: its first line bold, the others smaller and lighter.</summary>
internal static class TitlePainter
{
    public static void Draw(
        ICanvas canvas, string title, double centre, double top, double firstSize, double otherSize, Theme theme)
    {
        double y = top;
        string[] lines = title.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            double size = i == 0 ? firstSize : otherSize;
            Color color = i == 0 ? theme.Foreground : theme.Muted;
            y += size * Typography.LineHeight;
            var baseline = new Point2(centre, y - (size * 0.32));
            canvas.Text(lines[i], baseline, new TextStyle(color, size, TextAlign.Middle, IsBold: i == 0));
        }
    }
}
