using System.CommandLine;
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
        "The time: the step t of a ddpm model, sigma of an ncsn model; a model of one noise level needs none.",
        RealRange.Any);

    /// <summary>Reads the model.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public Model Load(ParseResult parsed) => InputOption.Read(parsed, Model, ModelFile.Load);

    /// <summary>The time that was asked for.</summary>
    /// <exception cref="InputException">The model needs one and has none.</exception>
    public double TimeOf(ParseResult parsed, Model model)
    {
        double? time = parsed.GetValue(Time);
        return (time, model.Process) switch
        {
            ({ } given, _) => given,
            (null, DdpmModelProcess ddpm) =>
                throw InputException.For(Time.Name, null, $"a whole number from 0 to {ddpm.Steps - 1}"),
            (null, GeometricModelProcess geometric) => throw InputException.For(
                Time.Name, null, FormattableString.Invariant($"sigma, from {geometric.FirstTime} to {geometric.Levels[0]}")),
            _ => model.Process.FirstTime,
        };
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
}
