namespace ScoreGpu.Viz.Kernels;

/// <summary>Two lines beside each other.</summary>
/// <param name="Left">The index of the line on the left; −1 for none.</param>
/// <param name="Right">The index of the line on the right; −1 for none.</param>
/// <param name="IsMatch">Whether they say the same.</param>
internal readonly record struct LinePair(int Left, int Right, bool IsMatch);
