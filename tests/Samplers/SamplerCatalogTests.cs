using ScoreGpu.Engine;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Samplers;

public sealed class SamplerCatalogTests
{
    [Fact]
    public void The_table_of_the_documentation_is_the_catalog()
    {
        string[] lines = File.ReadAllLines(Path.Combine("Docs", "samplers.md"));
        string[] rows = [.. lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(
            SamplerCatalog.All.Select(sampler =>
                $"| `{sampler.Name}` | {sampler.Order} | {sampler.Evaluations} | {Noise(sampler.Noise)} | "
                + $"{(sampler.IsTable ? "table" : "host")} | {sampler.Use} | {sampler.Reference} |"),
            rows);

        static string Noise(SamplerNoise noise) => noise switch
        {
            SamplerNoise.Never => "none",
            SamplerNoise.Always => "every step",
            _ => "optional",
        };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(2000)]
    public void Eulers_steps_along_the_straight_path_are_equal_with_the_last(int steps)
    {
        var model = new SamplerModel(new FlowProcess(), Prediction.Velocity);
        TimeGrid even = SamplerCatalog.Find("euler").GridFor(model, steps);
        Assert.Equal(steps, even.Steps);
        for (int i = 0; i < steps; i++)
        {
            Assert.Equal(0.999 * (steps - i) / steps, even.Times[i], 1e-15);
        }

        // The last step of the others is Euler's, and short.
        Assert.Equal(1e-3, SamplerCatalog.Find("heun").GridFor(model, 50).Times[^1]);
        Assert.Equal(1e-3, SamplerCatalog.Find("euler").GridFor(model, 50, TimeSpacing.LogSnr).Times[^1]);
        var vp = new SamplerModel(new VpProcess(), Prediction.Epsilon);
        Assert.Equal(1e-3, SamplerCatalog.Find("euler").GridFor(vp, 50, TimeSpacing.Uniform).Times[^1]);
        Assert.Contains(
            "steps", Assert.Throws<InputException>(() => SamplerCatalog.Find("euler").GridFor(model, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_program_of_a_grid_is_made_for_every_process_that_it_goes_with()
    {
        DiffusionProcess[] processes =
        [
            new DdpmSchedule(60), DdpmSchedule.Cosine(60), new VpProcess(), new SubVpProcess(), new VeProcess(),
            new CosineProcess(), new FlowProcess(), new EdmProcess(), new PreconditionedEdmProcess(),
        ];
        foreach (var process in processes)
        {
            foreach (var predicts in process.KnownPredictions)
            {
                var model = new SamplerModel(process, predicts);
                foreach (var sampler in SamplerCatalog.All.Where(each => each.Create is not null))
                {
                    if (sampler.ReasonAgainst(model) is not null)
                    {
                        continue;
                    }

                    int steps = sampler.StepsFor(process);
                    var program = sampler.Create!(
                        model, sampler.GridFor(model, steps), new SamplerSettings());
                    Assert.Equal(sampler.Name, program.Name);
                    Assert.All(program.Rows, row => Assert.True(row.Exact.IsFinite));
                    Assert.Equal(sampler.Noise == SamplerNoise.Always, program.Rows.Any(row => row.Exact.UsesNoise));
                    int expected = sampler.Evaluations switch
                    {
                        "1" => steps,
                        "2" or "2, the last 1" or "1 + corrector steps" => (2 * steps) - 1,
                        _ => (4 * steps) - 3,
                    };
                    Assert.Equal(expected, program.Nfe);
                }
            }
        }
    }

    [Fact]
    public void Edm_has_the_papers_number_of_evaluations()
    {
        var model = new SamplerModel(new EdmProcess(), Prediction.Denoised);
        var sampler = SamplerCatalog.Find("edm");
        Assert.Equal(35, sampler.Create!(
            model, TimeGrid.Create(model.Process, TimeSpacing.Karras, sampler.UsualSteps), new SamplerSettings()).Nfe);
    }

    [Fact]
    public void What_does_not_go_together_has_a_reason()
    {
        var steps = new SamplerModel(new DdpmSchedule(), Prediction.Epsilon);
        var one = new SamplerModel(new FixedNoiseProcess(0.5), Prediction.Score);
        var levels = new SamplerModel(new EdmProcess(), Prediction.Score);
        Assert.Contains("whole steps", SamplerCatalog.Find("rk4").ReasonAgainst(steps), StringComparison.Ordinal);
        Assert.Contains("whole steps", SamplerCatalog.Find("rk45").ReasonAgainst(steps), StringComparison.Ordinal);
        Assert.Contains("knows many", SamplerCatalog.Find("mala").ReasonAgainst(steps), StringComparison.Ordinal);
        Assert.Contains(
            "ncsn", SamplerCatalog.Find("annealed-langevin").ReasonAgainst(steps), StringComparison.Ordinal);
        Assert.Contains("knows one", SamplerCatalog.Find("ddpm").ReasonAgainst(one), StringComparison.Ordinal);
        Assert.Null(SamplerCatalog.Find("langevin").ReasonAgainst(one));
        Assert.Null(SamplerCatalog.Find("annealed-langevin").ReasonAgainst(levels));
        Assert.Contains("ddpm", Assert.Throws<InputException>(() => SamplerCatalog.Find("dpm")).Message);
    }
}
