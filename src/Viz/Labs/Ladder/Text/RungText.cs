using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>What the page says of a rung besides its numbers.</summary>
/// <param name="Change">What is different from the rung below, and why.</param>
/// <param name="Question">What to predict.</param>
/// <param name="Reason">What the model bases its answer on.</param>
/// <param name="Slower">What explains a rung that is slower than the model, in principle.</param>
/// <param name="Faster">What explains one that is faster.</param>
internal sealed record RungText(Html Change, Html Question, Html Reason, Html Slower, Html Faster)
{
    /// <summary>The text of a rung.</summary>
    public static RungText Of(Rung rung) => rung.Device.IsCpu ? CpuRungText.Of(rung) : AcceleratorRungText.Of(rung);
}
