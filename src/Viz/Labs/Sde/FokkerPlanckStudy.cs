using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// Exercise 6: what ∂p/∂t is on a grid of the plane, and what five equations say it is. Derivatives are central
/// differences, so an equation that holds leaves a residual that falls with the square of the spacing.
/// </summary>
/// <param name="Time">t.</param>
/// <param name="Equations">The five.</param>
/// <param name="Slope">∂p/∂t on the grid that is drawn.</param>
/// <param name="Flow">−∇·(v·p) of the probability flow there.</param>
/// <param name="Residual">The first less the second.</param>
internal sealed record FokkerPlanckStudy(
    double Time, IReadOnlyList<FokkerPlanckResidual> Equations, ScalarGrid Slope, ScalarGrid Flow, ScalarGrid Residual)
{
    private const double Reach = 3.6;
    private const double Seconds = 1e-4;

    // A finer grid makes a larger figure, and nothing that the eye could see.
    private const int Drawn = 1;

    /// <summary>An equation by its key.</summary>
    public FokkerPlanckResidual this[string key] => Equations.First(equation => equation.Key == key);

    /// <summary>Evaluates all equations on all grids, for the data of the plane under VP.</summary>
    public static FokkerPlanckStudy Measure(double time, IReadOnlyList<double> spacings)
    {
        PlaneDensity[] grids = [.. spacings.Select(h => new PlaneDensity(SdeProcesses.Plane, SdeProcesses.Vp, time, h))];
        double f = SdeProcesses.Vp.Drift(time);
        double g2 = SdeProcesses.Vp.DiffusionSquared(time);
        (string Key, string Title, double Of, Func<PlaneDensity, double[]> Side)[] equations =
        [
            ("forward_sde", "the SDE’s Fokker–Planck equation", 1, grid => grid.Change(f, 0, g2)),
            ("probability_flow", "the probability flow’s continuity equation", 1, grid => grid.Change(f, -0.5 * g2, 0)),
            ("reverse_sde", "the reverse SDE’s, with drift −f·x + g²·s in reversed time", -1,
                grid => grid.Change(-f, g2, g2)),
            ("reverse_sde_as_printed", "the same with drift f·x − g²·s in reversed time, as printed", -1,
                grid => grid.Change(f, -g2, g2)),
            ("flow_without_half", "a flow without the ½, v = f·x − g²·s", 1, grid => grid.Change(f, -g2, 0)),
        ];
        PlaneDensity drawn = grids[Math.Min(Drawn, grids.Length - 1)];
        double[] flow = drawn.Change(f, -0.5 * g2, 0);
        return new FokkerPlanckStudy(
            time,
            [
                .. equations.Select(equation => new FokkerPlanckResidual(
                    equation.Key,
                    equation.Title,
                    [
                        .. grids.Select((grid, i) => new FokkerPlanckRow(
                            spacings[i], grid.RelativeResidual(equation.Side(grid), equation.Of))),
                    ])),
            ],
            drawn.Grid(drawn.TimeSlope),
            drawn.Grid(flow),
            drawn.Grid([.. drawn.TimeSlope.Zip(flow, (a, b) => a - b)]));
    }

    /// <summary>p_t, its score and ∂p/∂t at the nodes of a grid, with a margin of one node for differences.</summary>
    private sealed class PlaneDensity
    {
        private readonly double _spacing;
        private readonly int _side;
        private readonly double[] _nodes;
        private readonly double[] _density;
        private readonly double[] _scores;

        public PlaneDensity(GaussianMixture data, DiffusionProcess process, double time, double spacing)
        {
            _spacing = spacing;
            int half = (int)Math.Round(Reach / spacing);
            _side = (2 * half) + 1;
            _nodes = [.. Enumerable.Range(-half, _side).Select(i => i * spacing)];
            double[] points = [.. _nodes.SelectMany(y => _nodes.SelectMany(x => new[] { x, y }))];
            GaussianMixture now = SdeProcesses.At(data, process, time);
            _density = Array.ConvertAll(now.LogDensities(points), Math.Exp);
            _scores = now.Scores(points);
            double[] later = SdeProcesses.At(data, process, time + Seconds).LogDensities(points);
            double[] before = SdeProcesses.At(data, process, time - Seconds).LogDensities(points);
            TimeSlope = Inner([.. later.Zip(before, (a, b) => (Math.Exp(a) - Math.Exp(b)) / (2 * Seconds))]);
        }

        /// <summary>∂p/∂t at the inner nodes.</summary>
        public double[] TimeSlope { get; }

        /// <summary>−∇·((a·x + b·s)·p) + ½c·Δp at the inner nodes.</summary>
        public double[] Change(double ofState, double ofScore, double diffusion)
        {
            double[] change = new double[_density.Length];
            for (int row = 1; row < _side - 1; row++)
            {
                for (int column = 1; column < _side - 1; column++)
                {
                    int at = (row * _side) + column;
                    double divergence =
                        (Flux(row, column + 1, 0) - Flux(row, column - 1, 0)
                        + Flux(row + 1, column, 1) - Flux(row - 1, column, 1)) / (2 * _spacing);
                    double laplacian = (_density[at + 1] + _density[at - 1] + _density[at + _side]
                        + _density[at - _side] - (4 * _density[at])) / (_spacing * _spacing);
                    change[at] = (0.5 * diffusion * laplacian) - divergence;
                }
            }

            return Inner(change);

            double Flux(int row, int column, int axis)
            {
                int at = (row * _side) + column;
                double x = axis == 0 ? _nodes[column] : _nodes[row];
                return ((ofState * x) + (ofScore * _scores[(2 * at) + axis])) * _density[at];
            }
        }

        /// <summary>‖sign·∂p/∂t − side‖/‖∂p/∂t‖ over the inner nodes.</summary>
        public double RelativeResidual(double[] side, double sign) => Math.Sqrt(
            TimeSlope.Zip(side, (slope, value) => Math.Pow((sign * slope) - value, 2)).Sum()
            / TimeSlope.Sum(slope => slope * slope));

        public ScalarGrid Grid(double[] values) => new(_nodes[1..^1], _nodes[1..^1], values);

        private double[] Inner(double[] values) =>
        [
            .. Enumerable.Range(1, _side - 2)
                .SelectMany(row => values.AsSpan((row * _side) + 1, _side - 2).ToArray()),
        ];
    }
}

/// <summary>An equation and its residuals.</summary>
/// <param name="Key">The name in the results.</param>
/// <param name="Title">In words.</param>
/// <param name="Rows">One a grid, the spacing falling.</param>
internal sealed record FokkerPlanckResidual(string Key, string Title, IReadOnlyList<FokkerPlanckRow> Rows)
{
    /// <summary>The power of the spacing with which the residual falls: 2 where the equation holds.</summary>
    public double Order => LogSlope.Of(Rows.Select(row => row.Spacing), Rows.Select(row => row.Residual));

    /// <summary>Whether halving the spacing goes on lowering the residual at least by half.</summary>
    public bool Holds => Rows[^1].Residual < 0.5 * Rows[^2].Residual;
}

/// <summary>A residual, over the root mean square of ∂p/∂t.</summary>
internal sealed record FokkerPlanckRow(double Spacing, double Residual);
