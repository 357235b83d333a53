using ScoreGpu.Cli.Figures;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Output;

/// <summary>What is written and said of log-densities, of one run or joined from its parts.</summary>
/// <param name="Result">The values.</param>
/// <param name="Grid">Where they are on a grid; null where points were given.</param>
/// <param name="Divergence">How the divergence was worked out.</param>
/// <param name="Solver">The solver's name.</param>
/// <param name="Time">The time at which the points were taken.</param>
/// <param name="Data">The name of the training data.</param>
internal sealed record DensitySummary(
    LogLikelihoods Result, FieldGrid? Grid, string Divergence, string Solver, double Time, string Data)
{
    /// <summary>How a divergence is worked out, in words.</summary>
    public static string Describe(TraceEstimator estimator) => estimator.IsExact
        ? "exact"
        : $"hutchinson, {NumberText.Count(estimator.Probes)} {estimator.Kind.ToString().ToLowerInvariant()} probes";

    /// <summary>Writes the values.</summary>
    /// <exception cref="Engine.InputException">The file cannot be written.</exception>
    public void Write(string target)
    {
        double[] values = Result.Values;
        if (Grid is not null)
        {
            NpyFile.Write(target, values, Grid.Nodes.Length, Grid.Nodes.Length);
        }
        else if (target.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            NpyFile.Write(target, values, values.Length);
        }
        else
        {
            PointsFile.Write(target, new PointSet(Array.ConvertAll(values, value => (float)value), values.Length, 1));
        }
    }

    /// <summary>Draws the density on the grid.</summary>
    /// <exception cref="Engine.InputException">The file cannot be written.</exception>
    public void Plot(string path, Theme theme) => FigureFile.Save(
        path, DensityFigure.Draw(Grid!, Result.Values, $"Density at time {NumberText.Exact(Time)}\n{Data}", theme));

    /// <summary>Adds everything to a report.</summary>
    public void AddTo(Report report)
    {
        report.Add("count", Result.Values.Length);
        report.Add("dimension", Result.Dimension);
        if (Grid is not null)
        {
            double cell = (Grid.Nodes[^1] - Grid.Nodes[0]) / (Grid.Nodes.Length - 1);
            double mass = Result.Values.Sum(Math.Exp) * cell * cell;
            report.Add("mass_on_the_grid", mass, $"{mass:G6}");
        }
        else
        {
            AddMean(report);
        }

        AddMethod(report);
    }

    /// <summary>Adds how the values were worked out.</summary>
    public void AddMethod(Report report)
    {
        report.Add("divergence", Divergence);
        report.Add("solver", Solver);
        report.Add("time", Time, NumberText.Exact(Time));
        report.Add("nfe", Result.Nfe, NumberText.Exact(Result.Nfe));
    }

    private void AddMean(Report report)
    {
        double error = Result.StandardErrorOfMean;
        report.Add("mean_nats", Result.Mean, $"{Result.Mean:G6} (standard error {NumberText.Real(error)})");
        report.AddHidden("standard_error_nats", () => double.IsFinite(error) ? error : null);
        double bits = Result.BitsOf(error);
        report.Add(
            "bits_per_dimension",
            Result.BitsPerDimension,
            $"{Result.BitsPerDimension:G6} (standard error {NumberText.Real(bits)})");
        report.AddHidden("standard_error_bits", () => double.IsFinite(bits) ? bits : null);
        if (Result.StandardErrors is { } errors)
        {
            double typical = Math.Sqrt(errors.Sum(each => each * each) / errors.Length);
            report.Add(
                "probe_error_nats", typical, $"{NumberText.Real(typical)}, root mean square of the points' standard errors");
        }
    }
}
