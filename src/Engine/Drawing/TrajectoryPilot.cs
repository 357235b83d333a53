using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Drawing;

/// <summary>The first trajectories of a run, from which a view and a scale of speeds are taken.</summary>
/// <remarks>
/// They are trajectories 0, 1, … of the run itself, <see cref="MostTrajectories"/> at most and fewer where the program is
/// long, so that what follows from them depends on the run alone.
/// </remarks>
public sealed class TrajectoryPilot
{
    /// <summary>The most trajectories of a pilot.</summary>
    public const int MostTrajectories = 2048;

    private const int MostValues = 1 << 23;
    private const int LeastTrajectories = 64;

    // Of the ends, half a percent is left out on each side, so that a few strays do not decide.
    private const double Share = 0.005;

    // How far around the ends a view reaches, as a share of their extent.
    private const double Margin = 0.2;

    private readonly float[] _states;
    private readonly int _axisX;
    private readonly int _axisY;
    private readonly int _dimension;

    private TrajectoryPilot(float[] states, int frames, int count, int dimension, int axisX, int axisY)
    {
        _states = states;
        _dimension = dimension;
        _axisX = axisX;
        _axisY = axisY;
        Frames = frames;
        Count = count;
    }

    /// <summary>Trajectories.</summary>
    public int Count { get; }

    /// <summary>States of each, the start first.</summary>
    public int Frames { get; }

    /// <summary>Samples the pilot.</summary>
    /// <param name="network">The network on its device.</param>
    /// <param name="program">The rows.</param>
    /// <param name="whole">The run.</param>
    /// <param name="scale">How model units become data units; null where they are.</param>
    /// <param name="axisX">The horizontal coordinate.</param>
    /// <param name="axisY">The vertical coordinate.</param>
    public static TrajectoryPilot Run(
        IDeviceNetwork network, StepProgram program, SampleRequest whole, DataScale? scale, int axisX = 0, int axisY = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(program);
        int frames = program.Rows.Count + 1;
        int most = Math.Clamp(MostValues / (network.Dimension * frames), LeastTrajectories, MostTrajectories);
        SampleRequest first = SampleBatches.Split(whole, Math.Min(most, whole.Count), network.Dimension).First();
        float[] states = network.Sample(program, first with { RecordEvery = 1, Progress = null }).Trajectories;
        return new TrajectoryPilot(
            scale?.ToData(states) ?? states, frames, first.Count, network.Dimension, axisX, axisY);
    }

    /// <summary>
    /// What to show: 99 % of the ends in each direction and 0.2 times their extent on every side, widened in one
    /// direction so that both have the same scale. In data units.
    /// </summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <exception cref="InputException">No end is finite.</exception>
    public CanvasView View(int width, int height)
    {
        (double left, double right) = Ends(_axisX);
        (double bottom, double top) = Ends(_axisY);
        return new CanvasView(left, right, bottom, top, _axisX, _axisY).WidenedTo(width, height);
    }

    /// <summary>
    /// The lengths of all finite segments, ascending, in data units a row of the program; those of no length left out.
    /// </summary>
    public double[] Speeds()
    {
        List<double> speeds = new(_states.Length / _dimension);
        int stride = Count * _dimension;
        for (int at = stride; at < _states.Length; at += _dimension)
        {
            double x = (double)_states[at + _axisX] - _states[at - stride + _axisX];
            double y = (double)_states[at + _axisY] - _states[at - stride + _axisY];
            double length = Math.Sqrt((x * x) + (y * y));
            if (length > 0 && double.IsFinite(length))
            {
                speeds.Add(length);
            }
        }

        speeds.Sort();
        return [.. speeds];
    }

    private (double Low, double High) Ends(int axis)
    {
        int last = (Frames - 1) * Count * _dimension;
        double[] ends =
        [
            .. Enumerable.Range(0, Count)
                .Select(n => (double)_states[last + (n * _dimension) + axis])
                .Where(double.IsFinite)
                .Order(),
        ];
        if (ends.Length == 0)
        {
            throw new InputException(
                $"None of the first {Count} trajectories has a finite end; expected a sampler that does not diverge. "
                + "Try a smaller --step-size, or more --steps.");
        }

        double low = ends[(int)(Share * (ends.Length - 1))];
        double high = ends[(int)Math.Ceiling((1 - Share) * (ends.Length - 1))];

        // Equal ends still need a range to be drawn in.
        double margin = Math.Max(Margin * (high - low), 1e-3 * Math.Max(1.0, Math.Abs(high)));
        return (low - margin, high + margin);
    }
}
