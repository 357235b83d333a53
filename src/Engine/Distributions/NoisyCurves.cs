namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Points on curves of equal weight, spread by Gaussian noise:
/// p(x) = (1/K) Σ_k ∫ q(θ) N(x; c_k(θ), s²·I) dθ.
/// </summary>
/// <remarks>
/// The integral is a sum of 8-point Gauss–Legendre rules over panels no longer than a fifth of s along the curve: within
/// 40 s of the curve the exponent changes by at most 8 over a panel, which the rule integrates to a relative error
/// below 1e−8; within 10 s to rounding. Farther out, where p itself underflows, ln p keeps its leading digits. Panels
/// that cannot matter are skipped: a density costs tens of microseconds.
/// </remarks>
public abstract class NoisyCurves : PlanarDistribution
{
    private const double PanelsPerStd = 5.0;

    // exp(−40) of the largest panel is nothing in double, however many there are.
    private const double Negligible = 40.0;

    private static readonly double[] Abscissas =
        [0.18343464249564980494, 0.52553240991632898582, 0.79666647741362673959, 0.96028985649753623168];

    private static readonly double[] Weights =
        [0.36268378337836198297, 0.31370664587788728734, 0.22238103445337447054, 0.10122853629037625915];

    private readonly Lazy<Panel[]> _panels;
    private double _halfPanel;

    /// <summary>Describes the curves.</summary>
    /// <param name="arms">The number of curves K.</param>
    /// <param name="start">The least θ.</param>
    /// <param name="end">The largest θ.</param>
    /// <param name="speed">A bound of |c_k′(θ)|.</param>
    /// <param name="std">The noise's standard deviation s in every direction; above 0.</param>
    /// <exception cref="InputException"><paramref name="std"/> is out of range.</exception>
    protected NoisyCurves(int arms, double start, double end, double speed, double std)
    {
        if (!(std > 0.0) || double.IsInfinity(std))
        {
            throw InputException.For(nameof(std), std, "a finite number above 0");
        }

        Arms = arms;
        Start = start;
        End = end;
        StandardDeviation = std;
        _panels = new Lazy<Panel[]>(() => Divide(speed));
    }

    /// <summary>The number of curves K.</summary>
    public int Arms { get; }

    /// <summary>The least θ.</summary>
    public double Start { get; }

    /// <summary>The largest θ.</summary>
    public double End { get; }

    /// <summary>The noise's standard deviation s.</summary>
    public double StandardDeviation { get; }

    /// <summary>c_k(θ).</summary>
    /// <param name="arm">k, from 0.</param>
    /// <param name="theta">θ.</param>
    public abstract (double X, double Y) Centre(int arm, double theta);

    /// <summary>q(θ); uniform unless overridden together with <see cref="Quantile"/>.</summary>
    public virtual double ParameterDensity(double theta) => 1.0 / (End - Start);

    /// <summary>The θ below which a share u of the points lies, the inverse of the integral of q.</summary>
    public virtual double Quantile(double u) => Start + (u * (End - Start));

    /// <inheritdoc/>
    public sealed override double LogDensity(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return double.NaN;
        }

        Panel[] panels = _panels.Value;
        double nearest = double.PositiveInfinity;
        foreach (Panel panel in panels)
        {
            nearest = Math.Min(nearest, panel.Middle.SquaredDistance(x, y));
        }

        // No point of a panel is farther than _halfPanel from its middle.
        double precision = 1.0 / (StandardDeviation * StandardDeviation);
        double atLeast = -0.5 * precision * Square(Math.Sqrt(nearest) + _halfPanel);
        double reach = Math.Sqrt((Negligible - atLeast) * 2.0 / precision) + _halfPanel;
        double largest = -0.5 * precision * nearest;
        double sum = 0.0;
        foreach (Panel panel in panels)
        {
            if (panel.Middle.SquaredDistance(x, y) > reach * reach)
            {
                continue;
            }

            foreach (Node node in panel.Nodes)
            {
                sum += node.Weight * Math.Exp((-0.5 * precision * node.SquaredDistance(x, y)) - largest);
            }
        }

        return largest + Math.Log(sum) + Math.Log(precision / (2.0 * Math.PI));
    }

    /// <inheritdoc/>
    protected sealed override (double X, double Y) PointOf(ReadOnlySpan<double> uniforms, ReadOnlySpan<double> normals)
    {
        (double x, double y) = Centre((int)(Arms * uniforms[0]), Quantile(uniforms[1]));
        return (x + (StandardDeviation * normals[0]), y + (StandardDeviation * normals[1]));
    }

    private static double Square(double value) => value * value;

    private Panel[] Divide(double speed)
    {
        int count = (int)Math.Ceiling((End - Start) * speed * PanelsPerStd / StandardDeviation);
        double half = 0.5 * (End - Start) / count;
        _halfPanel = half * speed;
        Panel[] panels = new Panel[Arms * count];
        for (int i = 0; i < panels.Length; i++)
        {
            int arm = i / count;
            double middle = Start + (half * ((2 * (i % count)) + 1));
            Node[] nodes = new Node[2 * Abscissas.Length];
            for (int j = 0; j < nodes.Length; j++)
            {
                double offset = (j % 2 == 0 ? half : -half) * Abscissas[j / 2];
                nodes[j] = NodeAt(arm, middle + offset, half * Weights[j / 2] / Arms);
            }

            panels[i] = new Panel(NodeAt(arm, middle, 0.0), nodes);
        }

        return panels;
    }

    private Node NodeAt(int arm, double theta, double weight)
    {
        (double x, double y) = Centre(arm, theta);
        return new Node(x, y, weight * ParameterDensity(theta));
    }

    private readonly record struct Node(double X, double Y, double Weight)
    {
        public double SquaredDistance(double x, double y) => ((x - X) * (x - X)) + ((y - Y) * (y - Y));
    }

    private sealed record Panel(Node Middle, Node[] Nodes);
}
