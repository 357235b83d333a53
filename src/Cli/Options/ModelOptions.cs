using System.CommandLine;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Cli.Options;

/// <summary>The options of the commands that use a trained model.</summary>
internal sealed class ModelOptions
{
    /// <summary><c>--model</c>.</summary>
    public Option<string?> Model { get; } =
        InputOption.Create("--model", "The trained model.", "FILE.safetensors", isRequired: true);

    /// <summary><c>--time</c>.</summary>
    public Option<double?> Time { get; } = NumberOption.OptionalReal(
        "--time",
        "The time: the step t of a ddpm model, sigma of an ncsn or edm model, t of another; a model of one noise level "
        + "needs none.",
        RealRange.Any);

    /// <summary>Reads the model.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public Model Load(ParseResult parsed) => InputOption.Read(parsed, Model, ModelFile.Load);

    /// <summary>The time that was asked for.</summary>
    /// <exception cref="InputException">The model needs one and has none, or has no such time.</exception>
    public double TimeOf(ParseResult parsed, Model model)
    {
        if (parsed.GetValue(Time) is not { } time)
        {
            return model.Process is SingleSigmaModelProcess
                ? model.Process.FirstTime
                : throw new InputException($"{Time.Name} is not given; expected {DescribeTimes(model.Process)}.");
        }

        try
        {
            // The model knows its times; what it says of this one is not needed yet.
            _ = model.Convert(model.Predicts, time);
            return time;
        }
        catch (InputException exception)
        {
            throw new InputException(
                $"{Time.Name} is {NumberText.Exact(time)}; expected {DescribeTimes(model.Process)}.", exception);
        }
    }

    /// <summary>Reads points of the model's dimension.</summary>
    /// <exception cref="InputException">The file cannot be used, or the dimension is another.</exception>
    public static PointSet ReadPoints(ParseResult parsed, Option<string?> option, Model model)
    {
        PointSet points = InputOption.Read(parsed, option, PointsFile.Read);
        int dimension = model.Network.Architecture.Dimension;
        return points.Dimension == dimension
            ? points
            : throw InputException.For(
                option.Name,
                parsed.GetValue(option),
                $"points of dimension {dimension}, as the model's, and not {points.Dimension}");
    }

    private static string DescribeTimes(ModelProcess process) => process switch
    {
        DdpmModelProcess ddpm => $"a step of the model, a whole number from 0 to {ddpm.Steps - 1}",
        GeometricModelProcess geometric =>
            FormattableString.Invariant($"a sigma of the model, from {geometric.FirstTime} to {geometric.Levels[0]}"),
        ContinuousModelProcess { Process.TimeRange: var range } =>
            FormattableString.Invariant($"a time of the model, from {range.Start} to {range.End}"),
        _ => "a finite number",
    };
}
