using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Cli.Pictures;

/// <summary>A run whose every segment is drawn while it is sampled.</summary>
/// <param name="Canvas">The image.</param>
/// <param name="View">What it shows, in data units.</param>
/// <param name="Png">The file.</param>
/// <param name="Drawing">How long sampling and drawing took.</param>
/// <param name="Developing">How long the way from the sums to the file took.</param>
internal sealed record StillPicture(
    TrajectoryCanvas Canvas, CanvasView View, byte[] Png, TimeSpan Drawing, TimeSpan Developing)
{
    /// <summary>Draws a run.</summary>
    /// <param name="run">The model.</param>
    /// <param name="program">The sampler.</param>
    /// <param name="whole">The run.</param>
    /// <param name="batch">Trajectories at a time.</param>
    /// <param name="style">How it is to look.</param>
    /// <exception cref="InputException">Nothing is in view, or the memory does not suffice.</exception>
    public static StillPicture Draw(
        ModelRun run, StepProgram program, SampleRequest whole, int batch, PictureStyle style)
    {
        RequireMemory(style);
        TrajectoryPilot? pilot = style.View is null || style.Color == PictureOptions.Speed
            ? TrajectoryPilot.Run(run.Network, program, whole, run.Model.Scale, style.AxisX, style.AxisY)
            : null;
        CanvasView view = style.View ?? pilot!.View(style.Width, style.Height);
        TrajectoryCanvas canvas = new(
            style.Width, style.Height, view.InModelUnits(run.Model.Scale), Colouring(style, view, pilot));
        (_, TimeSpan drawing) = run.Time("drawing", progress =>
        {
            SampleRequest followed = whole with { Progress = progress };
            foreach (SampleRequest part in SampleBatches.Split(followed, batch, run.Network.Dimension))
            {
                run.Network.Draw(program, part, canvas);
            }

            return canvas.Segments;
        });
        RequireSomething(canvas);
        ColorMap? ramp = style.Color == PictureOptions.Density ? style.Map : null;
        (byte[] png, TimeSpan developing) = run.Time(
            "developing", _ => TrajectoryPicture.ToPng(canvas, style.Tone, style.Theme, ramp));
        run.Cancellation.ThrowIfCancellationRequested();
        return new StillPicture(canvas, view, png, drawing, developing);
    }

    private static TrajectoryColouring Colouring(PictureStyle style, CanvasView view, TrajectoryPilot? pilot)
    {
        switch (style.Color)
        {
            case PictureOptions.Mode:
                IReadOnlyList<CanvasColour> hues = TrajectoryPalette.OfModes(style.Modes.Length / style.Dimension);
                return new EndColouring(hues, style.Modes);
            case PictureOptions.Speed:
                double pixelsAUnit = style.Width / (view.Right - view.Left);
                double[] speeds = [.. pilot!.Speeds().Select(speed => speed * pixelsAUnit)];

                // The fastest hundredth shares the last colour.
                double fastest = Math.Clamp(speeds.Length == 0 ? 1 : speeds[(int)(0.99 * (speeds.Length - 1))], 0.125, 1e6);
                return new SpeedColouring(TrajectoryPalette.OfSpeeds(style.Map, speeds, fastest), fastest);
            default:
                return new TimeColouring(TrajectoryPalette.Of(style.Map));
        }
    }

    private static void RequireMemory(PictureStyle style)
    {
        long bytes = (long)style.Width * style.Height * TrajectoryCanvas.Channels * sizeof(ulong);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw InputException.For(
                "--size",
                $"{style.Width}x{style.Height}, which takes {NumberText.Bytes(bytes)}",
                $"an image that fits into the memory, {NumberText.Bytes(available)}");
        }
    }

    private static void RequireSomething(TrajectoryCanvas canvas)
    {
        if (canvas.Skipped == canvas.Segments)
        {
            throw new InputException(
                "No step leads from one finite point to another; expected a sampler that does not diverge. Try a smaller "
                + "--step-size, or more --steps.");
        }

        if (TrajectoryPicture.IsEmpty(canvas))
        {
            throw new InputException("No trajectory is in view; expected a --view that some cross.");
        }
    }
}
