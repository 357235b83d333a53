using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Cli.Pictures;

/// <summary>A run, or a part of it, whose every segment was drawn while it was sampled.</summary>
/// <param name="Canvas">The image.</param>
/// <param name="View">What it shows, in data units.</param>
/// <param name="Drawing">How long sampling and drawing took.</param>
internal sealed record StillPicture(TrajectoryCanvas Canvas, CanvasView View, TimeSpan Drawing)
{
    /// <summary>Draws a run, or a part of it.</summary>
    /// <param name="run">The model.</param>
    /// <param name="program">The sampler.</param>
    /// <param name="whole">The run, whose first trajectories say what to show and how colours go with speeds.</param>
    /// <param name="part">What to draw of it; null for nothing.</param>
    /// <param name="batch">Trajectories at a time.</param>
    /// <param name="style">How it is to look.</param>
    /// <exception cref="InputException">The memory does not suffice.</exception>
    public static StillPicture Draw(
        ModelRun run, StepProgram program, SampleRequest whole, SampleRequest? part, int batch, PictureStyle style)
    {
        RequireMemory(style);
        TrajectoryPilot? pilot = style.View is null || style.Color == PictureOptions.Speed
            ? TrajectoryPilot.Run(run.Network, program, whole, run.Model.Scale, style.AxisX, style.AxisY)
            : null;
        CanvasView view = style.View ?? pilot!.View(style.Width, style.Height);
        TrajectoryCanvas canvas = new(
            style.Width, style.Height, view.InModelUnits(run.Model.Scale), Colouring(style, view, pilot));
        if (part is null)
        {
            return new StillPicture(canvas, view, TimeSpan.Zero);
        }

        (_, TimeSpan drawing) = run.Time("drawing", progress =>
        {
            SampleRequest followed = part with { Progress = progress };
            foreach (SampleRequest some in SampleBatches.Split(followed, batch, run.Network.Dimension))
            {
                run.Network.Draw(program, some, canvas);
            }

            return canvas.Segments;
        });
        return new StillPicture(canvas, view, drawing);
    }

    /// <summary>Turns an image's sums into a file.</summary>
    /// <param name="canvas">The image of the whole run.</param>
    /// <param name="color">What its colours say.</param>
    /// <param name="tone">How much is how bright.</param>
    /// <param name="theme">The page.</param>
    /// <param name="map">The colours of a density.</param>
    /// <exception cref="InputException">Nothing is in view, or finite.</exception>
    public static byte[] Develop(TrajectoryCanvas canvas, string color, ToneMapping tone, Theme theme, ColorMap map)
    {
        RequireSomething(canvas);
        return TrajectoryPicture.ToPng(canvas, tone, theme, color == PictureOptions.Density ? map : null);
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
