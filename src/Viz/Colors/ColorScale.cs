namespace ScoreGpu.Viz;

/// <summary>A colour map over a range of values.</summary>
internal sealed record ColorScale(ColorMap Map, double Min, double Max, double Alpha)
{
    public Color Sample(double value) => Map.Sample(Max > Min ? (value - Min) / (Max - Min) : 0.5).Fade(Alpha);
}
