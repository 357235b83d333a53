using System.CommandLine;
using System.Globalization;
using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Cli.Options;

/// <summary>The options that most commands share. A new set for each command, as help lists them by command.</summary>
internal sealed class CommonOptions
{
    /// <summary><c>--device</c>.</summary>
    public Option<string?> Device { get; } = NameOption.Create(
        "--device",
        "Where the kernels run; cuda:N, cuda:NAME, opencl:N or opencl:NAME takes one of several; auto takes the best GPU, "
            + "or the cpu where there is none, and says which.",
        DeviceCatalog.Choices,
        DeviceCatalog.Default,
        DeviceCatalog.IsChoice);

    /// <summary><c>--threads</c>.</summary>
    public Option<int> Threads { get; } = NumberOption.Whole(
        "--threads", "Threads of the cpu device; 0 takes one a core. Results do not depend on it.", 0, 0, 1024);

    /// <summary><c>--seed</c>.</summary>
    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "The key of every random draw: the same seed gives the same numbers.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            {
                result.AddError($"--seed is '{text}'; expected a whole number from 0 to {ulong.MaxValue}.");
            }

            return seed;
        },
    };

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Writes the result as one JSON object.",
    };

    /// <summary>Starts the device that was asked for, and says what <c>auto</c> chose.</summary>
    public IDevice Start(ParseResult parsed, Session session)
    {
        string asked = parsed.GetValue(Device)!;
        IDevice device = DeviceCatalog.Create(asked, parsed.GetValue(Threads));
        if (asked == DeviceCatalog.Auto)
        {
            session.Error.WriteLine($"scoregpu: --device auto chose {device.Name} ({device.Description}).");
        }

        return device;
    }
}
