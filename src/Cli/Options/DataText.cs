using ScoreGpu.Engine.Data;

namespace ScoreGpu.Cli.Options;

/// <summary>The data sets in the words of the help.</summary>
internal static class DataText
{
    /// <summary>What a data specification may be.</summary>
    public static string Choices { get; } =
        $"{string.Join(", ", NamedDistributions.Names)} (see 'scoregpu data --help'), a mixture of Gaussians as .json file, "
        + "or points as .npy or .csv file, one a row.";

    /// <summary>The names with what each looks like.</summary>
    public static string Descriptions { get; } =
        string.Join("; ", NamedDistributions.Names.Select(name => $"{name}: {NamedDistributions.Describe(name)}")) + ".";
}
