using System.Text;
using ScoreGpu.Engine.Files;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Figures;

/// <summary>Writes figures by the extension of the file.</summary>
internal static class FigureFile
{
    /// <summary>The extensions that a figure may have.</summary>
    public static string[] Extensions { get; } = [".svg", ".png"];

    /// <summary>Writes a figure, whole or not at all.</summary>
    /// <exception cref="Engine.InputException">The file cannot be written.</exception>
    public static void Save(string path, Figure figure)
    {
        byte[] bytes = path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
            ? figure.ToPng(dpi: 150)
            : Encoding.UTF8.GetBytes(figure.ToSvg());
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
