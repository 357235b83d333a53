using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Cli.Pictures;

/// <summary>A film of the points of a run.</summary>
/// <param name="Film">The film.</param>
/// <param name="View">What it shows, in data units.</param>
/// <param name="Sampling">How long sampling took.</param>
/// <param name="Developing">How long the way from the points to the frames took.</param>
internal sealed record CloudPicture(CloudFilm Film, CanvasView View, TimeSpan Sampling, TimeSpan Developing)
{
    // The states of a part are in memory all at once, and the places of all points in every frame.
    private const int ValuesOfPart = 1 << 24;
    private const long MostBytes = 1L << 29;

    /// <summary>Samples and develops.</summary>
    /// <param name="run">The model.</param>
    /// <param name="program">The sampler.</param>
    /// <param name="whole">The run.</param>
    /// <param name="batch">Trajectories at a time, at most.</param>
    /// <param name="frames">Frames, at least 2.</param>
    /// <param name="style">How it is to look.</param>
    /// <exception cref="InputException">It takes too much memory, or nothing is finite.</exception>
    public static CloudPicture Make(
        ModelRun run, StepProgram program, SampleRequest whole, int batch, int frames, PictureStyle style)
    {
        if (CloudTracks.BytesOf(frames, whole.Count) > MostBytes)
        {
            throw InputException.For(
                "--count times --frames",
                NumberText.Count((long)frames * whole.Count),
                $"at most {NumberText.Count(MostBytes / CloudTracks.BytesOf(1, 1))}");
        }

        if (Math.Max(style.Width, style.Height) > CloudTracks.MaxSize)
        {
            throw InputException.For(
                "--size", $"{style.Width}x{style.Height}", $"at most {CloudTracks.MaxSize} pixels a side with --animate");
        }

        CanvasView view = style.View
            ?? TrajectoryPilot.Run(run.Network, program, whole, run.Model.Scale, style.AxisX, style.AxisY)
                .View(style.Width, style.Height);
        CloudTracks tracks = new(style.Width, style.Height, view.InModelUnits(run.Model.Scale), frames, whole.Count);
        (_, TimeSpan sampling) = run.Time("sampling", progress =>
        {
            Sample(run, program, whole with { Progress = progress }, batch, style, tracks);
            return 0;
        });
        (CloudFilm film, TimeSpan developing) = run.Time("developing", progress => style.Color == PictureOptions.Mode
            ? CloudFilm.OfModes(
                tracks,
                style.Tone,
                style.Theme,
                TrajectoryPalette.OfModes(style.Modes.Length / style.Dimension),
                progress,
                run.Cancellation)
            : CloudFilm.OfDensity(tracks, style.Tone, style.Map, progress, run.Cancellation));
        return new CloudPicture(film, view, sampling, developing);
    }

    private static void Sample(
        ModelRun run, StepProgram program, SampleRequest whole, int batch, PictureStyle style, CloudTracks tracks)
    {
        int dimension = run.Network.Dimension;
        int most = Math.Max(1, ValuesOfPart / (dimension * (program.Rows.Count + 1)));
        int first = 0;
        foreach (SampleRequest part in SampleBatches.Split(whole, Math.Min(batch, most), dimension))
        {
            SampleResult result = run.Network.Sample(program, part with { RecordEvery = 1 });
            FiniteValues.Require("samples", result.Points, "Try a smaller --step-size, or another start.");
            tracks.Set(first, result.Trajectories, part.Count, dimension);
            if (style.Modes.Length > 0)
            {
                tracks.SetModes(first, result.Points, style.Modes, dimension);
            }

            first += part.Count;
        }
    }
}
