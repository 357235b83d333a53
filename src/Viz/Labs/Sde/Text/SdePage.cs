using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The lab's page.</summary>
internal static class SdePage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, SdeData data, PageFigures figures, LabRun run)
    {
        Page page = new(
            lab.Title,
            Html.Of($"""
                In continuous time, noise is a stochastic differential equation, and the way back from it is another – or an
                ordinary one. What a score is on average, three processes, six exercises: guess before you look; every number
                on this page was measured when the page was made.
                """));
        page
            .Highlight(
                Numerals.Fixed(data.Limit.Slope(row => row.AlphaBarError), 2), "power of T with which DDPM nears VP")
            .Highlight(
                Numerals.Significant(data.Equations["probability_flow"].Rows[^1].Residual, 1),
                "residual of the flow’s equation on the finest grid")
            .Highlight(
                $"{Numerals.Significant(data.Likelihood.ExactError, 1)} nats",
                "largest error of log p with the exact score")
            .Highlight(
                Numerals.Fixed(data.Exact.Needed("dpm-solver++2m"), 0),
                "evaluations that dpm-solver++2m needs until nobody can tell");
        ScorePart.Write(page, data, figures);
        ForwardPart.Write(page, data, figures);
        ReversePart.Write(page, data, figures);
        PathsPart.Write(page, data, figures);
        LimitPart.Write(page, data, figures);
        LikelihoodPart.Write(page, data, figures);
        SolverPart.Write(page, data, figures);
        EquationPart.Write(page, data, figures);
        return run.Sign(page, Html.Of($"""
            The network’s weights are in <a href="model.safetensors">model.safetensors</a>.
            """));
    }
}
