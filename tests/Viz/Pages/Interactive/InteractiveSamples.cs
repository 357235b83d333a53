using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Tests.Viz.Pages.Interactive;

/// <summary>Small interactive figures, and a page of them.</summary>
internal static class InteractiveSamples
{
    internal const int Moments = 12;

    private static readonly PlaneView View = PlaneView.Square(5.0);

    /// <summary>The score of four Gaussians under more and more noise, twice.</summary>
    internal static FieldFrames Fields()
    {
        GaussianMixture data = NamedMixtures.FourGaussians;
        GaussianMixture[] noised =
            [.. Enumerable.Range(0, Moments).Select(i => data.Noised(1.0 - (0.08 * i), 0.2 + (0.07 * i)))];
        FieldSeries exact = new("exact score", [.. noised.Select(p => (Points)p.Scores(View.Nodes(16)))])
        {
            Densities =
            [
                .. noised.Select(p => ScalarGrid.Sample((x, y) => p.Density([x, y]), -5.0, 5.0, -5.0, 5.0, nodes: 41)),
            ],
        };
        FieldSeries still = new("and with points", exact.Vectors)
        {
            Points = [.. Enumerable.Range(0, Moments).Select(i => Points.Of((0.2 * i, 1.0), (-1.0, -0.3 * i)))],
        };
        return new FieldFrames("A score field", View, 16, Labels("σ = "), exact, still)
        {
            Parameter = "Noise level",
            Start = 1,
            Marks = Points.Of([.. Enumerable.Range(0, 4).Select(k => (data.Mean(k)[0], data.Mean(k)[1]))]),
        };
    }

    /// <summary>Particles on spirals, in two panels.</summary>
    internal static ParticleFrames Clouds(int particles = 300)
    {
        float[] positions = new float[Moments * particles * 2];
        for (int i = 0; i < Moments * particles; i++)
        {
            (int moment, int particle) = (i / particles, i % particles);
            double angle = (2.4 * particle) + (0.15 * moment);
            double reach = 4.5 * Math.Sqrt((particle + 0.5) / particles) * (1.0 - (0.05 * moment));
            positions[2 * i] = (float)(reach * Math.Cos(angle));
            positions[(2 * i) + 1] = (float)(reach * Math.Sin(angle));
        }

        byte[] groups = [.. Enumerable.Range(0, particles).Select(particle => (byte)(particle % 4))];
        return new ParticleFrames(
            "Two clouds", View, Labels("t = "),
            new ParticleSeries("reverse SDE", positions) { Groups = groups },
            new ParticleSeries("probability flow ODE", positions))
        {
            Seconds = 1.0,
        };
    }

    /// <summary>A page of both.</summary>
    internal static Page Page()
    {
        Page page = new("Moving figures", Html.Text("A slider and a player."));
        page.Section("fields", "First", "A slider")
            .Slider(Fields(), Html.Text("A field & more."), "scoregpu field --model model.safetensors --time 30")
            .Player(Clouds(), Html.Text("Two clouds."));
        return page;
    }

    private static string[] Labels(string name) =>
        [.. Enumerable.Range(0, Moments).Select(i => $"{name}{Numerals.Fixed(0.1 * i, 2)}")];
}
