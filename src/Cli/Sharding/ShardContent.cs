namespace ScoreGpu.Cli.Sharding;

/// <summary>What a shard's file holds, and the names of its tensors.</summary>
internal static class ShardContent
{
    /// <summary>The key of the fact that says which of these it is.</summary>
    public const string Key = "content";

    /// <summary>Samples, in a tensor of that name.</summary>
    public const string Samples = "samples";

    /// <summary>States on the way, in a tensor of that name.</summary>
    public const string Trajectories = "trajectories";

    /// <summary>Log-densities, in a tensor of that name.</summary>
    public const string LogDensities = "log-densities";

    /// <summary>The tensor of the log-densities' standard errors, where there are any.</summary>
    public const string StandardErrors = "standard-errors";

    /// <summary>An image of trajectories.</summary>
    public const string Picture = "picture";

    /// <summary>The tensor of an image's sums.</summary>
    public const string Sums = "sums";

    /// <summary>The tensor of an image's segments, and of those that were left out.</summary>
    public const string Segments = "segments";
}
