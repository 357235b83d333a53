using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Models;

/// <summary>Models as safetensors files: PyTorch's <c>state_dict</c> and the configuration in the metadata.</summary>
/// <remarks>
/// In Python, <c>load_state_dict(safetensors.torch.load_file(path))</c> takes the weights. The metadata are strings:
/// <c>format</c>, <c>format_version</c>, <c>network</c>, <c>conditioning</c>, <c>dimension</c>, <c>hidden</c>,
/// <c>layers</c>, <c>embedding</c>, <c>predict</c>, <c>process</c> with its numbers, and <c>data</c>; with sinusoidal and
/// Fourier features, <c>embedding_of</c> and <c>embedding_scale</c>; where they are known, <c>objective</c> and
/// <c>weight</c>; where the training points were standardised, <c>data_mean</c> and <c>data_std</c>, a number a
/// dimension; and <c>activation</c>, without which it is <c>silu</c>. A reader trusts none of them: the first must all be
/// there, agree with the shapes, and there may be no others.
/// </remarks>
public static class ModelFile
{
    private const string FormatName = "scoregpu-model";
    private const int FormatVersion = 1;
    private const string ActivationKey = "activation";
    private const string InputKey = "embedding_of";
    private const string InputScaleKey = "embedding_scale";
    private const string MeanKey = "data_mean";
    private const string DeviationKey = "data_std";

    /// <summary>Writes a model, whole or not at all.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Save(string path, Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var architecture = model.Network.Architecture;
        List<KeyValuePair<string, string>> metadata =
        [
            new("format", FormatName),
            new("format_version", ModelMetadata.Format(FormatVersion)),
            new("network", "mlp"),
            new("conditioning", ModelProcess.NameOf(architecture.Conditioning)),
            new("dimension", ModelMetadata.Format(architecture.Dimension)),
            new("hidden", ModelMetadata.Format(architecture.Hidden)),
            new("layers", ModelMetadata.Format(architecture.Layers)),
            new("embedding", ModelMetadata.Format(architecture.Conditioning.Width)),
            new(ActivationKey, Activations.NameOf(architecture.Activation)),
            new("predict", Predictions.NameOf(model.Predicts)),
            new("process", model.Process.Name),
            .. model.Process.Describe(),
            new("data", model.Data),
        ];
        if (architecture.Conditioning is TimeFeatures features)
        {
            metadata.Add(new(InputKey, ModelProcess.NameOf(features.Input)));
            metadata.Add(new(InputScaleKey, ModelMetadata.Format(features.Scale)));
        }

        if (model.Scale is { } scale)
        {
            metadata.Add(new(MeanKey, ModelMetadata.Format(scale.Mean)));
            metadata.Add(new(DeviationKey, ModelMetadata.Format(scale.StandardDeviation)));
        }

        if (model.Objective is { } objective)
        {
            metadata.Add(new("objective", objective));
        }

        if (model.Weight is { } weight)
        {
            metadata.Add(new("weight", LossWeights.NameOf(weight)));
        }

        SafetensorsFile.Write(path, metadata, NetworkTensors.FromNetwork(model.Network));
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InputException">The file is missing, breaks the format, or is not a model; the message names
    /// the file, the item, and what was expected.</exception>
    public static Model Load(string path)
    {
        var file = SafetensorsFile.Read(path);
        var metadata = new ModelMetadata(path, file.Metadata);
        metadata.Choice("format", FormatName);
        metadata.Choice("format_version", ModelMetadata.Format(FormatVersion));
        metadata.Choice("network", "mlp");
        var network = NetworkTensors.ToNetwork(file.Tensors, path, ReadUntold(metadata, file));
        RequireArchitecture(metadata, network.Architecture);
        var predicts = Predictions.Parse(metadata.Choice("predict", [.. Predictions.Names]));
        string data = metadata.Text("data", "the name of the training data");
        string? objective = metadata.OptionalText("objective");
        LossWeight? weight = metadata.OptionalText("weight") is null
            ? null
            : LossWeights.Parse(metadata.Choice("weight", [.. LossWeights.Names]));
        try
        {
            var process = ReadProcess(metadata);
            DataScale? scale = metadata.Has(MeanKey) || metadata.Has(DeviationKey)
                ? new DataScale(metadata.Numbers(MeanKey), metadata.Numbers(DeviationKey))
                : null;
            metadata.RequireNoOthers();
            return new Model(network, predicts, process, data, scale) { Objective = objective, Weight = weight };
        }
        catch (InputException exception) when (!exception.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InputException($"'{path}': {exception.Message}", exception);
        }
    }

    private static UntoldArchitecture ReadUntold(ModelMetadata metadata, SafetensorsFile file)
    {
        var activation = metadata.OptionalText(ActivationKey) is null
            ? Activation.Silu
            : Activations.Parse(metadata.Choice(ActivationKey, [.. Activations.Names]));
        return NetworkTensors.HasTimeFeatures(file.Tensors)
            ? new UntoldArchitecture(
                activation,
                metadata.Choice(InputKey, ModelProcess.NameOf(TimeInput.Time), ModelProcess.NameOf(TimeInput.LogSigma))
                    == ModelProcess.NameOf(TimeInput.Time) ? TimeInput.Time : TimeInput.LogSigma,
                metadata.Number(InputScaleKey))
            : new UntoldArchitecture(activation, TimeInput.Time, 1);
    }

    private static void RequireArchitecture(ModelMetadata metadata, NetworkArchitecture architecture)
    {
        metadata.Choice("conditioning", ModelProcess.NameOf(architecture.Conditioning));
        metadata.RequireInteger("dimension", architecture.Dimension);
        metadata.RequireInteger("hidden", architecture.Hidden);
        metadata.RequireInteger("layers", architecture.Layers);
        metadata.RequireInteger("embedding", architecture.Conditioning.Width);
    }

    private static ModelProcess ReadProcess(ModelMetadata metadata) =>
        metadata.Choice(
            "process",
            [
                DdpmModelProcess.ProcessName,
                SingleSigmaModelProcess.ProcessName,
                GeometricModelProcess.ProcessName,
                .. ContinuousModelProcess.Names,
            ]) switch
        {
            DdpmModelProcess.ProcessName => new DdpmModelProcess(
                metadata.Integer("steps"), metadata.Number("beta_start"), metadata.Number("beta_end")),
            SingleSigmaModelProcess.ProcessName => new SingleSigmaModelProcess(metadata.Number("sigma")),
            GeometricModelProcess.ProcessName => new GeometricModelProcess(
                metadata.Number("sigma_max"), metadata.Number("sigma_min"), metadata.Integer("levels")),
            { } name => ContinuousModelProcess.Read(name, metadata),
        };
}
