namespace ScoreGpu.Viz.Labs.ScoreFunctions;
/// <summary>x</summary>
public sealed class ScoreFunctionsLab : ILab
{
    /// <inheritdoc/>
    public string Name => "score-functions";
    /// <inheritdoc/>
    public string Title => "Score functions";
    /// <inheritdoc/>
    public string Summary => "x";
    /// <inheritdoc/>
    public LabResult Run(LabContext context) {
        var clock = new LabClock(context, ScoreFunctionsRun.TotalWeight);
        var d = ScoreFunctionsRun.Compute(context, new(), clock);
        foreach (var s in clock.Stages) System.Console.WriteLine($"{s.Name} {s.Elapsed.TotalSeconds:F2}");
        foreach (var a in d.LongAgreement.Compared) System.Console.WriteLine(a);
        foreach (var a in d.ShortAgreement.Compared) System.Console.WriteLine(a);
        foreach (var a in d.Fields.Fields) System.Console.WriteLine(a);
        System.Console.WriteLine(d.Fields.MergingSigma); System.Console.WriteLine(d.Analytic);
        foreach (var z in d.Analytic.Mixture.Zeros) System.Console.WriteLine(z);
        System.Console.WriteLine(d.Pairs + string.Join(',', d.Pairs.ModesFromOneStart));
        System.Console.WriteLine("floor " + string.Join(' ', d.Starts.FloorDistances));
        foreach (var q in d.Starts.Sets) System.Console.WriteLine($"{q.Key,-22} out {q.Modes.OutlierShare:F4} std {q.MeanStd:F4} off {q.MeanOffset:F3} share {q.LeastShare:F3}-{q.GreatestShare:F3} E {q.EnergyDistance:E3}");
        Directory.CreateDirectory(context.OutputFolder); var sw = System.Diagnostics.Stopwatch.StartNew();
        foreach (var f in Figures.ScoreFunctionsFigures.Draw(d)) { foreach (var th in new[] { Theme.Dark, Theme.Light }) { f.Figure.Theme = th; var a = sw.Elapsed; var svg = f.Figure.ToSvg(); var b = sw.Elapsed; var png = f.Figure.ToPng(100); var c = sw.Elapsed; File.WriteAllText(Path.Combine(context.OutputFolder, f.Name + "-" + th.Name + ".svg"), svg); File.WriteAllBytes(Path.Combine(context.OutputFolder, f.Name + "-" + th.Name + ".png"), png); System.Console.WriteLine($"{f.Name} {th.Name} svg {svg.Length/1000} kB {(b-a).TotalSeconds:F2} png {png.Length/1000} kB {(c-b).TotalSeconds:F2}"); } }
        return null!; }
}
