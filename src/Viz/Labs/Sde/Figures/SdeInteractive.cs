using System.Globalization;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The lab's figures that move.</summary>
internal static class SdeInteractive
{
    private const double Reach = 3.6;
    private const int Arrows = 15;
    private const int Nodes = 48;
    private const int Times = 25;

    /// <summary>Density and score of the plane's data under the three processes, at one time.</summary>
    public static FieldFrames Processes(SdeData data)
    {
        PlaneView view = PlaneView.Square(Reach);
        double[] times = [.. Enumerable.Range(0, Times).Select(i => (double)i / (Times - 1))];
        return new FieldFrames(
            "Density and score of four clusters under VP, VE and sub-VP at a time to choose.",
            view,
            Arrows,
            [.. times.Select(Label)],
            [.. data.Forward.Select(study => Series(study, times, view.Nodes(Arrows)))])
        {
            Parameter = "Time",
            Start = Times / 3,
        };
    }

    /// <summary>The particles of the reverse SDE and of the flow, coloured by the cluster in which each ends.</summary>
    public static ParticleFrames Particles(SdeData data)
    {
        int shown = Math.Min(data.Settings.PlayedParticles, data.Reverse.Sde[0].Length / 2);
        return new ParticleFrames(
            "Particles on their way from noise to four clusters: by the reverse SDE, and by the probability flow.",
            PlaneView.Square(Reach),
            [.. data.Reverse.Times.Select(Label)],
            Series("Reverse SDE", data.Reverse.Sde),
            Series("Probability flow", data.Reverse.Flow))
        {
            Parameter = "Time",
            Marks = LabInks.Centres(SdeProcesses.Plane),
            Seconds = 8,
        };

        ParticleSeries Series(string title, IReadOnlyList<double[]> frames) => new(
            title, [.. frames.SelectMany(frame => frame.Take(2 * shown).Select(value => (float)value))])
        {
            Groups =
            [
                .. Enumerable.Range(0, shown).Select(i =>
                    (byte)SdeProcesses.Plane.NearestMode(frames[^1].AsSpan(2 * i, 2))),
            ],
        };
    }

    private static FieldSeries Series(ForwardStudy study, double[] times, double[] nodes)
    {
        GaussianMixture[] densities =
            [.. times.Select(t => SdeProcesses.At(SdeProcesses.Plane, study.Process, t))];
        return new FieldSeries(study.Name, [.. densities.Select(density => (Points)density.Scores(nodes))])
        {
            Densities =
            [
                .. densities.Select(density => ScalarGrid.Sample(
                    (x, y) => density.Density([x, y]), -Reach, Reach, -Reach, Reach, Nodes)),
            ],
        };
    }

    private static string Label(double t) => "t = " + t.ToString("0.00", CultureInfo.InvariantCulture);
}
