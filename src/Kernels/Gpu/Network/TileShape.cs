namespace ScoreGpu.Kernels.Gpu;

/// <summary>How a group's tile is cut: columns are samples, or a sample and the tangents carried with it.</summary>
/// <remarks>
/// <code>
///   column   0 … s−1 | s … 2s−1 | … | unused          s = Samples
///   lane     value   | tangent 1| … | zeros           Lanes = 1 + tangents
/// </code>
/// In local memory, in floats: the weight slices, ping [Width, Columns], pong [Width, Columns], and then what the kernel
/// needs besides.
/// </remarks>
/// <param name="Columns">Columns, S: a power of two from 4 to 256.</param>
/// <param name="Lanes">Columns of one sample; at most <paramref name="Columns"/>.</param>
/// <param name="Samples">Samples of a tile: ⌊Columns / Lanes⌋.</param>
/// <param name="Width">Features of the widest layer.</param>
public readonly record struct TileShape(int Columns, int Lanes, int Samples, int Width);
