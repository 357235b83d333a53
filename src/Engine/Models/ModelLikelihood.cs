using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Models;

/// <summary>What a model needs to have a density: a flow from the data to a known prior.</summary>
public static class ModelLikelihood
{
    /// <summary>Steps where nobody says otherwise; fewer where a discrete process has fewer.</summary>
    public const int UsualSteps = 200;

    /// <summary>Checks that a model has a density.</summary>
    /// <exception cref="InputException">It has none.</exception>
    public static void Require(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Process is SingleSigmaModelProcess)
        {
            throw new InputException(
                $"The model knows the score at one noise level ({model.Process.Name}), which leaves its density's "
                + "constant open; expected a model of a process that leads from the data to a known prior, along which "
                + "a flow carries the density.");
        }
    }

    /// <summary>Rising times, from the data to the noise.</summary>
    /// <param name="model">The model.</param>
    /// <param name="steps">Steps; null takes <see cref="UsualSteps"/>, or all of a discrete process.</param>
    /// <param name="first">The time at which points are taken; null takes the least that samplers visit.</param>
    /// <exception cref="InputException">The model has no density, no such time, or not so many steps.</exception>
    public static TimeGrid Grid(Model model, int? steps = null, double? first = null)
    {
        Require(model);
        var process = model.Process.Diffusion;
        int least = first is { } time and >= 0.0 && process is DdpmSchedule ? (int)time : 0;
        int most = process is DdpmSchedule schedule ? schedule.Steps - 1 - least : int.MaxValue;
        int asked = steps ?? Math.Max(1, Math.Min(UsualSteps, most));
        return TimeGrid.Create(process, SpacingFor(process), asked, endsAtData: false, last: first).Reversed();
    }

    /// <summary>The spacing with which a grid of given length meets a density best.</summary>
    /// <param name="process">
    /// Equal steps of t, and equal steps of ln σ where t is σ: those of t would all be at the largest noise.
    /// </param>
    public static TimeSpacing SpacingFor(DiffusionProcess process) =>
        process is EdmProcess or PreconditionedEdmProcess ? TimeSpacing.LogSnr : TimeSpacing.Uniform;
}
