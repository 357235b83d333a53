using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Reference;

/// <summary>Adam with clipping by the global norm, in float64.</summary>
internal sealed class ReferenceAdam(int length, TrainingOptions options)
{
    private readonly double[] _first = new double[length];
    private readonly double[] _second = new double[length];
    private int _steps;

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
            weights[i] -= options.LearningRate * mean / (Math.Sqrt(square) + options.Epsilon);
        }
    }
}
