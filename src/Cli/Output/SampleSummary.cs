using System.Globalization;
using ScoreGpu.Cli.Figures;
using ScoreGpu.Engine.Data;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Output;

/// <summary>What is said of samples, of one run or joined from its parts.</summary>
/// <param name="Sampler">The sampler's name.</param>
/// <param name="Nfe">Network evaluations a sample.</param>
/// <param name="AcceptanceRate">The share of proposals that were accepted; null where there is no choice.</param>
/// <param name="Seed">The key of the draws.</param>
/// <param name="Data">The name of the training data.</param>
internal sealed record SampleSummary(string Sampler, double Nfe, double? AcceptanceRate, ulong Seed, string Data)
{
    /// <summary>Draws samples.</summary>
    /// <exception cref="Engine.InputException">The file cannot be written.</exception>
    public void Plot(string path, PointSet samples, Theme theme)
    {
        string title = string.Create(
            CultureInfo.InvariantCulture, $"{samples.Count} samples, {Sampler}\n{Data}, seed {Seed}");
        FigureFile.Save(path, SampleFigure.Draw(samples, title, theme));
    }

    /// <summary>Adds everything to a report.</summary>
    public void AddTo(Report report, int count, int dimension)
    {
        report.Add("count", count);
        report.Add("dimension", dimension);
        report.Add("sampler", Sampler);
        report.Add("nfe", () => Nfe, NumberText.Exact(Nfe));
        if (AcceptanceRate is { } rate)
        {
            report.Add("acceptance_rate", rate, $"{rate:P1}");
        }

        report.Add("seed", () => Seed, $"{Seed}");
    }
}
