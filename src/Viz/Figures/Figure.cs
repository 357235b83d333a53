using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Viz.Layout;
using ScoreGpu.Viz.Png;
using ScoreGpu.Viz.Svg;

namespace ScoreGpu.Viz;

/// <summary>
/// A picture: a grid of panels under an optional title, described once and written as SVG or PNG. Lengths are in
/// points (1/72 inch) unless said otherwise; the same description always gives the same bytes.
/// </summary>
/// <example>
/// <code>
/// var figure = new Figure(width: 12, height: 4, columns: 2) { Theme = Theme.Light };
/// figure.Title("A Gaussian\nand the direction in which its density rises");
/// Column x = Column.Even(-4, 4, 400);
/// figure[0, 0]
///     .Title("Probability density").XLabel("x").YLabel("p(x)")
///     .Fill(x, x.Map(Density), color: Ink.Blue)
///     .Line(x, x.Map(Density), color: Ink.Blue, width: 2)
///     .VerticalLine(0, color: Ink.Orange, label: "peak at x = 0")
///     .Legend();
/// figure[0, 1]
///     .Title("Score ∇ log p(x)").XLabel("x").YLimits(-6, 6)
///     .HorizontalLine(0, dash: Dash.Solid, width: 0.5)
///     .Line(x, x.Map(v => -v), color: Ink.Violet, width: 2);
/// figure.Save("gaussian.svg");
/// figure.SavePng("gaussian.png", dpi: 200);
/// </code>
/// </example>
public sealed class Figure
{
    private readonly Panel[] _panels;

    /// <summary>A figure of <paramref name="rows"/> by <paramref name="columns"/> empty panels.</summary>
    /// <param name="width">Its width in inches.</param>
    /// <param name="height">Its height in inches.</param>
    /// <param name="rows">Rows of panels.</param>
    /// <param name="columns">Panels a row.</param>
    /// <exception cref="ArgumentException">A size is not above 0.</exception>
    public Figure(double width, double height, int rows = 1, int columns = 1)
    {
        Width = Require.Positive(width);
        Height = Require.Positive(height);
        Rows = Require.AtLeast(rows, 1);
        Columns = Require.AtLeast(columns, 1);
        _panels = Enumerable.Range(0, rows * columns).Select(_ => new Panel()).ToArray();
    }

    /// <summary>The width in inches.</summary>
    public double Width { get; }

    /// <summary>The height in inches.</summary>
    public double Height { get; }

    /// <summary>Rows of panels.</summary>
    public int Rows { get; }

    /// <summary>Panels a row.</summary>
    public int Columns { get; }

    /// <summary>The colours of the page.</summary>
    public Theme Theme { get; set; } = Theme.Dark;

    /// <summary>Multiplies every size of text.</summary>
    /// <exception cref="ArgumentException">The factor is not above 0.</exception>
    public double FontScale
    {
        get;
        set => field = Require.Positive(value);
    } = 1;

    /// <summary>The panels, row by row.</summary>
    public IReadOnlyList<Panel> Panels => _panels;

    internal string TitleText { get; private set; } = "";

    internal bool SharesX { get; private set; }

    internal bool SharesY { get; private set; }

    /// <summary>A panel, counted from the upper left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such panel.</exception>
    public Panel this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
            return _panels[(row * Columns) + column];
        }
    }

    /// <summary>
    /// The title over all panels; its lines are separated by <c>\n</c>, and all but the first are set lighter.
    /// </summary>
    public Figure Title(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        TitleText = title;
        return this;
    }

    /// <summary>Gives all panels the same abscissas, labelled under the lowest row only.</summary>
    public Figure ShareX()
    {
        SharesX = true;
        return this;
    }

    /// <summary>Gives all panels the same ordinates, labelled left of the first column only.</summary>
    public Figure ShareY()
    {
        SharesY = true;
        return this;
    }

    /// <summary>The figure as an SVG document.</summary>
    public string ToSvg()
    {
        string title = TitleText.Length > 0 ? TitleText : Panels[0].TitleText;
        string oneLine = title.Replace("\n", " — ", StringComparison.Ordinal);
        var canvas = new SvgCanvas(Width * 72, Height * 72, Theme.Background, Theme.Foreground, oneLine);
        FigureLayout.Draw(this, canvas);
        return canvas.Finish();
    }

    /// <summary>The figure as a PNG of width·dpi by height·dpi pixels.</summary>
    /// <exception cref="ArgumentException">
    /// The resolution is not above 0, or gives an image of over 2²⁸ pixels.
    /// </exception>
    public byte[] ToPng(double dpi = 100)
    {
        const double MostPixels = 1 << 28;
        Require.Positive(dpi);
        if (Width * dpi * Height * dpi > MostPixels)
        {
            throw new ArgumentException(
                $"dpi is {dpi}; expected at most 2²⁸ pixels for {Width}×{Height} inches.", nameof(dpi));
        }

        var canvas = new RasterCanvas(Width * 72, Height * 72, dpi, Theme.Background);
        FigureLayout.Draw(this, canvas);
        return canvas.ToPng();
    }

    /// <summary>Writes the figure as SVG or PNG, by the path's extension.</summary>
    /// <param name="path">Where to; it is replaced in one step.</param>
    /// <param name="dpi">The resolution of a PNG.</param>
    /// <exception cref="ArgumentException">The extension is neither <c>.svg</c> nor <c>.png</c>.</exception>
    public void Save(string path, double dpi = 100)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path);
        if (extension.Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            SaveSvg(path);
        }
        else if (extension.Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            SavePng(path, dpi);
        }
        else
        {
            throw new ArgumentException($"path is \"{path}\"; expected it to end in .svg or .png.", nameof(path));
        }
    }

    /// <summary>Writes the figure as SVG; the file is replaced in one step.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void SaveSvg(string path) => Write(path, System.Text.Encoding.UTF8.GetBytes(ToSvg()));

    /// <summary>Writes the figure as PNG; the file is replaced in one step.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void SavePng(string path, double dpi = 100) => Write(path, ToPng(dpi));

    private static void Write(string path, byte[] bytes) => AtomicFile.Write(path, stream => stream.Write(bytes));
}
