using System.Text.Json;

namespace ScoreGpu.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Version_is_the_programs_own() => Assert.Equal("0.1.0", _folder.Succeed("--version").Trim());

    [Fact]
    public void Help_lists_every_command_with_an_example()
    {
        string help = _folder.Succeed("--help");

        Assert.All(Commands, name => Assert.Contains($"  {name} ", help, StringComparison.Ordinal));
        Assert.Contains("Examples:", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_commands_help_has_a_description_and_examples_of_itself()
    {
        foreach (string name in Commands)
        {
            string help = _folder.Succeed($"{name} --help");
            Assert.Contains("Description:", help, StringComparison.Ordinal);
            string[] examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];
            Assert.NotEmpty(examples);
            Assert.All(examples, line => Assert.StartsWith($"scoregpu {name}", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Defaults_are_shown()
    {
        string help = _folder.Succeed("train --help");

        Assert.Contains("[default: 128]", help, StringComparison.Ordinal);
        Assert.Contains("[default: ddpm]", help, StringComparison.Ordinal);
        Assert.Contains("[default: cpu]", help, StringComparison.Ordinal);
        Assert.Contains("(REQUIRED)", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_parse_as_they_stand()
    {
        foreach (string name in new[] { "train", "sample", "draw", "likelihood", "merge", "field", "evaluate", "data" })
        {
            string help = _folder.Succeed($"{name} --help");
            foreach (string line in help.Split('\n').Where(line => line.Contains("  scoregpu ") && line.Contains("--out")))
            {
                // The files are missing, which is found out only after the arguments have been understood.
                CliResult result = _folder.Run(line.Trim()["scoregpu ".Length..]
                    .Replace("--out ", "--out /nowhere/", StringComparison.Ordinal));
                Assert.Contains("the folder '/nowhere' does not exist", result.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Devices_are_listed()
    {
        JsonElement[] devices = [.. _folder.SucceedWithJson("devices").GetProperty("devices").EnumerateArray()];
        string?[] names = [.. devices.Select(each => each.GetProperty("name").GetString())];
        Assert.Equal("cpu", names[0]);
        Assert.Contains(names, name => name!.StartsWith("cuda", StringComparison.Ordinal));
        Assert.Contains(names, name => name!.StartsWith("opencl", StringComparison.Ordinal));
        foreach (JsonElement accelerator in devices.Skip(1).SkipLast(1))
        {
            // A usable accelerator was timed, and what was not timed says why it cannot be used.
            JsonElement latency = accelerator.GetProperty("launch_latency_seconds");
            Assert.Equal(accelerator.GetProperty("usable").GetBoolean(), latency.ValueKind == JsonValueKind.Number);
            Assert.NotEqual(
                accelerator.GetProperty("usable").GetBoolean(),
                accelerator.GetProperty("problem").ValueKind == JsonValueKind.String);
        }

        Assert.Equal("debug", names[^1]);
        JsonElement device = devices[0];
        Assert.True(device.GetProperty("usable").GetBoolean());
        Assert.Equal(Environment.ProcessorCount, device.GetProperty("cores").GetInt32());
        Assert.Contains(device.GetProperty("vector_bits").GetInt32(), (int[])[128, 256, 512]);
        Assert.True(device.GetProperty("memory_bytes").GetInt64() > 1 << 20);

        string text = _folder.Succeed("devices");
        Assert.Contains("cpu", text, StringComparison.Ordinal);
        Assert.Contains("launch", text, StringComparison.Ordinal);
        Assert.Contains("bits", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_says_on_stderr_what_it_chose()
    {
        CliResult result = _folder.Run(
            "train --data four-gaussians --steps 1 --hidden 8 --batch 8 --device auto --json --out @m.safetensors");

        Assert.Equal(0, result.Code);
        string chosen = JsonDocument.Parse(result.Output).RootElement.GetProperty("device").GetString()!;
        Assert.StartsWith($"scoregpu: --device auto chose {chosen}", result.Error, StringComparison.Ordinal);
        Assert.Contains(chosen, (string[])["cpu", "cuda", "opencl"]);
    }

    private static readonly string[] Commands =
    [
        "train", "sample", "draw", "likelihood", "merge", "reflow", "field", "evaluate", "compare", "data", "verify", "devices",
        "bench", "inspect",
    ];
}
