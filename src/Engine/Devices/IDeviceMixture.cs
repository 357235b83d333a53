using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Devices;

/// <summary>
/// A Gaussian mixture on a device, in float32: the exact field that a network learns, at many points at once. The
/// mixture of x_t = α·x₀ + σ·ε is <see cref="GaussianMixture.Noised"/>.
/// </summary>
/// <remarks>
/// The exponents of the components are off by some 1e-7 of the squared distance to the mean in standard deviations. At
/// d standard deviations from two equally likely components of different covariance, the share of each is therefore off
/// by about 1e-7·d²; <see cref="GaussianMixture"/> itself evaluates in double. Beyond 1e19 standard deviations from
/// every mean the square overflows: the score is then NaN, as it is of points that are not finite.
/// </remarks>
public interface IDeviceMixture : IDisposable
{
    /// <summary>D.</summary>
    int Dimension { get; }

    /// <summary>ln p(x) in nats, and the score ∇ ln p(x).</summary>
    /// <param name="points">x, [N, D] row-major.</param>
    /// <param name="logDensities">Receives ln p, [N].</param>
    /// <param name="scores">Receives the scores, [N, D].</param>
    /// <exception cref="InputException">A length does not fit.</exception>
    void Evaluate(ReadOnlySpan<float> points, Span<float> logDensities, Span<float> scores);
}
