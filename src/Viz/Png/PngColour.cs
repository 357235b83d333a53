namespace ScoreGpu.Viz.Png;

/// <summary>What a pixel of a PNG is, by the number that its header has for it; a byte each.</summary>
internal enum PngColour : byte
{
    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>A place in a palette.</summary>
    Palette = 3,

    /// <summary>Red, green, blue, opacity.</summary>
    Rgba = 6,
}
