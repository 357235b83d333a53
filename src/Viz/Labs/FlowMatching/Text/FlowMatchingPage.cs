using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The lab's page.</summary>
internal static class FlowMatchingPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, FlowMatchingData data, PageFigures figures, LabRun run)
    {
        Page page = new(
            lab.Title,
            Html.Of($"""
                Flow matching draws straight lines between noise and data; diffusion goes on arcs. Do straight lines make
                straight paths, and straight paths few steps? Six sections: the lines, the paths of samples, Euler’s method,
                training and its conversions, flow matching against DDPM, and flows made straight. Guess before you look;
                every number was measured when the page was made.
                """));
        page
            .Highlight(Numerals.Fixed(data.Flow.Shape.RelativeStraightness, 3),
                "S / speed² of flow matching’s exact ODE; 0 is straight")
            .Highlight(Numerals.Fixed(data.Vp.Shape.RelativeStraightness, 3), "the same of VP’s")
            .Highlight(
                FlowSymbols.Evaluations(data.Curve(PathModel.Flow, "euler").EvaluationsBelow(data.Limit)),
                "Euler steps until flow matching’s samples pass for data")
            .Highlight(FlowSymbols.Energy(data.Rectified.Rounds[1].EnergyOf(1)),
                $"energy distance² of one step after one round, from "
                + FlowSymbols.Energy(data.Rectified.Rounds[0].EnergyOf(1)));
        LinesPart.Write(page, data, figures, run.Command);
        OdePart.Write(page, data, figures, run.Command);
        EulerPart.Write(page, data, figures);
        NamesPart.Write(page, data, figures);
        RacePart.Write(page, data, figures, run.Command);
        RectifiedPart.Write(page, data, figures, run.Command);
        return run.Sign(page, Html.Of($"""
            The first flow is in <a href="flow.safetensors">flow.safetensors</a>, the noise predictor in
            <a href="vp.safetensors">vp.safetensors</a>, the straightened flow in
            <a href="straight.safetensors">straight.safetensors</a>.
            """));
    }
}
