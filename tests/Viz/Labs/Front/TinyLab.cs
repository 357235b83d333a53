using System.Text.Json.Nodes;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Tests.Viz.Labs.Front;

/// <summary>A lab that computes next to nothing.</summary>
/// <param name="name">Its name.</param>
/// <param name="atStart">Called when it starts.</param>
internal sealed class TinyLab(string name, Action? atStart = null) : Lab<double>(
    new LabOutline(name, $"The lab <{name}> & more", $"What {name} shows.")
    {
        ComputingWeight = 1,
        DrawingWeight = 1,
        Dpi = 20,
        Cover = "second",
    })
{
    protected override double Compute(LabContext context, LabClock clock) => clock.Run("nothing", 1, _ =>
    {
        atStart?.Invoke();
        return 0.25 + context.Seed;
    });

    protected override IReadOnlyList<LabFigure> Draw(double data) =>
    [
        Draw("first", 1.0),
        Draw("second", 2.0),
    ];

    protected override void AddResults(double data, JsonObject results) => results["data"] = data;

    protected override Page Write(double data, PageFigures figures, LabRun run)
    {
        Page page = new(Title, Html.Text("lead"));
        page.Section("one", "One", "One").Figure(figures["first"], Html.Text("First."))
            .Figure(figures["second"], Html.Text("Second."), run.Command);
        return run.Sign(page);
    }

    protected override IReadOnlyList<LabFinding> Findings(double data) =>
    [
        new("plain", "a plain number", data),
        new("none", "no number", double.NaN),
        .. Enumerable.Range(0, 5).Select(i => new LabFinding($"k{i}", $"number {i}", 1000.0 * i)),
    ];

    private static LabFigure Draw(string figure, double value)
    {
        Figure drawing = new(3.0, 2.0);
        drawing[0, 0].Line(new double[] { 0, 1 }, new double[] { 0, value });
        return new LabFigure(figure, $"the \"{figure}\" figure", drawing);
    }
}
