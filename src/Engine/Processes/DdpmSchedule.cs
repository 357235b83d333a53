namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The discrete schedule of DDPM: α_t = 1 − β_t, ᾱ_t = ∏_{s≤t} α_s and x_t = √ᾱ_t·x₀ + √(1 − ᾱ_t)·ε, with β_t rising
/// linearly over T steps or along a cosine.
/// </summary>
/// <remarks>
/// Steps count from 0 to T − 1, so step 0 already carries a little noise (it is t = 1 in the paper). Everything is
/// computed in double. 1 − ᾱ is kept as a sum in its own right, because the subtraction loses digits at the first
/// steps. Ho, Jain and Abbeel, 2020, arXiv:2006.11239, equation (4) and section 4.
/// </remarks>
public sealed class DdpmSchedule : DiffusionProcess
{
    // A β of 1 would leave nothing of the step before.
    private const double MostBeta = 0.999;

    private readonly double[] _betas;
    private readonly double[] _alphas;
    private readonly double[] _alphaBars;
    private readonly double[] _variances;

    /// <summary>Creates a linear schedule, β_t from one value to another in equal steps.</summary>
    /// <param name="steps">The number of steps T, at least 1.</param>
    /// <param name="betaStart">β at step 0, in (0, 1).</param>
    /// <param name="betaEnd">β at step T − 1, in (0, 1); not used when T = 1.</param>
    /// <exception cref="InputException">An argument is out of range.</exception>
    public DdpmSchedule(int steps = 100, double betaStart = 1e-4, double betaEnd = 0.02)
        : this(Linear(betaStart, betaEnd, steps))
    {
    }

    private DdpmSchedule(double[] betas)
    {
        int steps = betas.Length;
        _betas = betas;
        _alphas = new double[steps];
        _alphaBars = new double[steps];
        _variances = new double[steps];
        double alphaBar = 1.0;
        double variance = 0.0;
        for (int t = 0; t < steps; t++)
        {
            double alpha = 1.0 - _betas[t];
            variance = (alpha * variance) + _betas[t];
            alphaBar *= alpha;
            _alphas[t] = alpha;
            _alphaBars[t] = alphaBar;
            _variances[t] = variance;
        }
    }

    /// <inheritdoc/>
    public override string Name => "ddpm";

    /// <summary>
    /// The cosine schedule: β_t = min(1 − ᾱ(t + 1)/ᾱ(t), 0.999) with ᾱ(t) ∝ cos²((π/2)(t/T + s)/(1 + s)), t from 0 to
    /// T − 1.
    /// </summary>
    /// <remarks>Nichol and Dhariwal, 2021, arXiv:2102.09672, equation (17) and the bound below it.</remarks>
    /// <param name="steps">The number of steps T, at least 1.</param>
    /// <param name="offset">s, above 0.</param>
    /// <exception cref="InputException">An argument is out of range.</exception>
    public static DdpmSchedule Cosine(int steps = 100, double offset = 0.008)
    {
        RequireSteps(steps);
        RequirePositive(offset, nameof(offset));
        double[] betas = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            // 1 − cos²b/cos²a = sin(b − a)·sin(b + a)/cos²a, which keeps its digits at the first steps.
            double before = Angle(t);
            double after = Angle(t + 1);
            double cosine = Math.Cos(before);
            betas[t] = Math.Min(MostBeta, Math.Sin(after - before) * Math.Sin(after + before) / (cosine * cosine));
        }

        return new DdpmSchedule(betas);

        double Angle(int t) => 0.5 * Math.PI * (((double)t / steps) + offset) / (1.0 + offset);
    }

    /// <summary>The number of steps T.</summary>
    public int Steps => _betas.Length;

    /// <summary>β_t for t = 0 … T − 1.</summary>
    public IReadOnlyList<double> Betas => _betas;

    /// <summary>α_t = 1 − β_t for t = 0 … T − 1. Not <see cref="Alpha"/>, which is √ᾱ_t.</summary>
    public IReadOnlyList<double> Alphas => _alphas;

    /// <summary>ᾱ_t, the running product of the α_t, for t = 0 … T − 1.</summary>
    public IReadOnlyList<double> AlphaBars => _alphaBars;

    /// <summary>0 … T − 1; only whole numbers are times of this process.</summary>
    public override TimeRange TimeRange => new(0.0, Steps - 1);

    /// <summary>√ᾱ_t.</summary>
    /// <param name="t">A whole number from 0 to T − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not such a number.</exception>
    public override double Alpha(double t) => Math.Sqrt(_alphaBars[Index(t)]);

    /// <summary>√(1 − ᾱ_t).</summary>
    /// <param name="t">A whole number from 0 to T − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not such a number.</exception>
    public override double Sigma(double t) => Math.Sqrt(_variances[Index(t)]);

    /// <summary>N(0, I): standardised data keep their variance.</summary>
    /// <param name="t">Without effect.</param>
    public override GaussianPrior Prior(double t) => new(1.0);

    private static void RequireRate(double value, string name)
    {
        if (!(value > 0.0 && value < 1.0))
        {
            throw InputException.For(name, value, "a number between 0 and 1, both excluded");
        }
    }

    private static void RequireSteps(int steps)
    {
        if (steps < 1)
        {
            throw InputException.For(nameof(steps), steps, "at least 1");
        }
    }

    private static double[] Linear(double betaStart, double betaEnd, int steps)
    {
        RequireSteps(steps);
        RequireRate(betaStart, nameof(betaStart));
        RequireRate(betaEnd, nameof(betaEnd));
        (double start, double end, int count) = (betaStart, betaEnd, steps);
        double[] values = new double[count];
        double step = count > 1 ? (end - start) / (count - 1) : 0.0;
        for (int i = 0; i < count; i++)
        {
            // The upper half counts down from the end, so that both ends are met exactly.
            values[i] = i < count / 2 || count == 1 ? start + (step * i) : end - (step * (count - 1 - i));
        }

        return values;
    }

    private int Index(double t)
    {
        if (!(t >= 0.0 && t < Steps) || t != Math.Floor(t))
        {
            throw new ArgumentOutOfRangeException(
                nameof(t), t, $"t is {t}; expected a whole number from 0 to {Steps - 1}.");
        }

        return (int)t;
    }
}
