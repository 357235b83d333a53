using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>A sampler's program with about as many evaluations as every other's, and the network that it goes with.</summary>
/// <param name="Program">The rows.</param>
/// <param name="Conditioning">What the network is told, by its width.</param>
internal sealed record SamplerSubject(StepProgram Program, Func<int, TimeConditioning> Conditioning)
{
    /// <summary>Evaluations of the network, about; a solver of several a step makes fewer steps.</summary>
    public const int Evaluations = 20;

    private const int EmbeddingWidth = 32;
    private const int ScheduleSteps = 100;

    /// <summary>A sampler of the catalogue that is a table of rows.</summary>
    /// <remarks>
    /// Where whole steps suffice the model is a DDPM's with a learned embedding; where the times lie in between, a VP
    /// process with Fourier features; for Langevin's two, noise levels or none.
    /// </remarks>
    public static SamplerSubject Of(SamplerInfo sampler)
    {
        switch (sampler.Course)
        {
            case SamplerCourse.OneLevel:
                return new(LangevinSampler.Create(Evaluations, LangevinSampler.UsualStepSize), _ => new NoConditioning());
            case SamplerCourse.Levels:
                var levels = new GeometricNoiseLevels(10.0, 0.01, Evaluations / 2);
                return new(AnnealedLangevinSampler.Create(levels.Sigmas, 2), _ => new LogSigmaEmbedding(EmbeddingWidth));
            default:
                return OnGrid(sampler);
        }
    }

    /// <summary>The terms that a program's rows have, whatever their weights: what a device computes for a row.</summary>
    public IReadOnlySet<string> RowKinds() => Program.Rows.Select(row => KindOf(row.Exact)).ToHashSet();

    private static SamplerSubject OnGrid(SamplerInfo sampler)
    {
        SamplerModel model = sampler.NeedsContinuousTime
            ? new SamplerModel(new VpProcess(), Prediction.Epsilon)
            : new SamplerModel(new DdpmSchedule(ScheduleSteps), Prediction.Epsilon);
        Func<int, TimeConditioning> conditioning = sampler.NeedsContinuousTime
            ? _ => FourierEmbedding.Draw(EmbeddingWidth, EmbeddingWidth, 1, TimeInput.Time, 4, 1)
            : width => new LearnedEmbedding(ScheduleSteps, width);
        int stages = (Create(Evaluations).Nfe + 1) / Evaluations;
        return new(Create(Evaluations / Math.Max(1, stages)), conditioning);

        StepProgram Create(int steps) => sampler.Create!(
            model,
            sampler.GridFor(model, steps),
            new SamplerSettings());
    }

    private static string KindOf(StepUpdate step) => string.Join(
        ' ',
        Terms("x", step.X, Register.State),
        Terms("a", step.Anchor, Register.Anchor),
        Terms("s", step.Accumulator, Register.Accumulator),
        Terms("p", step.Previous, Register.Previous));

    private static string Terms(string register, LinearCombination sum, LinearCombination kept) => sum == kept
        ? ""
        : register
            + (sum.X != 0 ? 'x' : ' ')
            + (sum.Anchor != 0 ? 'a' : ' ')
            + (sum.Accumulator != 0 ? 's' : ' ')
            + (sum.Previous != 0 ? 'p' : ' ')
            + (sum.Output != 0 ? 'o' : ' ')
            + (sum.Denoised != 0 ? 'd' : ' ')
            + (sum.Noise != 0 ? 'z' : ' ');
}
