namespace ScoreGpu.Viz.Png;

/// <summary>
/// What lay under a group before it was drawn. On an opaque page, a group of opacity o over a backdrop B is
/// B + o·(drawn − B), so keeping B is all that blending the group as a whole needs.
/// </summary>
internal sealed class Backdrop
{
    private readonly PixelRect _area;
    private readonly float[] _saved;
    private readonly float _opacity;

    private Backdrop(PixelRect area, float[] saved, float opacity)
    {
        _area = area;
        _saved = saved;
        _opacity = opacity;
    }

    public static Backdrop Take(float[] rgb, int stride, PixelRect area, float opacity)
    {
        int rowLength = Math.Max(area.Width, 0) * 3;
        float[] saved = new float[rowLength * Math.Max(area.Height, 0)];
        for (int y = area.Top; y < area.Bottom && rowLength > 0; y++)
        {
            rgb.AsSpan(((y * stride) + area.Left) * 3, rowLength).CopyTo(saved.AsSpan((y - area.Top) * rowLength));
        }

        return new Backdrop(area, saved, opacity);
    }

    public void BlendUnder(float[] rgb, int stride)
    {
        int rowLength = Math.Max(_area.Width, 0) * 3;
        for (int y = _area.Top; y < _area.Bottom; y++)
        {
            int from = (y - _area.Top) * rowLength;
            int to = ((y * stride) + _area.Left) * 3;
            for (int i = 0; i < rowLength; i++)
            {
                rgb[to + i] = _saved[from + i] + ((rgb[to + i] - _saved[from + i]) * _opacity);
            }
        }
    }
}
