#:project ../src/Engine/ScoreGpu.Engine.csproj

// A sampler of one's own: the two-step method of Adams and Bashforth for the flow dx/dt = v(x, t). It remembers the last
// velocity, and so has order 2 for one network evaluation a step, where Heun's method needs two.
//
//     dotnet run samples/own-sampler.cs

using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

// x′ = x + h·(1 + ½r)·v − h·½r·v₋₁, where r is this step over the last: the line through both velocities, integrated.
static StepProgram AdamsBashforth(SamplerModel model, TimeGrid grid)
{
    List<StepRow> rows = [];
    for (int i = 0; i + 1 < grid.Times.Count; i++)
    {
        double h = grid.Times[i + 1] - grid.Times[i];
        double r = i == 0 ? 0.0 : h / (grid.Times[i] - grid.Times[i - 1]);
        LinearCombination v = model.Velocity(grid.Times[i]);
        LinearCombination slope = ((1.0 + (0.5 * r)) * v) - (0.5 * r * Register.Previous);
        rows.Add(model.Row(grid.Times[i], new StepUpdate { X = Register.State + (h * slope), Previous = v }));
    }

    return new StepProgram("adams-bashforth", rows) { StartScale = model.Process.Prior(grid.Times[0]).Scale };
}

// The exact score of four Gaussians stands in for a network, so that all that is wrong is the sampler's fault. What the
// network predicts does not matter: Velocity(t) says how to make v of x and its output, whichever that is.
SamplerModel model = new(new VpProcess(), Prediction.Epsilon);
ExactNetwork network = new(NamedMixtures.FourGaussians, model);

// Starts that are the same for all, and where a solver of order 4 with 1600 steps leads them.
double[] Ends(Func<SamplerModel, TimeGrid, StepProgram> create, int steps)
{
    TimeGrid grid = TimeGrid.Create(model.Process, TimeSpacing.LogSnr, steps, endsAtData: false);
    return HostProgram.Run(create(model, grid), network, new HostRequest { Count = 500, Seed = 0 }).Points;
}

double[] exact = Ends(RungeKuttaSampler.Create, 1600);
double Error(double[] ends) => Math.Sqrt(ends.Zip(exact, (a, b) => (a - b) * (a - b)).Average());

Console.WriteLine("evaluations      euler       heun   adams-bashforth");
foreach (int evaluations in new[] { 20, 40, 80, 160 })
{
    double euler = Error(Ends(EulerSampler.Create, evaluations));
    double heun = Error(Ends(HeunSampler.Create, evaluations / 2));
    double own = Error(Ends(AdamsBashforth, evaluations));
    Console.WriteLine($"{evaluations,11} {euler,10:F5} {heun,10:F5} {own,17:F5}");
}
