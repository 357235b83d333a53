using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The lab's page.</summary>
internal static class ScoreFunctionsPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, ScoreFunctionsData data, PageFigures figures, LabRun run)
    {
        Page page = new(
            lab.Title,
            Html.Of($"""
                The score of a density points to where it rises. Four exercises: compute scores by hand, watch noise
                smooth them, find one inside a noise predictor, and follow it from noise to data. Guess before you
                look; every number on this page was measured when the page was made.
                """));
        page
            .Highlight(Numerals.Fixed(data.ShortAgreement.Compared.Max(row => row.CosineToExact), 2),
                $"best mean cosine to the exact score after {Numerals.Count(data.Short.Losses.Count)} steps")
            .Highlight(Numerals.Fixed(data.LongAgreement.Compared.Min(row => row.CosineToExact), 3),
                $"worst after {Numerals.Count(data.Long.Losses.Count)} steps")
            .Highlight(Numerals.Seconds(data.Long.Elapsed),
                $"to train those {Numerals.Count(data.Long.Losses.Count)} steps")
            .Highlight(Numerals.Seconds(data.OdeCrowd.Elapsed),
                $"for {Numerals.Count(data.Settings.Crowd)} ODE trajectories of {data.Settings.DiffusionSteps} steps");
        LinePart.Write(page, data, figures);
        FieldPart.Write(page, data, figures);
        EquivalencePart.Write(page, data, figures);
        StartPart.Write(TrajectoryPart.Write(page, data, figures), data, figures);
        return run.Sign(page, Html.Of($"""
            The second model’s weights are in <a href="model.safetensors">model.safetensors</a>.
            """));
    }
}
