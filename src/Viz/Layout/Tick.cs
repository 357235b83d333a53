namespace ScoreGpu.Viz.Layout;

/// <summary>A mark on an axis; one without a label is minor.</summary>
internal readonly record struct Tick(double Value, string Label)
{
    public bool IsMinor => Label.Length == 0;
}
