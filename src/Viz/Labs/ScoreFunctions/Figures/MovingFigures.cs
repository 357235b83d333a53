using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>The figures of the page that a reader moves.</summary>
internal static class MovingFigures
{
    private const double PeaksReach = 5;
    private const double CloudReach = 4.5;
    private const int Nodes = 49;

    /// <summary>Exercise 2: the field of two peaks under more and more noise, exact.</summary>
    public static FieldFrames Peaks()
    {
        const int Levels = 31;
        PlaneView view = PlaneView.Square(PeaksReach);
        double[] nodes = view.Nodes(FieldCourse.Side);
        double[] sigmas = [.. Enumerable.Range(0, Levels).Select(i => 0.1 * i)];
        GaussianMixture[] noised = Array.ConvertAll(sigmas, sigma => NamedMixtures.TwoPeaks.Noised(1.0, sigma));
        return new FieldFrames(
            "Arrows of the score of two peaks over their density, for a noise level that the reader chooses.",
            view,
            FieldCourse.Side,
            Array.ConvertAll(sigmas, sigma => $"σ = {Numerals.Fixed(sigma, 1)}"),
            new FieldSeries("", Array.ConvertAll(noised, density => (Points)density.Scores(nodes)))
            {
                Densities = Array.ConvertAll(noised, density => Density(density, PeaksReach)),
            })
        {
            Parameter = "Noise",
            Start = 0,
            Marks = LabInks.Centres(NamedMixtures.TwoPeaks),
        };
    }

    /// <summary>Exercise 3: the exact score and what two models imply, over t.</summary>
    public static FieldFrames Implied(ScoreFunctionsData data)
    {
        FieldCourse course = data.Course;
        ScalarGrid[] densities = [.. course.Densities.Select(density => Density(density, FieldCourse.View.XMax))];
        return new FieldFrames(
            "Arrows of the exact score and of the scores that two models imply, for a step t that the reader chooses.",
            FieldCourse.View,
            FieldCourse.Side,
            [.. course.Steps.Select((t, i) => $"t = {t}, ᾱ = {Numerals.Fixed(course.AlphaBars[i], 3)}")],
            new FieldSeries("exact", [.. course.Exact.Select(field => (Points)field)]) { Densities = densities },
            Model(data.Short.Losses.Count, course.Short),
            Model(data.Long.Losses.Count, course.Long))
        {
            Parameter = "Step",
            Marks = LabInks.Centres(NamedMixtures.FourGaussians),
        };

        FieldSeries Model(int steps, IReadOnlyList<float[]> fields) => new(
            $"{Numerals.Count(steps)} steps", [.. fields.Select(field => (Points)field)])
        {
            Densities = densities,
        };
    }

    /// <summary>Exercise 4: the SDE beside the ODE.</summary>
    public static ParticleFrames Clouds(ScoreFunctionsData data)
    {
        MovingClouds clouds = data.Clouds;
        return new ParticleFrames(
            "Particles on their way from noise to four clusters, by the reverse SDE and by the probability-flow ODE.",
            PlaneView.Square(CloudReach),
            [.. clouds.StepsDone.Select(done => $"{done} of {clouds.StepsDone[^1]} steps")],
            new ParticleSeries("reverse SDE", clouds.Sde) { Groups = clouds.SdeEnds },
            new ParticleSeries("probability-flow ODE", clouds.Ode) { Groups = clouds.OdeEnds })
        {
            Parameter = "Steps",
            Marks = LabInks.Centres(NamedMixtures.FourGaussians),
        };
    }

    private static ScalarGrid Density(GaussianMixture density, double reach) => ScalarGrid.Sample(
        (x, y) => density.Density([x, y]), -reach, reach, -reach, reach, Nodes);
}
