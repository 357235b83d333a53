using ScoreGpu.Engine.Naming;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Training;

/// <summary>How much a time counts in a regression.</summary>
/// <remarks>
/// Every prediction p is linear in the score, given x_t: s = a·x_t + b·p. So L = E_t λ(t)·‖s − ∇ log p(x_t | x₀)‖² is the
/// regression of p with w = λ·b². (Song et al. 2021, arXiv:2011.13456, equation 7.)
/// </remarks>
public enum LossWeight
{
    /// <summary>w = 1: the error of what the network predicts. Of ε it is the simple loss of DDPM (λ = σ²), of the velocity
    /// flow matching's, of EDM's F its λ(σ) = 1/c_out².</summary>
    Prediction,

    /// <summary>λ = 1: the score's error is as bad at every time. Small noise dominates: the score grows as 1/σ there.
    /// </summary>
    Uniform,

    /// <summary>λ = σ²: the error of ε, NCSN's weight (Song and Ermon 2019, arXiv:1907.05600, section 4.2).</summary>
    NoiseVariance,

    /// <summary>λ = g²: up to a factor a bound of the likelihood's gap (Song et al. 2021, arXiv:2101.09258, theorem 1), where
    /// times are uniform. For processes in continuous time.</summary>
    Likelihood,
}

/// <summary>The weights by name and by definition.</summary>
public static class LossWeights
{
    private static readonly string[] AllNames = ["prediction", "uniform", "sigma2", "likelihood"];

    /// <summary>The names that files and the command line use.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    /// <summary>The name of a weight.</summary>
    public static string NameOf(LossWeight weight) => AllNames[(int)weight];

    /// <summary>The weight of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static LossWeight Parse(string name)
    {
        int index = Array.IndexOf(AllNames, name);
        return index >= 0 ? (LossWeight)index : throw NearestNames.Unknown("weight", name, AllNames);
    }

    /// <summary>w(t).</summary>
    /// <param name="weight">Which.</param>
    /// <param name="process">α and σ.</param>
    /// <param name="form">What the network predicts at t.</param>
    /// <param name="t">A time with σ(t) &gt; 0.</param>
    /// <exception cref="InputException">The likelihood weight of a process that has no g.</exception>
    public static double At(LossWeight weight, DiffusionProcess process, PredictionForm form, double t)
    {
        switch (weight)
        {
            case LossWeight.Prediction:
                return 1.0;
            case LossWeight.NoiseVariance:
                return Square(process.Convert(form, process.FormOf(Prediction.Epsilon, t), t).OfPrediction);
            case LossWeight.Uniform:
                return ScoreError(process, form, t);
            default:
                return process is ContinuousProcess continuous
                    ? continuous.DiffusionSquared(t) * ScoreError(process, form, t)
                    : throw InputException.For(
                        "weight", "likelihood", $"another one: {process.Name} has steps, and no g² in between");
        }
    }

    private static double ScoreError(DiffusionProcess process, PredictionForm form, double t) =>
        Square(process.Convert(form, process.FormOf(Prediction.Score, t), t).OfPrediction);

    private static double Square(double value) => value * value;
}
