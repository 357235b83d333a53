using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>One rung on the page: what changed, what to predict, the code, and what the clock said.</summary>
internal static class RungPart
{
    // A model that counts three or four things is right if it is right to this.
    private const double Close = 1.15;

    /// <summary>Writes a rung.</summary>
    public static void Write(PageSection section, Rung rung, SourceText sources)
    {
        RungText text = RungText.Of(rung);
        section
            .Add(Html.Of($"<h3><span class=\"number\">{rung.Number}</span>{rung.Result.Info.Title}</h3>\n"))
            .Paragraph($"{text.Change}")
            .Prediction(text.Question, Answer(rung, text));
        bool isFirst = true;
        foreach (string file in rung.Result.Info.Sources)
        {
            section.Add(sources.Show(file, isFirst));
            isFirst = false;
        }
    }

    /// <summary>The rungs of a task in a table.</summary>
    public static PageTable Table(IReadOnlyList<Rung> rungs)
    {
        PageTable table = new(
            [
                Html.Text("rung"), Html.Text(""), Html.Text("predicted, ms"), Html.Text("measured, ms"),
                Html.Text("spread"), Html.Text("GFLOP/s"), Html.Text("of the limit"), Html.Text("predicted gain"),
                Html.Text("gain"),
            ],
            textColumns: 2);
        foreach (Rung rung in rungs)
        {
            table.Row(
                Html.Of($"{rung.Number}"),
                Html.Text(rung.Result.Info.Title),
                Html.Text(Numerals.Significant(rung.PredictedMilliseconds)),
                Html.Of($"<b>{Numerals.Significant(rung.Milliseconds)}</b>"),
                Html.Text(Numerals.Percent(rung.Result.Measured.Time.Spread, 0)),
                Html.Text(Numerals.Significant(rung.Rate)),
                Html.Text(Numerals.Percent(rung.Share)),
                Html.Text(Times(rung.PredictedGain)),
                Html.Text(Times(rung.Gain)));
        }

        return table;
    }

    /// <summary>A factor, as in 3.1×.</summary>
    public static string Times(double factor) =>
        double.IsFinite(factor) ? $"{Numerals.Significant(factor, factor < 100 ? 2 : 3)}×" : "–";

    private static Html Answer(Rung rung, RungText text)
    {
        Html predicted = rung.Below is null
            ? Html.Of($"{Numerals.Significant(rung.PredictedMilliseconds)} ms")
            : Html.Of($"""
                {Numerals.Significant(rung.PredictedMilliseconds)} ms, {Times(rung.PredictedGain)} the speed of the rung below
                """);
        Html measured = rung.Below is null
            ? Html.Of($"{Numerals.Significant(rung.Milliseconds)} ms")
            : Html.Of($"{Numerals.Significant(rung.Milliseconds)} ms, {Times(rung.Gain)}{Slower(rung)}");
        return Html.Of($"""
            {text.Reason} Predicted: {predicted}. Measured: <b>{measured}</b>, {Numerals.Significant(rung.Rate)} GFLOP/s or
            {Numerals.Percent(rung.Share)} of the limit. {Verdict(rung, text)}
            """);
    }

    // To the digits that are shown: 1.0× is neither.
    private static string Slower(Rung rung) => rung.Gain < 0.95 ? ", which is slower" : "";

    private static Html Verdict(Rung rung, RungText text) => rung.Result.OverPrediction switch
    {
        > Close => Html.Of($"""
            That is {Numerals.Fixed(rung.Result.OverPrediction, 2)} times the predicted time. {text.Slower}
            """),
        < 1 / Close => Html.Of($"""
            The model is too pessimistic, {Numerals.Fixed(1 / rung.Result.OverPrediction, 2)} times. {text.Faster}
            """),
        _ => Html.Of($"The model is right, to {Numerals.Percent(Math.Abs(rung.Result.OverPrediction - 1), 0)}."),
    };
}
