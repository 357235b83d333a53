using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Reflow;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu reflow</c>.</summary>
internal sealed class ReflowCommand
{
    private const int Compared = 2000;

    private readonly Session _session;
    private readonly CommonOptions _common = new();
    private readonly ModelOptions _model = new();

    private readonly Option<string?> _out =
        OutputPaths.Option("--out", "The straightened model.", isRequired: true, "FILE.safetensors");

    private readonly Option<int> _rounds = NumberOption.Whole(
        "--rounds", "Rounds; one does most, and errors of the network add up.", 1, 1, 20);

    private readonly Option<int> _pairs =
        NumberOption.Whole("--pairs", "Pairs of data and noise that each round makes.", 20_000, 2, 1 << 24);

    private readonly Option<int> _solverSteps =
        NumberOption.Whole("--solver-steps", "Euler steps that lead from noise to data in each pair.", 100, 1, 10_000);

    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimiser steps a round.", 2000);
    private readonly Option<int> _batch = NumberOption.Whole("--batch", "Samples a step.", 512, 1, 1 << 24);

    private readonly Option<double> _rate = NumberOption.Real(
        "--lr", "The learning rate; it falls to a hundredth over a round.", 1e-3, RealRange.Positive);

    private readonly Option<string?> _to = InputOption.Create(
        "--to",
        "What samples are compared with. [default: the data that the model was trained on]",
        "NAME|FILE.json|FILE.csv|FILE.npy",
        isRequired: false);

    private ReflowCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        ReflowCommand reflow = new(session);
        ExampleCommand command = new(
            "reflow",
            "Straightens a flow-matching model on pairs that its own flow connects (rectified flow), so that few steps "
            + "suffice. Shows how straight the paths are before and after each round, 0 for straight lines, and how far "
            + "samples of one step and of many are from the data.",
            "scoregpu reflow --model flow.safetensors --out straight.safetensors",
            "scoregpu reflow --model flow.safetensors --rounds 2 --pairs 50000 --steps 5000 --out straight.safetensors");
        command.Add(reflow._model.Model);
        command.Add(reflow._out);
        command.Add(reflow._rounds);
        command.Add(reflow._pairs);
        command.Add(reflow._solverSteps);
        command.Add(reflow._steps);
        command.Add(reflow._batch);
        command.Add(reflow._rate);
        command.Add(reflow._to);
        command.Add(reflow._common.Seed);
        command.Add(reflow._common.Device);
        command.Add(reflow._common.Threads);
        command.Add(reflow._common.Json);
        command.SetAction(reflow.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string target = new OutputPaths(parsed).Reserve(_model.Model).Reserve(_to).Require(_out, ".safetensors");
        Model model = _model.Load(parsed);
        FlowPairs.Require(model);
        ulong seed = parsed.GetValue(_common.Seed);
        PointSet data = ReadData(parsed, model, seed);
        int rounds = parsed.GetValue(_rounds);
        int steps = parsed.GetValue(_steps);
        TrainingOptions options = new()
        {
            BatchSize = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            Seed = seed,
        };
        bool asJson = parsed.GetValue(_common.Json);
        using IDevice device = _common.Start(parsed, _session);
        long start = Stopwatch.GetTimestamp();
        List<Outcome> outcomes = [];
        ProgressBar.Run(_session, asJson, "reflow", bar =>
        {
            FlowPairs pairs = Measure(parsed, device, model, data, seed, outcomes);
            for (int round = 0; round < rounds; round++)
            {
                model = ReflowRound.Train(
                    device, model, pairs, steps, options, new Share(bar, round, rounds), _session.Cancellation);

                // New noise each round, so that no pair is learnt by heart.
                pairs = Measure(parsed, device, model, data, seed + 1 + (ulong)round, outcomes);
            }

            return 0;
        });
        _session.Cancellation.ThrowIfCancellationRequested();
        ModelFile.Save(target, model);
        Write(parsed, target, device, outcomes, Stopwatch.GetElapsedTime(start), asJson);
        return ExitCode.Success;
    }

    private PointSet ReadData(ParseResult parsed, Model model, ulong seed)
    {
        DataSource source;
        if (parsed.GetValue(_to) is not null)
        {
            source = InputOption.Read(parsed, _to, DataSource.Parse);
        }
        else
        {
            try
            {
                source = DataSource.Parse(model.Data);
            }
            catch (InputException exception)
            {
                throw new InputException($"{_to.Name} is not given, and the model's data: {exception.Message}", exception);
            }
        }

        int dimension = model.Network.Architecture.Dimension;
        return source.Dimension == dimension
            ? source.Points ?? source.Draw(Compared, seed, DataSource.FirstReferencePoint)
            : throw InputException.For(
                _to.Name, source.Name, $"data of dimension {dimension}, as the model's, and not {source.Dimension}");
    }

    private FlowPairs Measure(
        ParseResult parsed, IDevice device, Model model, PointSet data, ulong seed, List<Outcome> outcomes)
    {
        using IDeviceNetwork network = device.Load(model.Network);
        int solverSteps = parsed.GetValue(_solverSteps);
        FlowPairs pairs = FlowPairs.Make(
            model, network, parsed.GetValue(_pairs), solverSteps, seed, _session.Cancellation);
        int count = Math.Min(Compared, pairs.Noise.Count);
        float[] noise = pairs.Noise.Values[..(count * network.Dimension)];
        TwoSampleEstimate one = Quality(1);
        outcomes.Add(new Outcome(pairs.Straightness, one, Quality(solverSteps)));
        return pairs;

        TwoSampleEstimate Quality(int steps)
        {
            StepProgram program = EulerSampler.Create(ModelSamplers.Describe(model), FlowPairs.Grid(model, steps));
            float[] points = network.Sample(program, new SampleRequest { Count = count, Start = noise }).Points;
            FiniteValues.Require("samples", points, "Try a smaller --lr.");
            return EnergyDistance.Estimate(
                new PointSet(model.Scale?.ToData(points) ?? points, count, network.Dimension), data);
        }
    }

    private void Write(
        ParseResult parsed,
        string target,
        IDevice device,
        List<Outcome> outcomes,
        TimeSpan elapsed,
        bool asJson)
    {
        Report report = new("reflow");
        report.Add("model", target);
        report.Add("rounds", outcomes.Count - 1);
        report.Add("pairs", parsed.GetValue(_pairs));
        report.Add("steps", parsed.GetValue(_steps));
        report.Add("straightness", outcomes[^1].Straightness, NumberText.Real(outcomes[^1].Straightness));
        report.AddHidden("history", () => new JsonArray([.. outcomes.Select(outcome => new JsonObject
        {
            ["straightness"] = outcome.Straightness,
            ["one_step_squared_energy_distance"] = outcome.OneStep.Value,
            ["many_steps_squared_energy_distance"] = outcome.ManySteps.Value,
            ["scatter_of_data"] = outcome.OneStep.NullError,
        })]));
        report.Add("seed", () => parsed.GetValue(_common.Seed), $"{parsed.GetValue(_common.Seed)}");
        report.AddDevice(device);
        report.AddTiming(elapsed);
        TextTable table = new(
            "", "after round", " straightness", " energy, 1 step", $" energy, {parsed.GetValue(_solverSteps)} steps",
            " of equals");
        for (int i = 0; i < outcomes.Count; i++)
        {
            table.AddRow(
                i == 0 ? "before" : $"{i}",
                NumberText.Real(outcomes[i].Straightness),
                NumberText.Real(outcomes[i].OneStep.Value),
                NumberText.Real(outcomes[i].ManySteps.Value),
                NumberText.Real(outcomes[i].OneStep.NullError));
        }

        report.AddTable(table);
        report.Write(_session.Output, asJson);
    }

    private sealed record Outcome(double Straightness, TwoSampleEstimate OneStep, TwoSampleEstimate ManySteps);

    private sealed class Share(IProgress<Advance> bar, int round, int rounds) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bar.Report(new Advance(
            (round + ((double)value.StepsDone / value.Steps)) / rounds, value.Loss));
    }
}
