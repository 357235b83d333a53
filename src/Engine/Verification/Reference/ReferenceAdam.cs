using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>AdamW with clipping by the global norm and an average of the weights, in float64.</summary>
internal sealed class ReferenceAdam(double[] start, TrainingOptions options)
{
    private readonly double[] _first = new double[start.Length];
    private readonly double[] _second = new double[start.Length];
    private int _steps;

    public double[] Average { get; } = [.. start];

    public double LearningRate { get; set; } = options.LearningRate;

    public void Step(double[] weights, double[] gradient)
    {
        _steps++;
        double norm = Math.Sqrt(gradient.Sum(g => g * g));
        double scale = norm > options.ClipNorm ? options.ClipNorm / (norm + 1e-6) : 1;
        for (int i = 0; i < weights.Length; i++)
        {
            double g = scale * gradient[i];
            _first[i] = (options.Beta1 * _first[i]) + ((1 - options.Beta1) * g);
            _second[i] = (options.Beta2 * _second[i]) + ((1 - options.Beta2) * g * g);
            double mean = _first[i] / (1 - Math.Pow(options.Beta1, _steps));
            double square = _second[i] / (1 - Math.Pow(options.Beta2, _steps));
            weights[i] = (1 - (LearningRate * options.WeightDecay)) * weights[i];
            weights[i] -= LearningRate * mean / (Math.Sqrt(square) + options.Epsilon);
            double decay = Math.Min(options.Average?.Decay ?? 0, (1.0 + _steps) / (10.0 + _steps));
            Average[i] = (decay * Average[i]) + ((1 - decay) * weights[i]);
        }
    }
}
