using System.Globalization;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>The figures that a reader moves: both velocity fields over t, and particles on their way.</summary>
internal static class MovingFigures
{
    private const int Side = 19;
    private const int Nodes = 61;
    private const int Frames = 50;

    private static readonly double[] FieldTimes =
    [
        0.99, 0.97, 0.95, 0.93, 0.91, 0.88, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25,
        0.2, 0.15, 0.1, 0.05, 0.02,
    ];

    /// <summary>The exact velocities towards the data of flow matching and of VP, from noise to data.</summary>
    public static FieldFrames Fields()
    {
        PlaneView view = PlaneView.Square(FlowData.Reach);
        double[] nodes = view.Nodes(Side);
        return new FieldFrames(
            "The exact velocity towards the data as arrows over the density, for flow matching and for VP, while t falls.",
            view,
            Side,
            [.. FieldTimes.Select(Label)],
            Field("Flow matching", new FlowProcess(), nodes),
            Field("VP (DDPM)", new VpProcess(), nodes))
        {
            Start = Array.IndexOf(FieldTimes, 0.5),
            Marks = LabInks.Centres(FlowData.Mixture),
        };
    }

    /// <summary>The same starts along both exact ODEs.</summary>
    public static ParticleFrames Paths(FlowMatchingData data) => new(
        "A cloud of particles that flows from noise to eight clusters, along flow matching's ODE and along VP's.",
        PlaneView.Square(FlowData.Reach),
        Labels(),
        Cloud("Flow matching", data.Flow, data.Settings),
        Cloud("VP (DDPM)", data.Vp, data.Settings))
    {
        Marks = LabInks.Centres(FlowData.Mixture),
        Seconds = 8,
    };

    /// <summary>The networks' flows before and after each round.</summary>
    public static ParticleFrames Rounds(FlowMatchingData data) => new(
        "Clouds of particles along the trained flow, before and after each round of rectified flow.",
        PlaneView.Square(FlowData.Reach),
        Labels(),
        [.. data.Rectified.Rounds.Take(ParticleFrames.MostPanels).Select((flow, i) =>
        {
            int count = Math.Min(data.Settings.Particles, flow.PathCount);
            float[] positions =
            [
                .. Enumerable.Range(0, Frames + 1).SelectMany(frame => flow.Paths.AsSpan(
                    2 * flow.PathCount * (frame * (flow.Times.Count - 1) / Frames), 2 * count).ToArray()),
            ];
            return new ParticleSeries(i == 0 ? "Before" : $"Round {i}", positions)
            {
                Groups = Groups(positions.AsSpan(2 * count * Frames)),
            };
        })])
    {
        Seconds = 8,
    };

    private static FieldSeries Field(string title, ContinuousProcess process, double[] nodes)
    {
        List<Points> vectors = [];
        List<ScalarGrid> densities = [];
        foreach (double t in FieldTimes)
        {
            GaussianMixture noised = FlowData.Mixture.Noised(process.Alpha(t), process.Sigma(t));
            double[] scores = noised.Scores(nodes);
            vectors.Add(scores.Select((score, i) => -process.FlowVelocity(nodes[i], score, t)).ToArray());
            densities.Add(ScalarGrid.Sample(
                (x, y) => noised.Density([x, y]),
                -FlowData.Reach, FlowData.Reach, -FlowData.Reach, FlowData.Reach, nodes: Nodes));
        }

        return new FieldSeries(title, vectors) { Densities = densities };
    }

    private static ParticleSeries Cloud(string title, MarginalPaths paths, FlowMatchingSettings settings)
    {
        int count = Math.Min(settings.Particles, paths.Count);
        float[] positions =
        [
            .. Enumerable.Range(0, Frames + 1).SelectMany(frame => paths.States
                .AsSpan(2 * paths.Count * (frame * settings.ExactSteps / Frames), 2 * count).ToArray()
                .Select(value => (float)value)),
        ];
        return new ParticleSeries(title, positions) { Groups = Groups(positions.AsSpan(2 * count * Frames)) };
    }

    private static byte[] Groups(ReadOnlySpan<float> ends)
    {
        byte[] groups = new byte[ends.Length / 2];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = (byte)FlowData.Mixture.NearestMode([ends[2 * i], ends[(2 * i) + 1]]);
        }

        return groups;
    }

    private static string[] Labels() =>
        [.. Enumerable.Range(0, Frames + 1).Select(frame => Label(1.0 - ((double)frame / Frames)))];

    private static string Label(double t) => "t = " + t.ToString("0.00", CultureInfo.InvariantCulture);
}
