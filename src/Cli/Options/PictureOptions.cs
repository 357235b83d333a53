using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Options;

/// <summary>How a picture of trajectories looks.</summary>
internal sealed class PictureOptions
{
    /// <summary>Colours by <c>--color</c>.</summary>
    public const string Time = "time";

    /// <inheritdoc cref="Time"/>
    public const string Mode = "mode";

    /// <inheritdoc cref="Time"/>
    public const string Speed = "speed";

    /// <inheritdoc cref="Time"/>
    public const string Density = "density";

    private const int MostModes = 255;

    private static readonly Dictionary<string, ToneMapping> Tones = new()
    {
        ["log"] = ToneMapping.Logarithmic,
        ["histogram"] = ToneMapping.Equalised,
        ["linear"] = ToneMapping.Linear,
    };

    private static readonly Dictionary<string, ColorMap> Maps = new ColorMap[]
    {
        ColorMap.Dawn, ColorMap.Dusk, ColorMap.Cool, ColorMap.Viridis, ColorMap.Magma, ColorMap.Inferno, ColorMap.Balance,
        ColorMap.Night, ColorMap.Day,
    }.ToDictionary(map => map.Name);

    private readonly Option<string?> _tone = NameOption.Create(
        "--tone",
        "How much is how bright. log: equal ratios are equal steps; histogram: every tone takes as many pixels, so that the "
        + "sparsest and the densest parts show; linear: twice as much is twice as bright.",
        [.. Tones.Keys],
        "log");

    private readonly Option<string?> _map = NameOption.Create(
        "--colormap",
        "The colours of time, speed or density. [default: dawn and night on dark, dusk and day on light]",
        [.. Maps.Keys],
        null);

    private readonly Option<string?> _modes = InputOption.Create(
        "--modes",
        "The modes to colour by: a mixture, or points, one a mode. [default: the means of the mixture that the model was "
        + "trained on]",
        "NAME|FILE.json|FILE.npy|FILE.csv",
        isRequired: false);

    private readonly Option<int[]?> _coordinates = new("--coordinates")
    {
        Description = "Which two coordinates of more than two are drawn, from 0. [default: 0 1]",
        HelpName = "ACROSS UP",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _theme = ThemeOption.Create();

    /// <summary><c>--color</c>.</summary>
    public Option<string?> Color { get; } = NameOption.Create(
        "--color",
        "What colours say. time: from the noise to the data; mode: the end's nearest mode; speed: how a step's length ranks; "
        + "density: how much there is, and nothing else. [default: time; density with --animate]",
        Colors,
        null);

    /// <summary><c>--size</c>.</summary>
    public Option<(int Width, int Height)?> Size { get; } = SizeOption.Create(
        "--size",
        "Pixels; an image takes 32 bytes each while it is drawn. [default: 1920x1080; 960x540 with --animate]",
        TrajectoryCanvas.MaxSize);

    /// <summary><c>--view</c>.</summary>
    public Option<double[]?> View { get; } = ViewOption.Create();

    /// <summary>All options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Size, Color, _tone, _map, _modes, View, _coordinates, _theme];

    /// <summary>What colours may say.</summary>
    public static IReadOnlyList<string> Colors { get; } = [Time, Mode, Speed, Density];

    /// <summary>The tones by name.</summary>
    public static IReadOnlyDictionary<string, ToneMapping> TonesByName => Tones;

    /// <summary>The colour maps by name.</summary>
    public static IReadOnlyDictionary<string, ColorMap> MapsByName => Maps;

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="model">The model.</param>
    /// <param name="isFilm">Whether it is a film.</param>
    /// <exception cref="InputException">An option does not go with the model or another option.</exception>
    public PictureStyle Read(ParseResult parsed, Model model, bool isFilm)
    {
        string color = parsed.GetValue(Color) ?? (isFilm ? Density : Time);
        if (isFilm && color is Time or Speed)
        {
            throw InputException.For(Color.Name, color, $"{Density} or {Mode} with --animate, whose frames are times");
        }

        if (color != Mode)
        {
            UnusedOptions.Refuse(parsed, $"{Color.Name} {color}", [_modes], []);
        }
        else
        {
            UnusedOptions.Refuse(parsed, $"{Color.Name} {Mode}", [_map], []);
        }

        Theme theme = ThemeOption.Find(parsed, _theme);
        ColorMap usual = color == Density ? theme.DensityMap : theme == Theme.Light ? ColorMap.Dusk : ColorMap.Dawn;
        (int width, int height) = parsed.GetValue(Size) ?? (isFilm ? (960, 540) : (1920, 1080));
        (int axisX, int axisY) = Coordinates(parsed, model);
        return new PictureStyle(
            width,
            height,
            color,
            Tones[parsed.GetValue(_tone)!],
            parsed.GetValue(_map) is { } map ? Maps[map] : usual,
            theme,
            color == Mode ? Modes(parsed, model) : [],
            ViewOption.Find(parsed, View, width, height, axisX, axisY),
            model.Network.Architecture.Dimension,
            axisX,
            axisY);
    }

    private (int AxisX, int AxisY) Coordinates(ParseResult parsed, Model model)
    {
        int dimension = model.Network.Architecture.Dimension;
        if (dimension < 2)
        {
            throw new InputException(
                "--model is one of 1 dimension; expected one of at least 2, whose trajectories lie in a plane.");
        }

        if (parsed.GetValue(_coordinates) is not { Length: 2 } given)
        {
            return (0, 1);
        }

        bool isValid = given[0] != given[1] && given.Min() >= 0 && given.Max() < dimension;
        return isValid
            ? (given[0], given[1])
            : throw InputException.For(
                _coordinates.Name, $"{given[0]} {given[1]}", $"two different numbers from 0 to {dimension - 1}");
    }

    // In model units, as the network's states are.
    private float[] Modes(ParseResult parsed, Model model)
    {
        int dimension = model.Network.Architecture.Dimension;
        bool isGiven = parsed.GetValue(_modes) is not null;
        DataSource source = isGiven ? InputOption.Read(parsed, _modes, DataSource.Parse) : DataOf(model);
        float[] centres = (source.Distribution, source.Points) switch
        {
            (GaussianMixture mixture, _) =>
            [
                .. Enumerable.Range(0, mixture.ComponentCount)
                    .SelectMany(k => mixture.Mean(k).ToArray())
                    .Select(value => (float)value),
            ],
            (_, { } points) when isGiven => points.Values,
            _ => throw NoModes(source.Name),
        };
        if (source.Dimension != dimension || centres.Length > MostModes * dimension)
        {
            throw InputException.For(
                _modes.Name, source.Name, $"at most {MostModes} modes of dimension {dimension}, as the model's");
        }

        return model.Scale?.ToModel(centres) ?? centres;
    }

    private DataSource DataOf(Model model)
    {
        try
        {
            return DataSource.Parse(model.Data);
        }
        catch (InputException exception)
        {
            throw new InputException(
                $"{Color.Name} is {Mode}, and the model's data: {exception.Message} Or give {_modes.Name}.", exception);
        }
    }

    private InputException NoModes(string data) => new(
        $"{Color.Name} is {Mode}, and '{data}' has no known modes; expected a model of a mixture "
        + $"({string.Join(", ", NamedMixtures.Names)}, or a .json file), or {_modes.Name}.");
}
