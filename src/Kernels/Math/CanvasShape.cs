namespace ScoreGpu.Kernels;

/// <summary>How states become places on an image: two axes, each scaled and moved, in 1/256 of a pixel.</summary>
/// <remarks>
/// A place is rint(fma(x, scale, offset)): one multiply-add of one rounding, and the nearest whole number, ties to even.
/// Both are the same on every device, and whatever follows is whole numbers, so that an image has the same bits
/// everywhere. Pixel (i, j) covers the places 256·i … 256·i + 255 and 256·j … 256·j + 255; j counts downwards.
/// </remarks>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="AxisX">The coordinate of a state that runs to the right.</param>
/// <param name="AxisY">The coordinate of a state that runs upwards.</param>
/// <param name="ScaleX">Places a unit of the one.</param>
/// <param name="OffsetX">The place of its zero.</param>
/// <param name="ScaleY">Places a unit of the other; below 0.</param>
/// <param name="OffsetY">The place of its zero.</param>
public readonly record struct CanvasShape(
    int Width, int Height, int AxisX, int AxisY, float ScaleX, float OffsetX, float ScaleY, float OffsetY)
{
    /// <summary>The places of a pixel are 2 to the power of this.</summary>
    public const int PlaceBits = 8;

    /// <summary>Places beyond this, half a million pixels, are <see cref="Nowhere"/>.</summary>
    public const int Farthest = 1 << 27;

    /// <summary>The place of what is not finite, or too far away.</summary>
    public const int Nowhere = int.MinValue;

    /// <summary>The place of a coordinate.</summary>
    /// <param name="x">The coordinate.</param>
    /// <param name="scale">Places a unit.</param>
    /// <param name="offset">The place of zero.</param>
    public static int Place(float x, float scale, float offset)
    {
        float place = MathF.Round(MathF.FusedMultiplyAdd(x, scale, offset));

        // False for NaN as well.
        return MathF.Abs(place) <= Farthest ? (int)place : Nowhere;
    }
}
