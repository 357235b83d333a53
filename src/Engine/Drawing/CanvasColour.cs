namespace ScoreGpu.Engine.Drawing;

/// <summary>
/// A colour as a canvas adds it up: three components, in whatever space colours are to be mixed in. Linear light gives
/// what overlapping light gives.
/// </summary>
/// <param name="First">The first component, such as red.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
public readonly record struct CanvasColour(byte First, byte Second, byte Third);
