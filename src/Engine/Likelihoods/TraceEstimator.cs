using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>How the trace of a Jacobian is worked out: exactly, or as the mean of vᵀJv over random v.</summary>
/// <remarks>
/// Hutchinson's estimator is right on average. With S = ½(J + Jᵀ) the variance of one probe is 2‖S‖²_F for Gaussian v
/// and 2(‖S‖²_F − Σ S²ᵢᵢ) for Rademacher v; of the mean of K it is that over K. A trajectory keeps its probes from end
/// to end, so that what is integrated is smooth. Hutchinson, 1989, "A stochastic estimator of the trace of the influence
/// matrix", section 2; Grathwohl et al., 2018, arXiv:1810.01367, section 3.1.
/// </remarks>
/// <param name="Probes">K, the probes of a trajectory; 0 for the exact trace, from D tangents.</param>
/// <param name="Kind">How they are drawn.</param>
public sealed record TraceEstimator(int Probes, ProbeKind Kind = ProbeKind.Rademacher)
{
    /// <summary>The trace itself.</summary>
    public static TraceEstimator Exact { get; } = new(0);

    /// <summary>Whether no probe is drawn.</summary>
    public bool IsExact => Probes == 0;

    /// <summary>Numbers that a trajectory leaves: the integral of the trace, or that of each probe's vᵀJv.</summary>
    public int Values => Math.Max(1, Probes);

    /// <summary>A probe of a trajectory: the same on every device, to the bit.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="sample">The trajectory's index in the whole run.</param>
    /// <param name="probe">The probe, from 0 to K − 1.</param>
    /// <param name="vector">Receives v, [D].</param>
    public void Fill(ulong seed, uint sample, int probe, Span<double> vector)
    {
        NormalDraws.Fill(seed, sample, (uint)probe, PhiloxStreams.Probes, vector);
        for (int d = 0; d < vector.Length; d++)
        {
            // Single precision on the host too, so that its probes are those of the devices.
            vector[d] = Kind == ProbeKind.Rademacher ? Math.CopySign(1.0, vector[d]) : (float)vector[d];
        }
    }

    /// <summary>Checks the number of probes.</summary>
    /// <exception cref="InputException">It is negative.</exception>
    internal void Require()
    {
        if (Probes < 0)
        {
            throw InputException.For("probes", Probes, "at least 1, or 0 for the exact trace");
        }
    }
}
