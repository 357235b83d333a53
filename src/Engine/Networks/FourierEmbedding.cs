using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>Gaussian Fourier features, θₖ = 2π·bₖ·τ with bₖ ~ N(0, s²), drawn once and fixed.</summary>
/// <remarks>
/// Tancik et al. 2020, arXiv:2006.10739, section 4, with Song et al. 2021's s = 16. Large s tells close times apart; small
/// s keeps the network smooth in between. In PyTorch the frequencies are the buffer <c>time_mlp.0.W</c>, [F/2]; they are
/// no weights: no optimiser and no weight decay touches them.
/// </remarks>
public sealed record FourierEmbedding : TimeFeatures
{
    private readonly float[] _frequencies;

    /// <summary>Features of given frequencies.</summary>
    /// <param name="frequencies">b, [F/2].</param>
    /// <param name="width">Outputs of both linear layers.</param>
    /// <param name="scale">τ for u = 1.</param>
    /// <param name="input">What u is.</param>
    public FourierEmbedding(ReadOnlySpan<float> frequencies, int width, double scale, TimeInput input)
        : base(2 * frequencies.Length, width, scale, input)
    {
        _frequencies = frequencies.ToArray();
    }

    /// <summary>s where nobody says otherwise.</summary>
    public const double UsualDeviation = 16;

    /// <summary>b.</summary>
    public ReadOnlySpan<float> Frequencies => _frequencies;

    /// <summary>Draws frequencies: the same seed gives the same everywhere.</summary>
    /// <param name="features">F.</param>
    /// <param name="width">Outputs of both linear layers.</param>
    /// <param name="scale">τ for u = 1.</param>
    /// <param name="input">What u is.</param>
    /// <param name="deviation">s.</param>
    /// <param name="seed">The seed.</param>
    public static FourierEmbedding Draw(
        int features, int width, double scale, TimeInput input, double deviation, ulong seed)
    {
        float[] frequencies = new float[features / 2];
        for (int k = 0; k < frequencies.Length; k++)
        {
            (uint x0, uint x1, _, _) = Philox.Next(
                (uint)k, 0, 0, PhiloxStreams.FourierFrequencies, (uint)seed, (uint)(seed >> 32));
            frequencies[k] = (float)(deviation * BoxMuller.Transform(x0, x1).Z0);
        }

        return new FourierEmbedding(frequencies, width, scale, input);
    }

    /// <summary>Equal where all numbers are.</summary>
    public bool Equals(FourierEmbedding? other) =>
        base.Equals(other) && _frequencies.AsSpan().SequenceEqual(other._frequencies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), _frequencies.Length);

    private protected override double Angle(int k, double tau) => 2 * Math.PI * _frequencies[k] * tau;
}
