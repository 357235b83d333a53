using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Growth;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>The part of a benchmark's page that shows how costs grow.</summary>
internal static class GrowthSection
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="report">What was measured.</param>
    /// <param name="figure">The figure; null where every curve was refused.</param>
    public static void Write(Page page, GrowthReport report, PageFigure? figure)
    {
        PageSection section = page.Section("growth", "Growth", "What twice as much costs")
            .Paragraph($"""
                A sampler evaluates the network at every step for every trajectory. With <i>N</i> trajectories, <i>S</i> steps,
                <i>D</i> dimensions and three layers of <i>H</i> features its products are
                """)
            .Formula($"2·<i>S</i>·(<i>N</i>·(2·<i>D</i>·<i>H</i> + 2·<i>H</i>²) + 2·<i>H</i>²) operations, shared by all threads,")
            .Paragraph($"""
                so time should grow as <i>N</i>, as <i>S</i>, almost as <i>H</i>², and as <i>D</i> once 2·<i>D</i>·<i>H</i> outweighs
                2·<i>H</i>². Theory’s exponents below are those of this formula at the very sizes that were measured. The sampler
                is DDIM; the first run of every size has its last samples compared with float64.
                """)
            .Prediction(
                Html.Text("What keeps the left end of every curve above the dashes?"),
                Html.Of($"""
                    What a run costs however small it is: starting threads or kernels, the table of the steps, and tiles that are
                    not full. Activations grow with <i>H</i> and not its square, so narrow networks lie above the dashes too.
                    """));
        if (figure is not null)
        {
            section.Figure(figure, Html.Of($"""
                Strong points are those that the power is fitted to; below, fixed costs show. Trajectories whose ends are
                returned need the memory of these ends, four bytes a dimension; those that are drawn and dropped need none,
                however many.
                """));
        }

        foreach (RefusedGrowth refused in report.Refused)
        {
            section.Finding("Not reported:", $"""
                how {refused.Operation} grows with {BenchmarkFile.NameOf(refused.Axis)}. Its results differ from float64 by
                {Numerals.Significant(refused.Error, 2)} times what passes.
                """);
        }

        if (report.Curves.Count > 0)
        {
            section.Table(Table(report));
        }

        foreach (GrowthCurve curve in report.Curves.Where(curve => curve.EndsBecause is not null))
        {
            section.Finding($"No more {BenchmarkFile.NameOf(curve.Axis)}:", $"{curve.EndsBecause}");
        }

        foreach (GrowthMemory memory in report.Memory)
        {
            MemoryPoint last = memory.Points[^1];
            section.Finding($"Memory, {GrowthFigure.LabelOf(memory.Operation)}:", $"""
                {Numerals.Significant(last.Bytes / (double)(1 << 20))} MiB for {Numerals.Count(last.Count)} trajectories, of which
                each adds {Numerals.Fixed(memory.BytesPerTrajectory, 2)} bytes (theory:
                {Numerals.Significant(memory.TheoryBytesPerTrajectory, 2)}).
                """);
        }
    }

    private static PageTable Table(GrowthReport report)
    {
        PageTable table = new(
            [
                Html.Text("operation"), Html.Text("with"), Html.Text("from"), Html.Text("to"), Html.Text("time there"),
                Html.Text("exponent"), Html.Text("theory"),
            ],
            textColumns: 2);
        foreach (GrowthCurve curve in report.Curves)
        {
            GrowthPoint last = curve.Points[^1];
            table.Row(
                Html.Text(curve.Operation),
                Html.Text(BenchmarkFile.NameOf(curve.Axis)),
                Html.Text(Numerals.Count(curve.Points[0].Size[curve.Axis])),
                Html.Text(Numerals.Count(last.Size[curve.Axis])),
                Html.Text(BenchmarkPage.Duration(last.Time.Median)),
                Html.Text(GrowthFigure.Exponent(curve.Measured)),
                Html.Text(Numerals.Fixed(curve.Theory.Exponent, 3)));
        }

        return table;
    }
}
