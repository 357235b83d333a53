using ScoreGpu.Viz.Labs.Sde.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The page's second exercise: SDE and ODE sampling, side by side.</summary>
internal static class PathsPart
{
    private const double OneRunErrors = 1e-3;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, SdeData data, PageFigures figures)
    {
        ReverseStudy study = data.Reverse;
        SdeCommands commands = new(data);
        page.Section("paths", "Exercise 2", "Two ways back, side by side")
            .Paragraph($"""
                Every diffusion has a second way back: an ordinary differential equation, the probability flow, with half the
                score and no noise.
                """)
            .Formula($"{SdeSymbols.ReverseSde}   and   {SdeSymbols.Flow}")
            .Prediction(
                Html.Of($"Run each twice from the same starts. Which ends agree?"),
                Html.Of($"""
                    The flow’s: {(study.FlowIsBitEqual
                        ? "all of them have the same bits"
                        : "nearly, but not to the bit")}. The SDE’s lie {Numerals.Fixed(study.SdeDistance, 2)} apart on
                    average; the distance between neighbouring clusters is 4.
                    """))
            .Prediction(
                Html.Of($"How much longer is the SDE’s way than the straight line to its end?"),
                Html.Of($"""
                    {Numerals.Fixed(study.SdeDetour, 1)} times, seen in {data.Settings.Frames} frames; with more it would be
                    longer still, as a Wiener path has no length. The flow’s is {Numerals.Fixed(study.FlowDetour, 2)} times
                    as long as the straight line.
                    """))
            .Figure(figures["paths"], Html.Of($"""
                Above, on the line, time runs from right to left over the density that both carry: the SDE’s paths cross and
                change sides until late, the flow’s never meet. Below, the same in the plane over the clusters.
                """))
            .Player(SdeInteractive.Particles(data), Html.Of($"""
                {data.Settings.PlayedParticles} particles from the same starts, coloured by the cluster in which each ends.
                In the flow the colours are sorted from the first frame: where a particle starts decides where it ends. In the
                SDE they are mixed until the clusters form.
                """))
            .Finding(
                study.RoundTrip < OneRunErrors ? "The flow can be run both ways." : "The way there and back leaves a gap.",
                $"""
                Data led to noise by the flow and back again, by the classical Runge–Kutta method with the exact score, return
                to within {Numerals.Significant(study.RoundTrip, 2)} in every coordinate. So “invertible” is right up to the
                solver’s error; perfect it is not.
                """)
            .Commands(
                commands.Sample("model.safetensors", "euler-maruyama", "sde"),
                commands.Sample("model.safetensors", "heun", "flow"),
                SdeCommands.Compare("sde"),
                SdeCommands.Compare("flow"));
    }
}
