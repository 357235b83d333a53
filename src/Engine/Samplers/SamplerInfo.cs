using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>Whether a sampler adds noise on the way.</summary>
public enum SamplerNoise
{
    /// <summary>Never: the same start gives the same sample, and a rising grid encodes.</summary>
    Never,

    /// <summary>In every step.</summary>
    Always,

    /// <summary>Where a setting says so.</summary>
    Optional,
}

/// <summary>What a sampler walks over.</summary>
public enum SamplerCourse
{
    /// <summary>A grid of times from noise to data.</summary>
    Grid,

    /// <summary>The falling noise levels of a model, some steps at each.</summary>
    Levels,

    /// <summary>One noise level, where it stays.</summary>
    OneLevel,
}

/// <summary>A sampler in the list of all.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Order">The order in the step size: of the solution for an ODE, of its distribution for an SDE.</param>
/// <param name="Evaluations">Network evaluations a step.</param>
/// <param name="Noise">Whether it adds noise.</param>
/// <param name="Use">When to use it, in a few words.</param>
/// <param name="Reference">The paper.</param>
public sealed record SamplerInfo(
    string Name, string Order, string Evaluations, SamplerNoise Noise, string Use, string Reference)
{
    /// <summary>What it walks over.</summary>
    public SamplerCourse Course { get; init; }

    /// <summary>Whether it evaluates the network at times between those of a grid, or needs drift and
    /// diffusion.</summary>
    public bool NeedsContinuousTime { get; init; }

    /// <summary>Steps where nobody says otherwise.</summary>
    public int UsualSteps { get; init; }

    /// <summary>The spacing where nobody says otherwise and time is not the noise level.</summary>
    public TimeSpacing UsualSpacing { get; init; }

    /// <summary>The program of a grid; null where the sampler has no grid, or is no table.</summary>
    public Func<SamplerModel, TimeGrid, SamplerSettings, StepProgram>? Create { get; init; }

    /// <summary>Whether it is a table of rows, which every device runs in one go, and not driven by the host.</summary>
    public bool IsTable { get; init; } = true;

    /// <summary>Why the sampler does not go with a model; null where it does.</summary>
    public string? ReasonAgainst(SamplerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        bool knowsOneLevel = model.Process is FixedNoiseProcess;
        return Course switch
        {
            SamplerCourse.OneLevel when !knowsOneLevel =>
                $"{Name} stays at one noise level, and the model knows many",
            SamplerCourse.Grid or SamplerCourse.Levels when knowsOneLevel =>
                $"{Name} leads through many noise levels, and the model knows one",
            SamplerCourse.Levels when model.Process is not EdmProcess =>
                $"{Name} walks over the levels that an ncsn model knows, and the model's process is {model.Process.Name}",
            _ when NeedsContinuousTime && model.Process is not (ContinuousProcess or FixedNoiseProcess) =>
                $"{Name} needs the noise at times between the steps, and the model knows whole steps alone",
            _ => null,
        };
    }

    /// <summary>The spacing of a grid where nobody says otherwise.</summary>
    /// <param name="model">
    /// With σ = t, equal steps of t would spend all of them at the largest noise. Where a process ends with hardly any
    /// signal, its drift is large and a network's error counts 1/α times, so that the first steps must be short; but a
    /// predicted velocity is even at both ends of the straight path. On a discrete process, equal steps leave room between
    /// them for a solver that needs a step in the middle.
    /// </param>
    public TimeSpacing SpacingFor(SamplerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Process switch
        {
            EdmProcess or PreconditionedEdmProcess
                when UsualSpacing is TimeSpacing.Uniform or TimeSpacing.Quadratic => TimeSpacing.Karras,
            FlowProcess when (Name is "euler" or "heun" or "rk4")
                && (model.Predicts is Prediction.Velocity or Prediction.V) => TimeSpacing.Uniform,
            FlowProcess or CosineProcess when UsualSpacing is TimeSpacing.Uniform or TimeSpacing.Quadratic =>
                TimeSpacing.LogSnr,
            DdpmSchedule when Name == "dpm-solver-2" => TimeSpacing.Uniform,
            _ => UsualSpacing,
        };
    }

    /// <summary>A grid of a number of steps, the last of which leads to the data.</summary>
    /// <param name="model">What is known of the model.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="spacing">How its times are spaced; null takes <see cref="SpacingFor"/>.</param>
    /// <remarks>
    /// Grids go down to the least time of the process's range, so that the last step of a solver of higher order, which is
    /// Euler's, is short. Euler's own is like all others: on the straight path with uniform spacing the last is as long as
    /// they are.
    /// </remarks>
    /// <exception cref="InputException">The steps do not go with the process.</exception>
    public TimeGrid GridFor(SamplerModel model, int steps, TimeSpacing? spacing = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        TimeSpacing chosen = spacing ?? SpacingFor(model);
        bool isEven = Name == "euler" && chosen == TimeSpacing.Uniform;
        double? last = isEven && model.Process is FlowProcess straight ? straight.SamplingRange.End / steps : null;
        return TimeGrid.Create(model.Process, chosen, steps, last: last);
    }

    /// <summary>The number of steps of a process's grid where nobody says otherwise.</summary>
    /// <param name="process">A discrete process bounds it, and the plain DDPM samplers take all of its steps.</param>
    public int StepsFor(DiffusionProcess process) => process is DdpmSchedule schedule
        ? Name switch
        {
            "ddpm" or "ddim" => schedule.Steps,
            "dpm-solver-2" => Math.Clamp(schedule.Steps / 3, 1, UsualSteps),
            _ => Math.Min(UsualSteps, schedule.Steps),
        }
        : UsualSteps;
}
