using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Training;

/// <summary>A row of an objective's table against the papers' formulas, at drawn points and outputs.</summary>
public sealed class LossWeightTests
{
    private static readonly double[] Places = [0.02, 0.3, 0.55, 0.97];

    public static TheoryData<string, Prediction> Cases()
    {
        TheoryData<string, Prediction> cases = [];
        foreach (string process in (string[])["vp", "sub-vp", "ve", "cosine", "flow", "edm", "preconditioned"])
        {
            foreach (Prediction prediction in Enum.GetValues<Prediction>())
            {
                if (prediction != Prediction.Preconditioned || process == "preconditioned")
                {
                    cases.Add(process, prediction);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rows_loss_is_the_weighted_error_of_the_score(string name, Prediction prediction)
    {
        var process = Process(name);
        var range = process.TimeRange;
        double[] times = [.. Places.Select(place => range.Start + (place * (range.End - range.Start)))];
        Random random = new(7);
        foreach (LossWeight weight in Enum.GetValues<LossWeight>())
        {
            var objective = Objectives.Regression(
                "test", process, times, t => process.FormOf(prediction, t), weight, t => 10 * t, 1);
            for (int i = 0; i < times.Length; i++)
            {
                double t = times[i];
                var row = objective.Levels[i];
                Assert.Equal(10 * t, row.Condition);
                double clean = random.NextDouble() - 0.3;
                double noise = random.NextDouble() - 0.6;
                double output = random.NextDouble() + 0.2;
                double x = (process.Alpha(t) * clean) + (process.Sigma(t) * noise);
                Assert.Equal(x, (row.Alpha * clean) + (row.Sigma * noise), 1e-12);

                double error = output - (row.TargetClean * clean) - (row.TargetNoise * noise);
                double score = Score(prediction, process, t, x, output);
                double target = -noise / process.Sigma(t);
                double expected = Lambda(weight, process, t) is { } lambda
                    ? lambda * (score - target) * (score - target)
                    : error * error;
                Assert.Equal(expected, row.Weight * error * error, 1e-7 * expected);
            }
        }
    }

    [Fact]
    public void Edms_row_is_its_loss_of_the_denoiser()
    {
        // Karras et al. 2022, equations 7 and 8 and table 1, at c_in·(x₀ + σε).
        const double Data = 0.7;
        var process = new PreconditionedEdmProcess(Data);
        Random random = new(3);
        foreach (double sigma in (double[])[0.01, 0.4, 1.9, 40.0])
        {
            double total = (sigma * sigma) + (Data * Data);
            double skip = Data * Data / total;
            double output = sigma * Data / Math.Sqrt(total);
            double lambda = total / (sigma * Data * sigma * Data);
            var row = Objectives.Regression(
                "edm",
                process,
                [sigma],
                t => process.FormOf(Prediction.Preconditioned, t),
                LossWeight.Prediction,
                t => new ContinuousModelProcess(process).ConditionAt(t, new LogSigmaEmbedding(1)),
                1).Levels[0];
            double clean = random.NextDouble();
            double noise = random.NextDouble();
            double x = clean + (sigma * noise);
            double f = random.NextDouble();
            double denoised = (skip * x) + (output * f);
            double error = f - (row.TargetClean * clean) - (row.TargetNoise * noise);
            Assert.Equal(x / Math.Sqrt(total), (row.Alpha * clean) + (row.Sigma * noise), 1e-12);
            Assert.Equal(sigma, row.Condition, 1e-12 * sigma);
            double expected = lambda * (denoised - clean) * (denoised - clean);
            Assert.Equal(expected, row.Weight * error * error, 1e-9 * expected);
        }
    }

    [Fact]
    public void Noise_prediction_of_a_schedule_is_a_regression_too()
    {
        var schedule = new DdpmSchedule(7);
        var objective = Objectives.Epsilon(schedule, 3);
        Assert.Equal(7, objective.Levels.Count);
        Assert.Equal(
            new NoiseLevel(4, schedule.Alpha(4), schedule.Sigma(4), 0, 1, 1.0 / 3.0), objective.Levels[4]);
    }

    [Fact]
    public void A_schedule_has_no_likelihood_weight_and_clean_data_no_score()
    {
        Assert.Contains("likelihood", Assert.Throws<InputException>(() => LossWeights.At(
            LossWeight.Likelihood, new DdpmSchedule(5), new PredictionForm(0, 1), 2)).Message);
        var vp = new VpProcess();
        Assert.Contains("time", Assert.Throws<InputException>(() => Objectives.Regression(
            "x", vp, [0], t => vp.FormOf(Prediction.Score, t), LossWeight.Prediction, t => t, 1)).Message);
    }

    /// <summary>λ(t), with g² = (σ²)′ − 2(α′/α)σ² by central differences; null for the error of the prediction.</summary>
    private static double? Lambda(LossWeight weight, ContinuousProcess process, double t)
    {
        double sigma = process.Sigma(t);
        switch (weight)
        {
            case LossWeight.Uniform:
                return 1;
            case LossWeight.NoiseVariance:
                return sigma * sigma;
            case LossWeight.Likelihood:
                double h = 1e-5 * t;
                double variance = Math.Pow(process.Sigma(t + h), 2) - Math.Pow(process.Sigma(t - h), 2);
                double logAlpha = Math.Log(process.Alpha(t + h)) - Math.Log(process.Alpha(t - h));
                return (variance - (2 * logAlpha * sigma * sigma)) / (2 * h);
            default:
                return null;
        }
    }

    /// <summary>The score of a prediction at x, each by a formula of its own.</summary>
    private static double Score(Prediction prediction, ContinuousProcess process, double t, double x, double output)
    {
        double alpha = process.Alpha(t);
        double sigma = process.Sigma(t);
        switch (prediction)
        {
            case Prediction.Epsilon:
                return -output / sigma;
            case Prediction.Score:
                return output;
            case Prediction.Denoised:
                return ((alpha * output) - x) / (sigma * sigma);
            case Prediction.V:
                return -((alpha * output) + (sigma * x)) / (((alpha * alpha) + (sigma * sigma)) * sigma);
            case Prediction.Velocity:
                // The probability flow's velocity is f·x − ½g²·s.
                return ((process.Drift(t) * x) - output) / (0.5 * process.DiffusionSquared(t));
            default:
                double data = ((PreconditionedEdmProcess)process).SigmaData;
                double total = (t * t) + (data * data);
                double raw = x * Math.Sqrt(total);
                double denoised = (data * data / total * raw) + (t * data / Math.Sqrt(total) * output);
                return (denoised - raw) / (t * t) * Math.Sqrt(total);
        }
    }

    private static ContinuousProcess Process(string name) => name switch
    {
        "vp" => new VpProcess(),
        "sub-vp" => new SubVpProcess(),
        "ve" => new VeProcess(),
        "cosine" => new CosineProcess(),
        "flow" => new FlowProcess(),
        "edm" => new EdmProcess(0.01, 20),
        _ => new PreconditionedEdmProcess(0.7, 0.01, 20),
    };
}
