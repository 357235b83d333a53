using System.Text.Json.Nodes;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Cli.Commands;

/// <summary>A comparison of samples as tables, and as JSON.</summary>
internal static class ComparisonReport
{
    /// <summary>Adds the metrics.</summary>
    public static void Add(Report report, SampleComparison comparison, ComparisonOptions options)
    {
        report.AddHidden("compared_samples", () => comparison.ComparedSamples);
        report.AddHidden("compared_data", () => comparison.ComparedData);
        TextTable table = new("", "metric", " value", " standard error", " of equals", "over");
        string pairs =
            $"{NumberText.Count(comparison.ComparedSamples)} and {NumberText.Count(comparison.ComparedData)} points";
        AddRow(report, table, "energy_distance_squared", "energy distance, squared", comparison.Energy, pairs);
        AddRow(report, table, "mmd_squared", "MMD, squared", comparison.Discrepancy, pairs);
        report.AddHidden("mmd_bandwidths", () => new JsonArray([.. comparison.Bandwidths.Select(h => (JsonNode)h)]));
        AddWasserstein(report, table, comparison);
        string neighbours = $"{pairs}, neighbour {options.Neighbour}";
        AddRow(report, table, "kl_data_samples", "KL(data|samples), nats", comparison.DataToSamples, neighbours);
        AddRow(report, table, "kl_samples_data", "KL(samples|data), nats", comparison.SamplesToData, neighbours);
        if (comparison.LogLikelihoodGap is { } gap)
        {
            AddRow(report, table, "log_likelihood_gap", "log-likelihood gap, nats", gap, "all points");
            double outside = comparison.OutsideShare!.Value;
            report.AddHidden("outside_share", () => Number(outside));
            table.AddRow("share where the data have none", NumberText.Real(outside), "", "", "all samples");
        }

        report.AddTable(table);
        if (comparison.Modes is { } modes)
        {
            AddModes(report, modes, comparison.Shares);
        }
    }

    /// <summary>Adds what chains say.</summary>
    public static void Add(Report report, ChainDiagnostics[] chains)
    {
        TextTable table = new("chains", "dimension", " split R-hat", " of ranks", " ESS", " bulk ESS");
        for (int d = 0; d < chains.Length; d++)
        {
            table.AddRow(
                $"x{d}",
                chains[d].SplitRHat.ToString("F4", NumberText.Culture),
                chains[d].RankSplitRHat.ToString("F4", NumberText.Culture),
                NumberText.Real(chains[d].Ess),
                NumberText.Real(chains[d].BulkEss));
        }

        report.AddTable(table);
        report.AddHidden("chains", () => new JsonArray([.. chains.Select(each => new JsonObject
        {
            ["split_r_hat"] = Number(each.SplitRHat),
            ["rank_split_r_hat"] = Number(each.RankSplitRHat),
            ["ess"] = Number(each.Ess),
            ["bulk_ess"] = Number(each.BulkEss),
        })]));
    }

    private static void AddWasserstein(Report report, TextTable table, SampleComparison comparison)
    {
        SlicedWasserstein distance = comparison.Wasserstein;
        table.AddRow(
            "sliced Wasserstein-2, squared",
            NumberText.Real(distance.Squared),
            NumberText.Real(distance.StandardError),
            comparison.WassersteinOfEquals is { } shown ? NumberText.Real(shown) : "",
            $"all points, {NumberText.Count(distance.Directions)} directions");
        report.AddHidden("sliced_wasserstein_squared", () => new JsonObject
        {
            ["value"] = Number(distance.Squared),
            ["standard_error"] = Number(distance.StandardError),
            ["of_equals"] = comparison.WassersteinOfEquals is { } equals ? Number(equals) : null,
            ["directions"] = distance.Directions,
        });
    }

    private static void AddModes(Report report, ModeStatistics modes, ChiSquare? shares)
    {
        string test = shares is null
            ? ""
            : $"; chi-square of the shares {NumberText.Real(shares.Statistic)} "
                + $"({shares.DegreesOfFreedom} degrees of freedom), p = {NumberText.Real(shares.PValue)}";
        string title = $"modes, within {modes.WithinSigmas} standard deviations; outliers "
            + $"{NumberText.Real(modes.OutlierShare)}{test}";
        TextTable table = new(title, "mode", " share", "mean", "standard deviation");
        foreach (ModeSummary mode in modes.Modes)
        {
            table.AddRow($"{mode.Index}", NumberText.Real(mode.Share), Text(mode.Mean), Text(mode.StandardDeviation));
        }

        report.AddTable(table);
        report.AddHidden("outlier_share", () => Number(modes.OutlierShare));
        report.AddHidden("modes", () => new JsonArray([.. modes.Modes.Select(mode => new JsonObject
        {
            ["share"] = Number(mode.Share),
            ["mean"] = Numbers(mode.Mean),
            ["standard_deviation"] = Numbers(mode.StandardDeviation),
            ["covariance"] = Numbers(mode.Covariance),
        })]));
        if (shares is not null)
        {
            report.AddHidden("shares_chi_square", () => new JsonObject
            {
                ["statistic"] = Number(shares.Statistic),
                ["degrees_of_freedom"] = shares.DegreesOfFreedom,
                ["p_value"] = Number(shares.PValue),
            });
        }
    }

    private static void AddRow(
        Report report, TextTable table, string key, string label, TwoSampleEstimate estimate, string of)
    {
        table.AddRow(
            label,
            NumberText.Real(estimate.Value),
            NumberText.Real(estimate.StandardError),
            NumberText.Real(estimate.NullError),
            of);
        report.AddHidden(key, () => new JsonObject
        {
            ["value"] = Number(estimate.Value),
            ["standard_error"] = Number(estimate.StandardError),
            ["rms_of_equals"] = Number(estimate.NullError),
        });
    }

    private static void AddRow(
        Report report, TextTable table, string key, string label, MeanEstimate estimate, string of)
    {
        bool isKnown = !double.IsNaN(estimate.Value);
        table.AddRow(
            label,
            isKnown ? NumberText.Real(estimate.Value) : "undefined",
            isKnown ? NumberText.Real(estimate.StandardError) : "",
            "",
            isKnown ? of : "points that repeat");
        report.AddHidden(key, () => new JsonObject
        {
            ["value"] = Number(estimate.Value),
            ["standard_error"] = Number(estimate.StandardError),
        });
    }

    private static string Text(double[] values) => string.Join(", ", values.Select(NumberText.Real));

    private static JsonArray Numbers(double[] values) => new([.. values.Select(Number)]);

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
