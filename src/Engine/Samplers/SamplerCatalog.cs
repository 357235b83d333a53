namespace ScoreGpu.Engine.Samplers;

/// <summary>All samplers by name, with what one must know to choose.</summary>
public static class SamplerCatalog
{
    /// <summary>The samplers, those for a trained DDPM first.</summary>
    public static IReadOnlyList<SamplerInfo> All { get; } =
    [
        new(
            "ddpm", "1", "1", SamplerNoise.Always,
            "the model's own reverse chain; many steps",
            "Ho et al. 2020, arXiv:2006.11239")
        {
            UsualSteps = 1000,
            Create = (model, grid, settings) => DdpmSampler.Create(model, grid, settings.Variance),
        },
        new(
            "ddim", "1", "1", SamplerNoise.Optional,
            "fewer steps without noise; eta puts some of it back",
            "Song et al. 2020, arXiv:2010.02502")
        {
            UsualSteps = 50,
            UsualSpacing = TimeSpacing.Quadratic,
            Create = (model, grid, settings) => DdimSampler.Create(model, grid, settings.Eta, settings.Clip),
        },
        new(
            "dpm-solver-2", "2", "2", SamplerNoise.Never,
            "20 to 50 evaluations, one step at a time",
            "Lu et al. 2022, arXiv:2206.00927")
        {
            UsualSteps = 15,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, _) => DpmSolver2Sampler.Create(model, grid),
        },
        new(
            "dpm-solver++2m", "2", "1", SamplerNoise.Never,
            "15 to 30 evaluations, one a step",
            "Lu et al. 2022, arXiv:2211.01095")
        {
            UsualSteps = 20,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, settings) => DpmSolverPlusPlusSampler.Create(model, grid, false, settings.Clip),
        },
        new(
            "sde-dpm-solver++2m", "1", "1", SamplerNoise.Always,
            "as dpm-solver++2m with noise, which forgives errors of the network",
            "Lu et al. 2022, arXiv:2211.01095")
        {
            UsualSteps = 40,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, settings) => DpmSolverPlusPlusSampler.Create(model, grid, true, settings.Clip),
        },
        new(
            "edm", "2", "2, the last 1", SamplerNoise.Optional,
            "Heun in x/alpha over sigma/alpha; churn adds noise",
            "Karras et al. 2022, arXiv:2206.00364")
        {
            UsualSteps = 18,
            UsualSpacing = TimeSpacing.Karras,
            Create = (model, grid, settings) => EdmSampler.Create(model, grid, settings.Churn),
        },
        new(
            "euler-maruyama", "1", "1", SamplerNoise.Always,
            "the reverse SDE as it is written; many steps",
            "Song et al. 2021, arXiv:2011.13456")
        {
            NeedsContinuousTime = true,
            UsualSteps = 1000,
            Create = (model, grid, _) => EulerMaruyamaSampler.Create(model, grid),
        },
        new(
            "predictor-corrector", "1", "1 + corrector steps", SamplerNoise.Always,
            "the reverse SDE, with Langevin steps that repair its errors",
            "Song et al. 2021, arXiv:2011.13456")
        {
            UsualSteps = 500,
            Create = (model, grid, settings) =>
                PredictorCorrectorSampler.Create(model, grid, settings.Snr, settings.CorrectorSteps),
        },
        new(
            "euler", "1", "1", SamplerNoise.Never,
            "the flow in t, right for straight paths",
            "Liu et al. 2022, arXiv:2209.03003")
        {
            NeedsContinuousTime = true,
            UsualSteps = 100,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, _) => EulerSampler.Create(model, grid),
        },
        new(
            "heun", "2", "2", SamplerNoise.Never,
            "the flow in t, a first step up from euler",
            "Song et al. 2021, arXiv:2011.13456")
        {
            NeedsContinuousTime = true,
            UsualSteps = 30,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, _) => HeunSampler.Create(model, grid),
        },
        new(
            "rk4", "4", "4", SamplerNoise.Never,
            "encoding and likelihoods, where the solution must be exact",
            "Song et al. 2021, arXiv:2011.13456")
        {
            NeedsContinuousTime = true,
            UsualSteps = 25,
            UsualSpacing = TimeSpacing.LogSnr,
            Create = (model, grid, _) => RungeKuttaSampler.Create(model, grid),
        },
        new(
            "rk45", "5", "6, as many steps as the tolerance asks", SamplerNoise.Never,
            "the flow to a tolerance, with steps of its own for each trajectory",
            "Dormand and Prince 1980; Song et al. 2021, arXiv:2011.13456")
        {
            NeedsContinuousTime = true,
            IsTable = false,
        },
        new(
            "annealed-langevin", "1", "1", SamplerNoise.Always,
            "the sampler of NCSN: Langevin steps at each noise level",
            "Song and Ermon 2019, arXiv:1907.05600")
        {
            Course = SamplerCourse.Levels,
            UsualSteps = 100,
        },
        new(
            "langevin", "1", "1", SamplerNoise.Always,
            "a score at one noise level; slow between far modes",
            "Roberts and Tweedie 1996")
        {
            Course = SamplerCourse.OneLevel,
            UsualSteps = 1000,
        },
        new(
            "mala", "exact", "2", SamplerNoise.Always,
            "as langevin without its bias; tells its acceptance rate",
            "Roberts and Tweedie 1996")
        {
            Course = SamplerCourse.OneLevel,
            UsualSteps = 1000,
            IsTable = false,
        },
    ];

    /// <summary>The names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(sampler => sampler.Name)];

    /// <summary>The sampler of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static SamplerInfo Find(string name) =>
        All.FirstOrDefault(sampler => sampler.Name == name)
        ?? throw InputException.For("sampler", name, $"one of {string.Join(", ", Names)}");
}
