using ScoreGpu.Engine.Drawing;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Options;

/// <summary>How a picture is to look.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Color">What colours say, by the name of the option.</param>
/// <param name="Tone">How much is how bright.</param>
/// <param name="Map">The colours.</param>
/// <param name="Theme">The page.</param>
/// <param name="Modes">The centres of the modes in model units, [K, D]; empty where they are not needed.</param>
/// <param name="View">What to show, in data units; null for what suits the run.</param>
/// <param name="Dimension">D.</param>
/// <param name="AxisX">The horizontal coordinate.</param>
/// <param name="AxisY">The vertical coordinate.</param>
internal sealed record PictureStyle(
    int Width,
    int Height,
    string Color,
    ToneMapping Tone,
    ColorMap Map,
    Theme Theme,
    float[] Modes,
    CanvasView? View,
    int Dimension,
    int AxisX,
    int AxisY);
