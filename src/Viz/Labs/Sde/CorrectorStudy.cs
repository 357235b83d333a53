using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The corrector's step: what r does in both forms, and the text's own step.</summary>
/// <param name="Runs">One a form and r, with the exact score.</param>
/// <param name="EulerMaruyama">The width without a corrector, with as many evaluations.</param>
/// <param name="RefusedAtZero">Whether a predicted noise has no score at t = 0, where the text's grid ends.</param>
internal sealed record CorrectorStudy(
    IReadOnlyList<CorrectorRun> Runs, double EulerMaruyama, bool RefusedAtZero)
{
    /// <summary>r of Song's paper and of the text.</summary>
    public const double Usual = PredictorCorrectorSampler.UsualSnr;

    /// <summary>
    /// The text's step is r·(‖z‖/‖s‖)², Song's 2·(r·‖z‖/‖s‖)²: the text's is Song's for r = √(0.16/2).
    /// </summary>
    public static double AsInText => Math.Sqrt(0.5 * Usual);

    /// <summary>How many times longer the text's step is than Song's: 1/(2r).</summary>
    public static double TextOverSong => 1 / (2 * Usual);

    /// <summary>The standard error of a width of exact samples: 1/√(4N), from 2N coordinates.</summary>
    public double StandardError { get; init; }

    /// <summary>The values of r.</summary>
    public static IReadOnlyList<double> Ratios { get; } = [0.04, 0.08, Usual, AsInText, 0.4, 0.56];

    /// <summary>A run.</summary>
    public CorrectorRun At(bool isBatch, double ratio) =>
        Runs.First(run => run.IsBatch == isBatch && run.Ratio.Equals(ratio));

    /// <summary>Runs both forms for every r.</summary>
    public static CorrectorStudy Measure(
        SdeSettings settings, ulong seed, CancellationToken cancellation)
    {
        SamplerModel model = new(SdeProcesses.Vp, Prediction.Epsilon);
        ExactNetwork network = new(SdeProcesses.Plane, model);
        TimeGrid grid = TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.Uniform, settings.CorrectorSteps);
        HostRequest request = new()
        {
            Count = settings.QualitySamples,
            Seed = LabKeys.Of(seed, SdeDraw.Correctors),
            Cancellation = cancellation,
        };
        TimeGrid twice = TimeGrid.Create(SdeProcesses.Vp, TimeSpacing.Uniform, (2 * settings.CorrectorSteps) - 1);
        return new CorrectorStudy(
            [
                .. Ratios.Select(r => new CorrectorRun(false, r, Width(HostProgram.Run(
                    PredictorCorrectorSampler.Create(model, grid, r), network, request)))),
                .. Ratios.Select(r => new CorrectorRun(true, r, Width(BatchPredictorCorrector.Run(
                    model, grid, network, request, CorrectorNorm.BatchMean, r)))),
            ],
            Width(HostProgram.Run(EulerMaruyamaSampler.Create(model, twice), network, request)),
            IsRefused(model))
        {
            StandardError = 1 / Math.Sqrt(4.0 * settings.QualitySamples),
        };

        double Width(HostResult result) => ClusterWidth.Of(new PointSet(
            Array.ConvertAll(result.Points, value => (float)value), request.Count, 2));
    }

    private static bool IsRefused(SamplerModel model)
    {
        try
        {
            _ = model.Score(0.0);
            return false;
        }
        catch (InputException)
        {
            return true;
        }
    }
}

/// <summary>One run of predictor–corrector.</summary>
/// <param name="IsBatch">Whether the norms are measured over the batch; else they are those of pure noise.</param>
/// <param name="Ratio">r.</param>
/// <param name="Width">The clusters’ standard deviation over the true one.</param>
internal sealed record CorrectorRun(bool IsBatch, double Ratio, double Width);
