using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's sixth section: what the trace costs.</summary>
internal static class CostPart
{
    private const int PlaneDimension = 2;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        StepCost cost = data.Cost;
        int plane = cost.Dimensions.ToList().IndexOf(PlaneDimension);
        string atPlane = plane < 0 ? "" : $"""
            In the plane a step of Hyvärinen’s takes {Numerals.Significant(cost.Ratios[plane], 2)} denoising steps
            """;
        double exponent = cost.Hyvarinen.Fit.Exponent;
        string largest = Numerals.Count(cost.Dimensions[^1]);
        page.Section("cost", "Cost", "What the trace costs")
            .Paragraph($"""
                The trace of a Jacobian has <i>D</i> entries, and each takes a derivative of the whole network of its
                own: a tangent carried through all layers, or a pass back. Sliced score matching asks for one random
                direction in place of all; denoising for none.
                """)
            .Prediction(
                Html.Of($"""
                    A colour image of 256 × 256 has <i>D</i> = {Numerals.Count(StepCost.ImageDimension)} numbers. How many times as long
                    does a step with the exact trace take?
                    """),
                Html.Of($"""
                    About {Numerals.Count(Rounded(cost.ImageRatio))} times as long, if the ratio goes on growing as it did up to
                    <i>D</i> = {largest}, by {Numerals.Significant(cost.RatioPerDimension, 2)} a dimension. Counting
                    passes gives <i>D</i>. A step of a second would take {Numerals.Significant(cost.ImageDays, 2)} days; and that is a network this
                    small.
                    """))
            .Figure(figures["cost"], Html.Of($"""
                Measured in this run, so that no two runs show quite the same: the least time of
                {data.Settings.TimedSteps} steps of {data.Settings.BatchSize} samples, {data.Settings.Layers} ×
                {data.Settings.Hidden} features. Dashed: a power of <i>D</i>, fitted to the upper half. Dotted: the
                columns that a sample takes in a matrix product, itself and a tangent a dimension.
                """), new ScoreMatchingCommands(data).Lab)
            .Table(Table(cost))
            .Finding(
                exponent is > 0.75 and < 1.25
                    ? "The exact trace grows with the dimension, as counting says."
                    : $"The time grows as D to the power {Numerals.Fixed(exponent, 2)}.",
                $"""
                Fitted exponents: {Numerals.Fixed(exponent, 2)} for Hyvärinen’s step,
                {Numerals.Fixed(cost.Sliced.Fit.Exponent, 2)} for the sliced one,
                {Numerals.Fixed(cost.Denoising.Fit.Exponent, 2)} for denoising. {atPlane}{(plane < 0 ? "" : ", ")}
                {(plane < 0 ? "At" : "at")} <i>D</i> = {largest} it takes {Numerals.Significant(cost.Ratios[^1], 2)}. It is not
                only the number of passes that grows: the first and the last layer have <i>D</i> inputs and outputs too,
                so beyond some <i>D</i> each pass gets longer, for every objective.
                """);
    }

    // Two digits of an extrapolation are plenty.
    private static long Rounded(double value)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return (long)(unit * Math.Round(value / unit));
    }

    private static PageTable Table(StepCost cost)
    {
        PageTable table = new(
        [
            Html.Of($"<i>D</i>"), Html.Text("Hyvärinen, ms"), Html.Text("sliced, ms"), Html.Text("denoising, ms"),
            Html.Text("Hyvärinen / denoising"),
        ]);
        for (int i = 0; i < cost.Dimensions.Count; i++)
        {
            table.Row(
                Html.Text(Numerals.Count(cost.Dimensions[i])),
                Html.Text(Numerals.Significant(1e3 * cost.Hyvarinen.Seconds[i])),
                Html.Text(Numerals.Significant(1e3 * cost.Sliced.Seconds[i])),
                Html.Text(Numerals.Significant(1e3 * cost.Denoising.Seconds[i])),
                Html.Text(Numerals.Significant(cost.Ratios[i], 2)));
        }

        return table;
    }
}
