using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>Whose norms the corrector's step takes.</summary>
public enum CorrectorNorm
{
    /// <summary>Means over the batch of ‖z‖ and of ‖s‖, as in Song's code: one step size for all.</summary>
    BatchMean,

    /// <summary>
    /// Each sample's own. With few dimensions ‖s‖ comes close to 0 too often: the step is then long, and depends on the
    /// noise that it adds, so the samples spread too far.
    /// </summary>
    PerSample,
}

/// <summary>
/// Predictor–corrector with measured norms: ε = 2a·(r·‖z‖/‖s‖)² in x ← x + ε·s + √(2ε)·z.
/// </summary>
/// <remarks>
/// Not a table, because the step size depends on the samples. With <see cref="CorrectorNorm.BatchMean"/> a sample
/// depends on the batch that it is in; the draws do not. Song et al., 2021, arXiv:2011.13456, algorithms 4 and 5.
/// </remarks>
public static class BatchPredictorCorrector
{
    /// <summary>Runs the sampler for a batch.</summary>
    /// <param name="model">The process and the prediction.</param>
    /// <param name="grid">The times, falling.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">The batch.</param>
    /// <param name="norm">Whose norms.</param>
    /// <param name="snr">r, above 0.</param>
    /// <param name="correctorSteps">Langevin steps after each predictor step, at least 1.</param>
    /// <exception cref="InputException">A number is out of range, or the grid rises.</exception>
    public static HostResult Run(
        SamplerModel model,
        TimeGrid grid,
        IBatchNetwork network,
        HostRequest request,
        CorrectorNorm norm = CorrectorNorm.BatchMean,
        double snr = PredictorCorrectorSampler.UsualSnr,
        int correctorSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        PredictorCorrectorSampler.Require(snr, correctorSteps);
        var predictor = PredictorCorrectorSampler.Predictor(model, grid);
        int dimension = network.Dimension;
        double[] x = request.CreateStart(dimension, predictor.StartScale);
        double[] output = new double[x.Length];
        double[] noise = new double[x.Length];
        int draws = 0;
        int evaluations = 0;
        for (int i = 0; i < predictor.Rows.Count; i++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            var (condition, step) = predictor.Rows[i];
            var denoised = (step.DenoisedX * Register.State) + (step.DenoisedOutput * Register.Output);
            var next = step.X + (step.X.Denoised * denoised);
            network.Evaluate(x, [condition], output);
            request.FillNoise(draws++, PhiloxStreams.SamplerNoise, dimension, noise);
            evaluations++;
            for (int k = 0; k < x.Length; k++)
            {
                x[k] = (next.X * x[k]) + (next.Output * output[k]) + (next.Noise * noise[k]);
            }

            for (int j = 0; j < correctorSteps && i + 1 < grid.Times.Count; j++)
            {
                double t = grid.Times[i + 1];
                var score = model.Score(t);
                network.Evaluate(x, [model.ConditionAt(t)], output);
                request.FillNoise(draws++, PhiloxStreams.SamplerNoise, dimension, noise);
                evaluations++;
                for (int k = 0; k < x.Length; k++)
                {
                    output[k] = (score.X * x[k]) + (score.Output * output[k]);
                }

                Correct(
                    x, output, noise, dimension, norm, snr,
                    PredictorCorrectorSampler.Damping(model.Process, grid.Times[i], t));
            }

            request.Progress?.Report((i + 1.0) / predictor.Rows.Count);
        }

        return new HostResult(x, evaluations);
    }

    private static void Correct(
        double[] x, double[] scores, double[] noise, int dimension, CorrectorNorm norm, double snr, double damping)
    {
        int count = x.Length / dimension;
        double[] ofScore = Norms(scores, dimension);
        double[] ofNoise = Norms(noise, dimension);
        if (norm == CorrectorNorm.BatchMean)
        {
            Array.Fill(ofScore, ofScore.Average());
            Array.Fill(ofNoise, ofNoise.Average());
        }

        for (int i = 0; i < count; i++)
        {
            double relative = snr * ofNoise[i] / ofScore[i];
            double step = 2.0 * damping * relative * relative;
            for (int k = i * dimension; k < (i + 1) * dimension; k++)
            {
                x[k] += (step * scores[k]) + (Math.Sqrt(2.0 * step) * noise[k]);
            }
        }
    }

    private static double[] Norms(double[] vectors, int dimension)
    {
        double[] norms = new double[vectors.Length / dimension];
        for (int k = 0; k < vectors.Length; k++)
        {
            norms[k / dimension] += vectors[k] * vectors[k];
        }

        return Array.ConvertAll(norms, Math.Sqrt);
    }
}
