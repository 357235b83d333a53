using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>
/// Denoising score matching and noise prediction, loss against loss and gradient against gradient: the network that
/// says ε̂ = −σ·s has ‖s + ε/σ‖² = ‖ε̂ − ε‖²/σ² (Vincent 2011, equation 9; Ho, Jain and Abbeel 2020, arXiv:2006.11239,
/// section 3.2).
/// </summary>
/// <param name="Sigma">σ.</param>
/// <param name="TargetDifference">The largest |−(x̃ − x)/σ² + ε/σ| over the batch, as single precision has it.</param>
/// <param name="ScoreLoss">E‖s + ε/σ‖².</param>
/// <param name="NoiseLoss">E‖ε̂ − ε‖², summed over the dimensions.</param>
/// <param name="LossDifference">The relative difference of σ²·<paramref name="ScoreLoss"/> and the other.</param>
/// <param name="ScoreGradient">The gradient of the first loss, [weights].</param>
/// <param name="NoiseGradient">That of the second, turned into the first's by the chain rule, [weights].</param>
/// <param name="GradientDifference">‖a − b‖/‖a‖ of the two.</param>
/// <param name="OtherDifference">The same at <see cref="OtherSigma"/>, which no power of two scales exactly.</param>
/// <param name="Scores">The trained score network's −σ·s at points of p_σ, [N, 2].</param>
/// <param name="Noises">The trained noise predictor's ε̂ there, [N, 2].</param>
/// <param name="Trained">How the second agrees with the first, as fields.</param>
internal sealed record NoiseIdentity(
    double Sigma,
    double TargetDifference,
    double ScoreLoss,
    double NoiseLoss,
    double LossDifference,
    float[] ScoreGradient,
    double[] NoiseGradient,
    double GradientDifference,
    double OtherDifference,
    double[] Scores,
    double[] Noises,
    FieldAgreement Trained)
{
    /// <summary>A second σ.</summary>
    public const double OtherSigma = 0.3;

    private const int BatchPoints = 1024;
    private const int ShownPoints = 1500;

    /// <summary>Measures everything.</summary>
    /// <param name="context">The device and the seed.</param>
    /// <param name="score">The trained score network.</param>
    /// <param name="noise">The trained noise predictor.</param>
    public static NoiseIdentity Measure(LabContext context, Model score, Model noise)
    {
        double sigma = ((SingleSigmaModelProcess)score.Process).Sigma;
        ulong key = LabKeys.Of(context.Seed, ScoreMatchingDraw.IdentityBatch);
        TrainingBatch batch = new(
            ScoreTraining.Data.Sample(BatchPoints, key),
            GaussianMixture.Isotropic([[0.0, 0.0]], 1.0).Sample(BatchPoints, key, BatchPoints),
            []);
        (double scoreLoss, double noiseLoss, float[] direct, double[] through) = Compare(context.Device, score, sigma, batch);
        (_, _, float[] otherDirect, double[] otherThrough) = Compare(context.Device, score, OtherSigma, batch);
        float[] points = ScoreTraining.Data.Noised(1.0, sigma).Sample(ShownPoints, key, 2 * BatchPoints);
        double[] scores = Array.ConvertAll(Evaluate(context.Device, score, points), value => -sigma * value);
        double[] noises = Array.ConvertAll(Evaluate(context.Device, noise, points), value => -sigma * value);
        return new NoiseIdentity(
            sigma,
            TargetGap(batch, sigma),
            scoreLoss,
            noiseLoss,
            Math.Abs((sigma * sigma * scoreLoss) - noiseLoss) / noiseLoss,
            direct,
            through,
            Distance(direct, through),
            Distance(otherDirect, otherThrough),
            scores,
            noises,
            FieldAgreement.Of(noises, scores));
    }

    // Both losses and gradients on one batch, at any σ.
    private static (double ScoreLoss, double NoiseLoss, float[] Direct, double[] Through) Compare(
        IDevice device, Model score, double sigma, TrainingBatch batch)
    {
        int dimension = score.Network.Architecture.Dimension;
        SingleSigmaModelProcess process = new(sigma);
        Model direct = new(score.Network, Prediction.Score, process, score.Data);
        Model scaled = new(AsNoise(score.Network, sigma), Prediction.Epsilon, process, score.Data);
        (double scoreLoss, float[] gradient) = Gradient(device, direct, batch);
        (double meanLoss, float[] turned) = Gradient(device, scaled, batch);

        // A noise prediction's loss is the mean over the dimensions, a score's the sum.
        return (scoreLoss, dimension * meanLoss, gradient, ChainRule(score.Network, turned, sigma, dimension));
    }

    /// <summary>The network that says −σ times what another says.</summary>
    internal static Network AsNoise(Network network, double sigma)
    {
        Network scaled = new(network.Architecture);
        network.Values.CopyTo(scaled.Values, 0);
        foreach (NetworkParameter parameter in Last(network))
        {
            foreach (ref float value in scaled.Values.AsSpan(parameter.Offset, parameter.Length))
            {
                value = (float)(-sigma * value);
            }
        }

        return scaled;
    }

    // L = (D/σ²)·L′, and the last layer's weights are W′ = −σ·W.
    private static double[] ChainRule(Network network, float[] gradient, double sigma, int dimension)
    {
        double scale = dimension / (sigma * sigma);
        double[] turned = Array.ConvertAll(gradient, value => scale * value);
        foreach (NetworkParameter parameter in Last(network))
        {
            foreach (ref double value in turned.AsSpan(parameter.Offset, parameter.Length))
            {
                value *= -sigma;
            }
        }

        return turned;
    }

    private static IEnumerable<NetworkParameter> Last(Network network) => network.Parameters.TakeLast(2);

    private static (double Loss, float[] Gradient) Gradient(IDevice device, Model model, TrainingBatch batch)
    {
        using ITrainer trainer = device.Train(
            model.Network, ModelObjectives.Default(model), new MixtureData(ScoreTraining.Data), new TrainingOptions());
        float[] gradient = new float[model.Network.Values.Length];
        return (trainer.Gradient(batch, gradient), gradient);
    }

    private static double[] Evaluate(IDevice device, Model model, float[] points)
    {
        using IDeviceNetwork network = device.Load(model.Network);
        return FieldProbes.Evaluate(new ModelEvaluator(model, network), points);
    }

    private static double TargetGap(TrainingBatch batch, double sigma)
    {
        double largest = 0.0;
        for (int i = 0; i < batch.Clean.Length; i++)
        {
            float noisy = batch.Clean[i] + ((float)sigma * batch.Noise[i]);
            float fromPoints = -(noisy - batch.Clean[i]) / (float)(sigma * sigma);
            float fromNoise = -batch.Noise[i] / (float)sigma;
            largest = Math.Max(largest, Math.Abs(fromPoints - fromNoise));
        }

        return largest;
    }

    private static double Distance(float[] first, double[] second)
    {
        double difference = first.Zip(second, (a, b) => (a - b) * (a - b)).Sum();
        return Math.Sqrt(difference / first.Sum(a => (double)a * a));
    }
}
