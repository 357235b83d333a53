using System.Diagnostics;
using System.Text.Json.Nodes;
using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Cli.Output;

/// <summary>What is said of a picture of trajectories, of one run or joined from its parts.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="View">What it shows, in data units.</param>
/// <param name="Color">What its colours say.</param>
/// <param name="Sampler">The sampler's name.</param>
/// <param name="Nfe">Network evaluations a trajectory.</param>
/// <param name="Seed">The key of the draws.</param>
internal sealed record PictureSummary(
    int Width, int Height, CanvasView View, string Color, string Sampler, int Nfe, ulong Seed)
{
    /// <summary>Adds everything to a report.</summary>
    public void AddTo(Report report, int count)
    {
        report.Add("size", $"{Width}x{Height}");
        report.Add(
            "view",
            () => new JsonArray(View.Left, View.Right, View.Bottom, View.Top),
            string.Create(
                NumberText.Culture,
                $"{View.Left:G4} to {View.Right:G4} across, {View.Bottom:G4} to {View.Top:G4} up"));
        report.Add("color", Color);
        report.Add("count", count);
        report.Add("sampler", Sampler);
        report.Add("nfe", Nfe);
        report.Add("seed", () => Seed, $"{Seed}");
    }

    /// <summary>Adds what was drawn.</summary>
    public static void AddSegments(Report report, TrajectoryCanvas canvas)
    {
        report.Add("segments", canvas.Segments);
        if (canvas.Skipped > 0)
        {
            report.Add(
                "skipped",
                () => canvas.Skipped,
                $"{NumberText.Count(canvas.Skipped)} segments with an end that is not finite, or far away");
        }
    }

    /// <summary>Adds the memory that the process took.</summary>
    public static void AddMemory(Report report)
    {
        using Process process = Process.GetCurrentProcess();
        long bytes = process.PeakWorkingSet64;
        if (bytes > 0)
        {
            report.Add("peak_memory_bytes", () => bytes, NumberText.Bytes(bytes));
        }
    }

    /// <summary>Adds how long developing took.</summary>
    public static void AddDeveloping(Report report, TimeSpan developing) =>
        report.Add("developing_seconds", Math.Round(developing.TotalSeconds, 6), NumberText.Seconds(developing));
}
