namespace ScoreGpu.Viz.Drawing;

/// <summary>How a marker is drawn.</summary>
/// <param name="Shape">Its outline.</param>
/// <param name="Size">Its diameter in points.</param>
/// <param name="Fill">Its colour.</param>
/// <param name="Edge">The pen of its outline, if it has one.</param>
internal sealed record MarkerStyle(Marker Shape, double Size, Color Fill, Pen? Edge = null);
