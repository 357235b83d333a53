using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The lab's page.</summary>
internal static class NcsnPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, NcsnData data, PageFigures figures, LabRun run)
    {
        LangevinRun annealed = data.Annealing["annealed_from_one_mode"];
        Page page = new(
            lab.Title,
            Html.Of($"""
                Langevin dynamics draws samples from a score, and is lost between far modes. A network that knows the score
                at every noise level leads it there: from a blur in which all modes are one, down to the data. What the
                weight of the levels, the step size and the start do to it, measured. Guess before you look.
                """));
        page
            .Highlight(
                Numerals.Percent(data.Levels.Max(row => row.RelativeError), 0), "of the score’s size is the worst level’s error")
            .Highlight(
                $"{annealed.ModesReached} of 8", "modes by annealed Langevin dynamics, started in one of them")
            .Highlight(
                $"{data.Annealing["single_from_one_mode"].ModesReached} of 8", "by the smallest level alone, from the same start")
            .Highlight(
                Numerals.Significant(data.Far.Pairs[^1].ExpectedStepsPerHop, 2), "steps of one hop between neighbours without noise");
        LevelPart.Write(page, data, figures);
        WeightPart.Write(page, data, figures);
        AnnealingPart.Write(page, data, figures);
        StepPart.Write(page, data, figures);
        FarPart.Write(page, data, figures);
        NoisePart.Write(page, data, figures);
        ConversionPart.Write(page, data, figures);
        LikelihoodPart.Write(page, data, figures);
        return run.Sign(page, Html.Of($"""
            The model’s weights are in <a href="model.safetensors">model.safetensors</a>.
            """));
    }
}
