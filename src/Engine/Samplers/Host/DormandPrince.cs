namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>dy/dt of a batch: states [N, W] at one time each to derivatives [N, W].</summary>
/// <param name="states">[N, W].</param>
/// <param name="times">[N].</param>
/// <param name="trajectories">Which of the batch they are, [N]: those that are done are no longer asked for.</param>
/// <param name="derivatives">Receives [N, W].</param>
public delegate void BatchDerivative(
    ReadOnlySpan<double> states, ReadOnlySpan<double> times, ReadOnlySpan<int> trajectories, Span<double> derivatives);

/// <summary>
/// The embedded Runge–Kutta pair 5(4) of Dormand and Prince for batches, each trajectory with steps of its own.
/// </summary>
/// <remarks>
/// Trajectories that are done leave the batch, so a hard one does not make the others take small steps. A step is
/// accepted where the root mean square of the error estimate over atol + rtol·max(|y|, |y′|) is at most 1, and the next
/// is 0.9·err^(−1/5) times as long, between 0.2 and 10 times. The last slope of a step is the first of the next.
/// Dormand and Prince, 1980, "A family of embedded Runge–Kutta formulae", table 2; the first step and the control:
/// Hairer, Nørsett and Wanner, 1993, "Solving ordinary differential equations I", section II.4.
/// </remarks>
public sealed class DormandPrince
{
    private const int Stages = 7;
    private const double Safety = 0.9;
    private const double LeastFactor = 0.2;
    private const double MostFactor = 10.0;

    private static readonly double[] Nodes = [0.0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1.0, 1.0];

    // The last row is the solution of order 5.
    private static readonly double[][] Weights =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    // Order 5 less order 4.
    private static readonly double[] ErrorWeights =
        [71.0 / 57600, 0.0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private readonly BatchDerivative _derivative;
    private readonly int _width;
    private readonly double _end;
    private readonly AdaptiveOptions _options;
    private readonly double[] _states;
    private readonly double[] _times;
    private readonly double[] _steps;
    private readonly bool[] _rejected;
    private readonly double[][] _slopes;
    private readonly double[] _trial;
    private readonly double[] _trialTimes;
    private readonly double[] _trialSlopes;
    private int[] _active;

    private DormandPrince(
        BatchDerivative derivative, double[] start, int width, double from, double to, AdaptiveOptions options)
    {
        int count = start.Length / width;
        _derivative = derivative;
        _width = width;
        _end = to;
        _options = options;
        _states = [.. start];
        _times = new double[count];
        Array.Fill(_times, from);
        _steps = new double[count];
        _rejected = new bool[count];
        _slopes = new double[Stages][];
        for (int stage = 0; stage < Stages; stage++)
        {
            _slopes[stage] = new double[start.Length];
        }

        _trial = new double[start.Length];
        _trialTimes = new double[count];
        _trialSlopes = new double[start.Length];
        _active = [.. Enumerable.Range(0, count)];
        Evaluations = new int[count];
    }

    /// <summary>Evaluations of the derivative, one count a trajectory.</summary>
    public int[] Evaluations { get; }

    /// <summary>Steps that were refused, over all trajectories.</summary>
    public int Rejections { get; private set; }

    /// <summary>The states at the end, [N, W].</summary>
    public double[] States => _states;

    /// <summary>Integrates a batch from one time to another, either way.</summary>
    /// <param name="derivative">dy/dt.</param>
    /// <param name="start">The states at <paramref name="from"/>, [N, W].</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="from">The first time.</param>
    /// <param name="to">The last time, another.</param>
    /// <param name="options">The tolerances.</param>
    /// <param name="progress">Told the share of trajectories that are done.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="InputException">A number is out of range, or a trajectory does not arrive within the most
    /// steps.
    /// </exception>
    public static DormandPrince Integrate(
        BatchDerivative derivative,
        double[] start,
        int width,
        double from,
        double to,
        AdaptiveOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(derivative);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        if (from == to)
        {
            throw InputException.For("the last time", to, "another than the first");
        }

        var run = new DormandPrince(derivative, start, width, from, to, options);
        run.ChooseFirstSteps();
        for (int tried = 0; run._active.Length > 0; tried++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tried == options.MostSteps)
            {
                throw new InputException(
                    $"{run._active.Length} of {run._times.Length} trajectories have not arrived after {tried} steps, "
                    + $"one at time {run._times[run._active[0]]}; expected larger tolerances, or a range on which the "
                    + "ODE is smooth.");
            }

            run.TryStep();
            progress?.Report(1.0 - ((double)run._active.Length / run._times.Length));
        }

        return run;
    }

    private void ChooseFirstSteps()
    {
        CopyActive(_states, _trial);
        CopyTimes(_ => 0.0);
        Evaluate(0);
        double[] guesses = new double[_times.Length];
        for (int i = 0; i < guesses.Length; i++)
        {
            double size = Norm(i, _states, _states);
            double slope = Norm(i, _slopes[0], _states);
            guesses[i] = Math.Min(
                size < 1e-5 || slope < 1e-5 ? 1e-6 : 0.01 * size / slope, Math.Abs(_end - _times[i]));
            for (int k = i * _width; k < (i + 1) * _width; k++)
            {
                _trial[k] = _states[k] + (Sign * guesses[i] * _slopes[0][k]);
            }
        }

        CopyTimes(i => Sign * guesses[i]);
        Evaluate(1);
        for (int i = 0; i < guesses.Length; i++)
        {
            for (int k = i * _width; k < (i + 1) * _width; k++)
            {
                _slopes[1][k] -= _slopes[0][k];
            }

            double bend = Norm(i, _slopes[1], _states) / guesses[i];
            double greatest = Math.Max(Norm(i, _slopes[0], _states), bend);
            double second = greatest <= 1e-15 ? Math.Max(1e-6, guesses[i] * 1e-3) : Math.Pow(0.01 / greatest, 0.2);
            _steps[i] = Math.Min(Math.Min(100.0 * guesses[i], second), Math.Abs(_end - _times[i]));
        }
    }

    private double Sign => _end > _times[_active[0]] ? 1.0 : -1.0;

    private void TryStep()
    {
        double sign = Sign;
        for (int stage = 1; stage < Stages; stage++)
        {
            for (int a = 0; a < _active.Length; a++)
            {
                int i = _active[a];
                for (int d = 0; d < _width; d++)
                {
                    double sum = 0.0;
                    for (int before = 0; before < stage; before++)
                    {
                        sum += Weights[stage][before] * _slopes[before][(i * _width) + d];
                    }

                    _trial[(a * _width) + d] = _states[(i * _width) + d] + (sign * _steps[i] * sum);
                }
            }

            double node = Nodes[stage];
            CopyTimes(i => sign * node * _steps[i]);
            Evaluate(stage);
        }

        // The last stage was evaluated at the new state, which the trial still holds.
        List<int> left = [];
        for (int a = 0; a < _active.Length; a++)
        {
            if (!Settle(a, sign))
            {
                left.Add(_active[a]);
            }
        }

        _active = [.. left];
    }

    // Accepts or refuses a trajectory's step, and says whether the trajectory has arrived.
    private bool Settle(int a, double sign)
    {
        int i = _active[a];
        double squares = 0.0;
        for (int d = 0; d < _width; d++)
        {
            int k = (i * _width) + d;
            double error = 0.0;
            for (int stage = 0; stage < Stages; stage++)
            {
                error += ErrorWeights[stage] * _slopes[stage][k];
            }

            double reached = _trial[(a * _width) + d];
            double scale = Scale(Math.Max(Math.Abs(_states[k]), Math.Abs(reached)));
            squares += Math.Pow(_steps[i] * error / scale, 2.0);
        }

        double norm = Math.Sqrt(squares / _width);
        double factor = norm == 0.0 ? MostFactor : Math.Clamp(Safety * Math.Pow(norm, -0.2), LeastFactor, MostFactor);
        if (!(norm <= 1.0))
        {
            Rejections++;
            _rejected[i] = true;
            _steps[i] *= double.IsNaN(factor) ? LeastFactor : Math.Min(1.0, factor);
            return false;
        }

        for (int d = 0; d < _width; d++)
        {
            int k = (i * _width) + d;
            _states[k] = _trial[(a * _width) + d];
            _slopes[0][k] = _slopes[Stages - 1][k];
        }

        double rest = Math.Abs(_end - _times[i]);
        bool arrives = _steps[i] >= rest;
        _times[i] = arrives ? _end : _times[i] + (sign * _steps[i]);
        double next = _steps[i] * (_rejected[i] ? Math.Min(1.0, factor) : factor);
        _rejected[i] = false;
        _steps[i] = Math.Min(next, Math.Abs(_end - _times[i]));
        return arrives;
    }

    private double Scale(double size) => _options.AbsoluteTolerance + (_options.RelativeTolerance * size);

    private double Norm(int i, double[] values, double[] sizes)
    {
        double squares = 0.0;
        for (int k = i * _width; k < (i + 1) * _width; k++)
        {
            double scaled = values[k] / Scale(Math.Abs(sizes[k]));
            squares += scaled * scaled;
        }

        return Math.Sqrt(squares / _width);
    }

    private void CopyActive(double[] source, double[] target)
    {
        for (int a = 0; a < _active.Length; a++)
        {
            source.AsSpan(_active[a] * _width, _width).CopyTo(target.AsSpan(a * _width));
        }
    }

    private void CopyTimes(Func<int, double> offset)
    {
        for (int a = 0; a < _active.Length; a++)
        {
            _trialTimes[a] = _times[_active[a]] + offset(_active[a]);
        }
    }

    private void Evaluate(int stage)
    {
        int length = _active.Length * _width;
        var slopes = _trialSlopes.AsSpan(0, length);
        _derivative(_trial.AsSpan(0, length), _trialTimes.AsSpan(0, _active.Length), _active, slopes);
        for (int a = 0; a < _active.Length; a++)
        {
            slopes.Slice(a * _width, _width).CopyTo(_slopes[stage].AsSpan(_active[a] * _width));
            Evaluations[_active[a]]++;
        }
    }
}
