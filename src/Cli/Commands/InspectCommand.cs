using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Inspection;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Naming;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Viz.Kernels;

namespace ScoreGpu.Cli.Commands;

/// <summary><c>scoregpu inspect</c>.</summary>
internal sealed class InspectCommand
{
    private readonly Session _session;
    private readonly Option<bool> _json = new CommonOptions().Json;

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "A kernel; left out, all are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _as = NameOption.Create(
        "--as",
        "Prints the kernel in one form; ptx needs NVRTC or clang-19, ilgpu-ptx a build with ILGPU, binary --device.",
        KernelForm.Names,
        usual: null);

    private readonly Option<string?> _device = NameOption.Create(
        "--device",
        "Compiles the kernel there and adds what the compiler reports; cuda:N, cuda:NAME, opencl:N or opencl:NAME takes one "
            + "of several.",
        KernelCompilation.Devices,
        usual: null,
        KernelCompilation.IsDevice);

    private readonly Option<string?> _out =
        OutputPaths.Option("--out", "Takes the form in place of the terminal.", isRequired: false, "FILE");

    private readonly Option<string?> _html = OutputPaths.Option(
        "--html", "A page with the C# beside the OpenCL C, line by line.", isRequired: false, "FILE.html");

    private static IReadOnlyList<KernelDefinition> All => Kernels.GeneratedKernels.All;

    private InspectCommand(Session session) => _session = session;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        InspectCommand inspect = new(session);
        ExampleCommand command = new(
            "inspect",
            "Lists the device kernels, or shows one: as C#, as what is generated from it, and as compilers see it.",
            "scoregpu inspect",
            "scoregpu inspect DenseForwardSilu",
            "scoregpu inspect DenseForwardSilu --as opencl",
            "scoregpu inspect Sample --device opencl",
            "scoregpu inspect MixtureScore --as ptx --out mixture.ptx",
            "scoregpu inspect DenseForwardSilu --html dense.html");
        command.Add(inspect._name);
        command.Add(inspect._as);
        command.Add(inspect._device);
        command.Add(inspect._out);
        command.Add(inspect._html);
        command.Add(inspect._json);
        command.SetAction(inspect.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_name) is not { } name)
        {
            UnusedOptions.Refuse(parsed, "no kernel's name", [_as, _device, _out, _html], []);
            List().Write(_session.Output, parsed.GetValue(_json));
            return ExitCode.Success;
        }

        KernelDefinition kernel =
            All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw NearestNames.Unknown("kernel", name, All.Select(known => known.Name));
        UnusedOptions.RefuseAlone(parsed, _out, _as);
        UnusedOptions.RefuseBoth(parsed, _html, _as);
        OutputPaths paths = new(parsed);
        string? target = paths.Find(_out);
        string? page = paths.Find(_html, ".html", ".htm");
        string? form = parsed.GetValue(_as);
        if (form is not null and not KernelForm.Binary)
        {
            UnusedOptions.Refuse(parsed, $"{_as.Name} {form}", [_device], []);
        }

        CompiledKernel? compiled =
            parsed.GetValue(_device) is { } device ? KernelCompilation.Compile(kernel, device) : null;
        if (form is not null)
        {
            Write(parsed, kernel, KernelForm.Make(kernel, form, compiled, _session.Cancellation), target);
            return ExitCode.Success;
        }

        Describe(kernel, compiled, page).Write(_session.Output, parsed.GetValue(_json));
        return ExitCode.Success;
    }

    private void Write(ParseResult parsed, KernelDefinition kernel, KernelForm form, string? target)
    {
        bool asJson = parsed.GetValue(_json);
        if (target is not null)
        {
            AtomicFile.Write(target, stream => stream.Write(form.Content.Span));
        }
        else if (form.Text is null && !asJson)
        {
            throw InputException.For(
                _as.Name,
                form.Name,
                $"{_out.Name} FILE too: it is {KernelFacts.Bytes(form.Content.Length)} of machine code");
        }
        else if (!asJson)
        {
            _session.Output.Write(form.Text!.EndsWith('\n') ? form.Text : form.Text + "\n");
            return;
        }

        Report report = new("inspect");
        report.Add("kernel", kernel.Name);
        report.Add("form", form.Name);
        if (form.Compiler is { } compiler)
        {
            report.Add("made_by", compiler);
        }

        report.Add("bytes", form.Content.Length);
        if (target is not null)
        {
            report.Add("file", target);
        }
        else
        {
            report.AddHidden("text", () => form.Text);
            report.AddHidden("base64", () => form.Text is null ? Convert.ToBase64String(form.Content.Span) : null);
        }

        report.Write(_session.Output, asJson);
    }

    private static Report List()
    {
        Report report = new("inspect");
        TextTable kernels = new("", "kernel", " group", " local memory", "what it does");
        TextTable costs = new("\nCost an item, as declared:", "kernel", "item", "FLOPs", "bytes", "FLOPs a byte");
        SortedDictionary<string, string> meanings = new(StringComparer.Ordinal);
        foreach (KernelDefinition kernel in All)
        {
            kernels.AddRow(
                kernel.Name, KernelFacts.GroupSize(kernel), KernelFacts.LocalMemory(kernel), KernelSummary.Of(kernel));
            if (kernel.Cost is { } declared)
            {
                CostText cost = new(declared);
                costs.AddRow(kernel.Name, cost.Item, cost.Flops, cost.Bytes, cost.Intensity);
                foreach ((string symbol, string meaning) in cost.Where)
                {
                    meanings[symbol] = meaning;
                }
            }
        }

        report.AddTable(kernels);
        report.AddTable(costs);
        TextTable symbols = new("\nwhere", "symbol", "what it is");
        foreach ((string symbol, string meaning) in meanings)
        {
            symbols.AddRow(symbol, meaning);
        }

        report.AddTable(symbols);
        report.AddHidden("kernels", () => new JsonArray([.. All.Select(KernelFacts.ToJson)]));
        return report;
    }

    private static Report Describe(KernelDefinition kernel, CompiledKernel? compiled, string? page)
    {
        List<(string Label, string Value)> facts = Facts(kernel);
        if (compiled is not null)
        {
            facts.AddRange(CompiledFacts.Lines(kernel, compiled));
        }

        Report report = new("inspect");
        report.AddHidden("kernel", () => KernelFacts.ToJson(kernel));
        TextTable table = new($"{kernel.Name}: {KernelSummary.Of(kernel)}", "", "");
        facts.ForEach(fact => table.AddRow(fact.Label, fact.Value));
        report.AddTable(table);
        report.AddTable(Parameters(kernel));
        report.AddHidden("parameters", () => new JsonArray([.. kernel.Parameters.Select(ToJson)]));
        if (compiled is not null)
        {
            report.AddHidden("compiled", () => CompiledFacts.ToJson(compiled));
        }

        if (page is not null)
        {
            byte[] html = Encoding.UTF8.GetBytes(KernelPage.Render(kernel, facts));
            AtomicFile.Write(page, stream => stream.Write(html));
            report.Add("page", page);
        }

        return report;
    }

    private static List<(string Label, string Value)> Facts(KernelDefinition kernel)
    {
        string types = kernel.TypeArguments.Count == 0 ? "" : $"<{string.Join(", ", kernel.TypeArguments)}>";
        List<(string Label, string Value)> facts =
        [
            ("method", kernel.Method + types),
            ("group size", KernelFacts.GroupSize(kernel)),
            ("local memory", KernelFacts.LocalMemory(kernel)),
            ("barriers", kernel.UsesBarriers ? "yes" : "no"),
        ];
        if (kernel.Cost is { } declared)
        {
            CostText cost = new(declared);
            facts.Add(($"FLOPs a {cost.Item}", cost.Flops));
            facts.Add(($"bytes a {cost.Item}", cost.Bytes));
            facts.Add(("FLOPs a byte", cost.Intensity));
            facts.AddRange(cost.Where.Select(symbol => ($"  where {symbol.Symbol}", symbol.Meaning)));
        }

        return facts;
    }

    private static TextTable Parameters(KernelDefinition kernel)
    {
        TextTable table = new("\nParameters:", "name", "type", "what it is");
        foreach (KernelParameter parameter in kernel.Parameters)
        {
            table.AddRow(parameter.Name, TypeOf(parameter), parameter.Summary);
        }

        return table;
    }

    private static string TypeOf(KernelParameter parameter) => (parameter.Kind, parameter.IsReadOnly) switch
    {
        (KernelParameterKind.View, true) => $"view of {parameter.Type}, read",
        (KernelParameterKind.View, false) => $"view of {parameter.Type}, written",
        _ => parameter.Type,
    };

    private static JsonNode ToJson(KernelParameter parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["type"] = parameter.Type,
        ["kind"] = parameter.Kind.ToString().ToLowerInvariant(),
        ["bytes"] = parameter.SizeBytes,
        ["read_only"] = parameter.IsReadOnly,
        ["summary"] = parameter.Summary,
    };
}
