namespace ScoreGpu.Viz.Png;

/// <summary>An image, filtered and compressed: the data of a still, or of a frame of a film.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Colour">What a pixel is.</param>
/// <param name="Data">The compressed rows.</param>
internal sealed record PngFrame(int Width, int Height, PngColour Colour, byte[] Data)
{
    /// <summary>Filters and compresses an image.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colour">What a pixel is.</param>
    /// <param name="samples">[height, width, bytes of a pixel], from the top.</param>
    public static PngFrame Compress(int width, int height, PngColour colour, byte[] samples)
    {
        int pixelBytes = BytesOf(colour);
        byte[] rows = PngFilter.Best(samples, width * pixelBytes, pixelBytes);
        return new PngFrame(width, height, colour, PngChunks.Compress(rows));
    }

    private static int BytesOf(PngColour colour) => colour switch
    {
        PngColour.Palette => 1,
        PngColour.Rgb => 3,
        _ => 4,
    };
}
