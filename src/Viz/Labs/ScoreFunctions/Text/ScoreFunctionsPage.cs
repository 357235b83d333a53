using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The lab's page.</summary>
internal static class ScoreFunctionsPage
{
    /// <summary>Writes the page.</summary>
    public static string Write(ScoreFunctionsData data, IEnumerable<PageFigure> figures, TimeSpan elapsed)
    {
        PageFigures byName = new(figures);
        Page page = new(
            "Score functions, and two ways back from noise",
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
        LinePart.Write(page, data, byName);
        FieldPart.Write(page, data, byName);
        EquivalencePart.Write(page, data, byName);
        StartPart.Write(TrajectoryPart.Write(page, data, byName), data, byName);
        page.Footer($"""
            Computed by ScoreGpu on {data.Device} with seed
            {data.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)} in {Numerals.Seconds(elapsed)}. The
            exact numbers are in <a href="results.json">results.json</a>, the second model’s weights in <a
            href="model.safetensors">model.safetensors</a>.
            """);
        return page.ToHtml();
    }
}
