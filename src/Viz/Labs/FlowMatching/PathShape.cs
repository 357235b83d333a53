namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>How straight and how even paths are, from states on the way.</summary>
/// <param name="Straightness">S = ∫E‖(Z₁ − Z₀)/T − dZ/dt‖² dt/T, see <see cref="Engine.Reflow.Straightness"/>.</param>
/// <param name="RelativeStraightness">S over E‖(Z₁ − Z₀)/T‖²: 0 for straight lines at constant speed, without a unit.
/// </param>
/// <param name="Detour">The mean length of the paths over the mean distance between their ends; 1 for lines.</param>
/// <param name="Bend">The mean over paths of the farthest that a path leaves the line through its ends.</param>
/// <param name="TurningDegrees">The mean over paths of the sum of all turns, in degrees; 0 for lines.</param>
/// <param name="SpeedRatio">The greatest mean speed of an interval over the least; 1 at constant speed.</param>
internal sealed record PathShape(
    double Straightness,
    double RelativeStraightness,
    double Detour,
    double Bend,
    double TurningDegrees,
    double SpeedRatio)
{
    // A segment that is shorter has no direction to speak of.
    private const double Standstill = 1e-12;

    /// <summary>Measures paths.</summary>
    /// <param name="states">The states, [F, N, 2].</param>
    /// <param name="times">The F times, rising or falling.</param>
    /// <param name="count">N.</param>
    public static PathShape Of(double[] states, IReadOnlyList<double> times, int count)
    {
        double straightness = Engine.Reflow.Straightness.Of(states, times, count);
        int last = times.Count - 1;
        double span = times[last] - times[0];
        double[] speeds = new double[last];
        double length = 0.0;
        double distance = 0.0;
        double squared = 0.0;
        double bend = 0.0;
        double turning = 0.0;
        for (int n = 0; n < count; n++)
        {
            (double X, double Y) start = At(0, n);
            (double X, double Y) chord = Minus(At(last, n), start);
            double chordLength = Length(chord);
            distance += chordLength;
            squared += chordLength * chordLength / (span * span);
            double farthest = 0.0;
            (double X, double Y) before = (0.0, 0.0);
            for (int k = 0; k < last; k++)
            {
                (double X, double Y) step = Minus(At(k + 1, n), At(k, n));
                double moved = Length(step);
                length += moved;
                speeds[k] += moved / Math.Abs(times[k + 1] - times[k]) / count;
                (double X, double Y) from = Minus(At(k + 1, n), start);
                farthest = Math.Max(farthest, chordLength > Standstill
                    ? Math.Abs(Cross(chord, from)) / chordLength
                    : Length(from));
                if (moved > Standstill)
                {
                    turning += before == (0.0, 0.0)
                        ? 0.0
                        : Math.Abs(Math.Atan2(Cross(before, step), (before.X * step.X) + (before.Y * step.Y)));
                    before = step;
                }
            }

            bend += farthest;
        }

        return new PathShape(
            straightness,
            straightness / (squared / count),
            length / distance,
            bend / count,
            turning / count * 180.0 / Math.PI,
            speeds.Max() / speeds.Min());

        (double X, double Y) At(int frame, int n)
        {
            int place = 2 * ((frame * count) + n);
            return (states[place], states[place + 1]);
        }
    }

    /// <summary>The mean ‖d²x/dt²‖ at the inner times, from differences of the velocities on both sides.</summary>
    /// <param name="states">The states, [F, N, 2].</param>
    /// <param name="times">The F ≥ 3 times.</param>
    /// <param name="count">N.</param>
    /// <returns>[F − 2].</returns>
    public static double[] Accelerations(double[] states, IReadOnlyList<double> times, int count)
    {
        double[] means = new double[times.Count - 2];
        int size = 2 * count;
        for (int k = 1; k + 1 < times.Count; k++)
        {
            double first = times[k] - times[k - 1];
            double second = times[k + 1] - times[k];
            for (int i = 0; i < size; i += 2)
            {
                means[k - 1] += Length((Change(i), Change(i + 1))) / count;
            }

            double Change(int i) => 2.0 / (first + second)
                * (((states[((k + 1) * size) + i] - states[(k * size) + i]) / second)
                    - ((states[(k * size) + i] - states[((k - 1) * size) + i]) / first));
        }

        return means;
    }

    private static (double X, double Y) Minus((double X, double Y) a, (double X, double Y) b) => (a.X - b.X, a.Y - b.Y);

    private static double Cross((double X, double Y) a, (double X, double Y) b) => (a.X * b.Y) - (a.Y * b.X);

    private static double Length((double X, double Y) a) => Math.Sqrt((a.X * a.X) + (a.Y * a.Y));
}
