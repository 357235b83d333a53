using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Cli.Options;

/// <summary>How many trajectories, and from where: what the commands that sample share.</summary>
/// <param name="items">What is counted, with a capital.</param>
/// <param name="usual">How many where nobody says.</param>
/// <param name="usualText">The same in words.</param>
internal sealed class StartOptions(string items, int usual, string usualText)
{
    /// <summary><c>--count</c>.</summary>
    public Option<int?> Count { get; } = NumberOption.OptionalWhole(
        "--count", $"{items}. [default: {usualText}, or as many as --start has]");

    /// <summary><c>--start</c>.</summary>
    public Option<string?> Start { get; } = InputOption.Create(
        "--start",
        "Points to start from, one a row. [default: Gaussian noise, as the sampler needs it]",
        "FILE.npy|FILE.csv",
        isRequired: false);

    /// <summary>Refuses options of the sampler that do not go with where it starts.</summary>
    /// <exception cref="InputException">One was given.</exception>
    public void RefuseUnused(ParseResult parsed, SamplerOptions sampler)
    {
        UnusedOptions.RefuseBoth(parsed, sampler.StartScale, Start);
        UnusedOptions.RefuseAlone(parsed, sampler.Encode, Start);
    }

    /// <summary>What to sample.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="model">The model.</param>
    /// <param name="seed">The key of every draw.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="InputException">The points cannot be used, or are not as many as was asked for.</exception>
    public SampleRequest CreateRequest(ParseResult parsed, Model model, ulong seed, CancellationToken cancellation)
    {
        int? count = parsed.GetValue(Count);
        SampleRequest request = new() { Count = count ?? usual, Seed = seed, Cancellation = cancellation };
        if (parsed.GetValue(Start) is null)
        {
            return request;
        }

        PointSet start = ModelOptions.ReadPoints(parsed, Start, model);
        if (count is { } asked && asked != start.Count)
        {
            throw InputException.For(
                Count.Name, asked, $"{start.Count}, as many as the points of {Start.Name}");
        }

        return request with { Count = start.Count, Start = model.Scale?.ToModel(start.Values) ?? start.Values };
    }
}
