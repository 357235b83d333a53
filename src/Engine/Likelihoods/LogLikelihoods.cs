using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>ln p of points by the probability-flow ODE, in nats.</summary>
public sealed class LogLikelihoods
{
    private LogLikelihoods(double[] values, double[]? standardErrors, double[] changes, double[] ends, int dimension)
    {
        Values = values;
        StandardErrors = standardErrors;
        Changes = changes;
        Ends = ends;
        Dimension = dimension;
    }

    /// <summary>ln p(x), [N].</summary>
    public double[] Values { get; }

    /// <summary>The standard error of each value from its probes, s/√K, [N]; null where the trace is exact or K is 1.
    /// </summary>
    public double[]? StandardErrors { get; }

    /// <summary>ln p(x) less the prior's ln p at the end of the way, [N]: the integral of the divergence. None where the
    /// values were worked out elsewhere.</summary>
    public double[] Changes { get; }

    /// <summary>The ends of the ways, [N, D]. None where the values were worked out elsewhere.</summary>
    public double[] Ends { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Network evaluations a point, on average.</summary>
    public double Nfe { get; private init; }

    /// <summary>The mean, in nats.</summary>
    public double Mean => Values.Average();

    /// <summary>The standard error of the mean over the points, which the probes' share is part of; NaN for one point.
    /// </summary>
    public double StandardErrorOfMean => StandardErrorOf(Values);

    /// <summary>−mean/(D·ln 2): bits a dimension.</summary>
    public double BitsPerDimension => BitsOf(-Mean);

    /// <summary>Nats in bits a dimension.</summary>
    public double BitsOf(double nats) => nats / (Dimension * Math.Log(2.0));

    /// <summary>The same densities in data units: u = (x − mean)/std loses Σ ln std.</summary>
    public LogLikelihoods InDataUnits(DataScale scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        double volume = scale.LogVolume;
        double[] values = Array.ConvertAll(Values, value => value - volume);
        return new LogLikelihoods(values, StandardErrors, Changes, Ends, Dimension) { Nfe = Nfe };
    }

    /// <summary>Values that were worked out elsewhere, for their mean and its error.</summary>
    /// <param name="values">ln p(x), [N].</param>
    /// <param name="standardErrors">Their standard errors, [N], or null.</param>
    /// <param name="dimension">D.</param>
    /// <param name="nfe">Network evaluations a point.</param>
    /// <exception cref="InputException">The lengths differ.</exception>
    public static LogLikelihoods FromValues(double[] values, double[]? standardErrors, int dimension, double nfe)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        BatchChecks.RequireLength("standard errors", standardErrors?.Length ?? values.Length, values.Length);
        return new LogLikelihoods(values, standardErrors, [], [], dimension) { Nfe = nfe };
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="prior">What the flow ends in.</param>
    /// <param name="perDimension">What every point gains a dimension.</param>
    /// <param name="ends">The ends of the ways, [N, D].</param>
    /// <param name="traces">[N], or [N, K].</param>
    /// <param name="estimator">K.</param>
    /// <param name="nfe">Network evaluations a point.</param>
    internal static LogLikelihoods Of(
        GaussianPrior prior, double perDimension, double[] ends, double[] traces, TraceEstimator estimator, double nfe)
    {
        int probes = estimator.Values;
        int count = traces.Length / probes;
        int dimension = ends.Length / count;
        double[] values = new double[count];
        double[] changes = new double[count];
        double[]? errors = probes > 1 ? new double[count] : null;
        for (int n = 0; n < count; n++)
        {
            double[] own = traces[(n * probes)..((n + 1) * probes)];
            changes[n] = (dimension * perDimension) + own.Average();
            values[n] = changes[n] + prior.LogDensity(ends.AsSpan(n * dimension, dimension));
            if (errors is not null)
            {
                errors[n] = StandardErrorOf(own);
            }
        }

        return new LogLikelihoods(values, errors, changes, ends, dimension) { Nfe = nfe };
    }

    private static double StandardErrorOf(double[] values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return Math.Sqrt(squares / ((double)values.Length * (values.Length - 1)));
    }
}
