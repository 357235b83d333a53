namespace ScoreGpu.Engine.Likelihoods;

/// <summary>The traces of a batch on the host, its probes drawn once and kept.</summary>
internal sealed class HostTraces
{
    private readonly ITraceNetwork _network;
    private readonly TraceEstimator _estimator;
    private readonly double[] _probes;
    private readonly int _dimension;
    private double[] _vectors = [];
    private double[] _products = [];

    /// <summary>Draws the probes.</summary>
    /// <param name="network">J.</param>
    /// <param name="estimator">Exactly, or with which probes.</param>
    /// <param name="count">N.</param>
    /// <param name="seed">The key.</param>
    /// <param name="firstSample">The index of the first trajectory in the whole run.</param>
    public HostTraces(ITraceNetwork network, TraceEstimator estimator, int count, ulong seed, uint firstSample)
    {
        estimator.Require();
        _network = network;
        _estimator = estimator;
        _dimension = network.Dimension;
        _probes = new double[checked(count * estimator.Probes * _dimension)];
        for (int i = 0; i < count * estimator.Probes; i++)
        {
            (int sample, int probe) = Math.DivRem(i, estimator.Probes);
            estimator.Fill(seed, firstSample + (uint)sample, probe, _probes.AsSpan(i * _dimension, _dimension));
        }
    }

    /// <summary>tr J, or vᵀJv for each probe, at points.</summary>
    /// <param name="points">[M, D].</param>
    /// <param name="conditions">One for all points, or one a point.</param>
    /// <param name="trajectories">Which of the batch they are, [M].</param>
    /// <param name="traces">Receives [M, values].</param>
    public void Evaluate(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<int> trajectories,
        Span<double> traces)
    {
        if (_estimator.IsExact)
        {
            _network.Divergence(points, conditions, traces);
            return;
        }

        if (_vectors.Length < points.Length)
        {
            _vectors = new double[points.Length];
            _products = new double[points.Length];
        }

        var vectors = _vectors.AsSpan(0, points.Length);
        var products = _products.AsSpan(0, points.Length);
        for (int k = 0; k < _estimator.Probes; k++)
        {
            for (int i = 0; i < trajectories.Length; i++)
            {
                int from = ((trajectories[i] * _estimator.Probes) + k) * _dimension;
                _probes.AsSpan(from, _dimension).CopyTo(vectors[(i * _dimension)..]);
            }

            _network.JacobianVector(points, conditions, vectors, products);
            for (int i = 0; i < trajectories.Length; i++)
            {
                double sum = 0.0;
                for (int d = i * _dimension; d < (i + 1) * _dimension; d++)
                {
                    sum += vectors[d] * products[d];
                }

                traces[(i * _estimator.Probes) + k] = sum;
            }
        }
    }
}
