using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Devices;

/// <summary>The checks of a training run that every device makes before it allocates.</summary>
internal static class TrainingChecks
{
    /// <summary>Checks that network, objective, data and options fit together.</summary>
    /// <exception cref="InputException">They do not.</exception>
    public static void Require(
        NetworkArchitecture architecture, Objective objective, TrainingData data, TrainingOptions options)
    {
        options.Validate();
        if (data.Dimension != architecture.Dimension)
        {
            throw InputException.For("data", $"dimension {data.Dimension}", $"dimension {architecture.Dimension}");
        }

        if (objective is DenoisingObjective denoising)
        {
            RequireLevels(architecture.Conditioning, denoising);
        }
        else if (architecture.Conditioning is not NoConditioning)
        {
            throw InputException.For("objective", objective.Name, "an unconditional network");
        }
        else if (architecture.Activation == Activation.Relu)
        {
            // E tr J depends on where the kinks are, and no sample's gradient says how they move.
            throw InputException.For(
                "activation",
                Activations.NameOf(architecture.Activation),
                $"a smooth one with the objective {objective.Name}: the gradient of the Jacobian's trace needs f'', which "
                + "is 0 wherever relu has one");
        }
    }

    /// <summary>Checks a batch against the objective.</summary>
    /// <exception cref="InputException">A length or a level does not fit.</exception>
    public static void RequireBatch(Objective objective, TrainingBatch batch, int count)
    {
        if (count < 1)
        {
            throw InputException.For("batch", count, "at least 1 sample");
        }

        if (objective is not HyvarinenObjective)
        {
            BatchChecks.RequireLength("noise", batch.Noise.Length, batch.Clean.Length);
        }

        if (objective is not DenoisingObjective denoising)
        {
            return;
        }

        if (batch.Levels.Length != 0 || denoising.Levels.Count > 1)
        {
            BatchChecks.RequireLength("levels", batch.Levels.Length, count);
        }

        foreach (int level in batch.Levels)
        {
            if (level < 0 || level >= denoising.Levels.Count)
            {
                throw InputException.For("level", level, $"0 to {denoising.Levels.Count - 1}");
            }
        }
    }

    private static void RequireLevels(TimeConditioning conditioning, DenoisingObjective objective)
    {
        if (objective.Levels.Count == 0)
        {
            throw InputException.For("levels", 0, "at least one noise level");
        }

        foreach (var level in objective.Levels)
        {
            BatchChecks.RequireCondition(conditioning, (float)level.Condition);
        }
    }
}
