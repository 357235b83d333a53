using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Models;

namespace ScoreGpu.Kernels.Generator.Output;

/// <summary>Writes the class of a kernel: its definitions, and the typed methods that launch it.</summary>
internal static class LauncherSource
{
    internal static void Add(SourceProductionContext output, KernelModel kernel)
    {
        foreach (DiagnosticModel diagnostic in kernel.Diagnostics)
        {
            output.ReportDiagnostic(Diagnostic.Create(
                KernelDiagnostics.ById(diagnostic.Id),
                diagnostic.Location.ToLocation(),
                [.. diagnostic.Arguments.Select(argument => (object)argument)]));
        }

        if (kernel.Instances.Count > 0)
        {
            // By the method, for a name may be taken twice while somebody is typing.
            string type = kernel.Type.Replace("global::", string.Empty);
            output.AddSource($"{type}.{kernel.Method}.g.cs", Write(kernel));
        }
    }

    internal static string Write(KernelModel kernel)
    {
        bool isGeneric = kernel.TypeParameters.Count > 0;
        string generics = isGeneric ? $"<{string.Join(", ", kernel.TypeParameters)}>" : string.Empty;
        EquatableArray<ParameterModel> parameters = kernel.Instances[0].Parameters;
        string declared = string.Concat(parameters.Select(
            parameter => $", {(parameter.IsIn ? "in " : string.Empty)}{parameter.DeclaredType} @{parameter.Name}"));
        string passed = string.Join(", ", parameters.Select(parameter => "@" + parameter.Name));
        string launcher = Free("launcher", parameters);
        string shape = Free("shape", parameters);
        string access = kernel.IsPublic ? "public" : "internal";

        var text = new StringBuilder(SourceText.Head);
        if (kernel.Namespace.Length > 0)
        {
            text.Append($"namespace {kernel.Namespace};\n\n");
        }

        text.Append($"/// <summary>{SourceText.Escaped(kernel.Summary)}</summary>\n");
        text.Append($"/// <remarks>The kernel <see cref=\"{kernel.Type}.{kernel.Method}\"/>, compiled.</remarks>\n");
        text.Append($"{access} static class {kernel.Name}\n{{\n");
        text.Append($"    private const string CSharpText = {SourceText.Raw(kernel.CSharp)};\n\n");
        foreach (InstanceModel instance in kernel.Instances)
        {
            text.Append($"    /// <summary>The kernel <c>{instance.Name}</c>.</summary>\n");
            string property = isGeneric ? instance.ShortName : "Definition";
            text.Append($"    public static KernelDefinition {property} {{ get; }} = ");
            text.Append(DefinitionSource.Write(kernel, instance)).Append("\n\n");
        }

        string documentation = LaunchDocumentation(parameters, launcher, shape);
        string definition = "Definition";
        if (isGeneric)
        {
            AppendLookup(text, kernel, generics);
            definition = $"Of{generics}()";
        }

        text.Append(documentation);
        text.Append(isGeneric ? TypeParameterDocumentation(kernel) : string.Empty);
        text.Append($"    public static void Launch{generics}(IKernelLauncher {launcher}, LaunchShape {shape}{declared})");
        text.Append($"{kernel.Constraints}\n        => {launcher}.Launch(");
        text.Append($"{definition}, {shape}, new Arguments{generics}({passed}));\n\n");
        if (isGeneric && !kernel.ParametersAreGeneric)
        {
            string chosen = Free("kernel", parameters);
            text.Append(documentation.Replace(
                $"    /// <param name=\"{shape}\">",
                $"    /// <param name=\"{chosen}\">One of <see cref=\"Instances\"/>.</param>\n"
                    + $"    /// <param name=\"{shape}\">"));
            text.Append($"    public static void Launch(IKernelLauncher {launcher}, KernelDefinition {chosen}, ");
            text.Append($"LaunchShape {shape}{declared})\n    {{\n");
            AppendChoice(text, kernel, chosen, $"{launcher}, {shape}{(passed.Length > 0 ? ", " : string.Empty)}{passed}");
        }

        AppendArguments(text, kernel, generics, parameters);
        return text.Append("}\n").ToString();
    }

    private static void AppendLookup(StringBuilder text, KernelModel kernel, string generics)
    {
        text.Append("    /// <summary>Every instance of the kernel.</summary>\n");
        text.Append($"    public static {SourceText.List}<KernelDefinition> Instances {{ get; }} = ");
        text.Append($"[{string.Join(", ", kernel.Instances.Select(instance => instance.ShortName))}];\n\n");
        text.Append("    /// <summary>The instance for certain structs.</summary>\n");
        text.Append(TypeParameterDocumentation(kernel));
        text.Append($"    public static KernelDefinition Of{generics}(){kernel.Constraints}\n    {{\n");
        foreach (InstanceModel instance in kernel.Instances)
        {
            string test = string.Join(" && ", kernel.TypeParameters.Select(
                (name, i) => $"typeof({name}) == typeof({instance.TypeArguments[i]})"));
            text.Append($"        if ({test})\n        {{\n            return {instance.ShortName};\n        }}\n\n");
        }

        string given = string.Join(" + \", \" + ", kernel.TypeParameters.Select(name => $"typeof({name}).Name"));
        text.Append("        throw new global::System.ArgumentException(\"");
        text.Append($"{kernel.Name} is not compiled for \" + {given} + \": add [KernelInstance] to the kernel.\");\n");
        text.Append("    }\n\n");
    }

    /// <summary>A name that no parameter of the kernel has.</summary>
    private static string Free(string name, EquatableArray<ParameterModel> parameters)
        => parameters.Any(parameter => parameter.Name == name) ? Free(name + "_", parameters) : name;

    private static void AppendChoice(StringBuilder text, KernelModel kernel, string chosen, string arguments)
    {
        foreach (InstanceModel instance in kernel.Instances)
        {
            text.Append($"        if (ReferenceEquals({chosen}, {instance.ShortName}))\n        {{\n");
            text.Append($"            Launch<{string.Join(", ", instance.TypeArguments)}>({arguments});\n");
            text.Append("            return;\n        }\n\n");
        }

        text.Append("        throw new global::System.ArgumentException(");
        text.Append($"\"The kernel is not an instance of {kernel.Name}.\", nameof({chosen}));\n    }}\n\n");
    }

    private static void AppendArguments(
        StringBuilder text, KernelModel kernel, string generics, EquatableArray<ParameterModel> parameters)
    {
        string fields = string.Join(
            ", ", parameters.Select(parameter => $"{parameter.DeclaredType} @{parameter.Name}"));
        text.Append($"    private readonly struct Arguments{generics}({fields}) : ");
        text.Append($"IKernelArguments{kernel.Constraints}\n    {{\n");
        foreach (ParameterModel parameter in parameters)
        {
            text.Append($"        private readonly {parameter.DeclaredType} _{parameter.Name} = @{parameter.Name};\n");
        }

        text.Append(parameters.Count > 0 ? "\n" : string.Empty);
        text.Append("        public void Bind<TBinder>(ref TBinder binder)\n");
        text.Append("            where TBinder : IKernelArgumentBinder, allows ref struct\n        {\n");
        for (int i = 0; i < parameters.Count; i++)
        {
            string index = i.ToString(CultureInfo.InvariantCulture);
            text.Append(parameters[i].Kind == "View"
                ? $"            binder.BindView({index}, _{parameters[i].Name});\n"
                : $"            binder.BindValue({index}, in _{parameters[i].Name});\n");
        }

        string passed = string.Join(", ", parameters.Select(
            parameter => $"{(parameter.IsIn ? "in " : string.Empty)}_{parameter.Name}"));
        text.Append("        }\n\n");
        text.Append($"        public void RunWorkItem() => {kernel.Type}.{kernel.Method}{generics}({passed});\n");
        text.Append("    }\n");
    }

    private static string LaunchDocumentation(
        EquatableArray<ParameterModel> parameters, string launcher, string shape)
    {
        string text = "    /// <summary>Starts the kernel.</summary>\n"
            + $"    /// <param name=\"{launcher}\">Where it runs.</param>\n"
            + $"    /// <param name=\"{shape}\">How many work-items run it.</param>\n";
        return text + string.Concat(parameters.Select(parameter =>
            $"    /// <param name=\"{parameter.Name}\">{SourceText.Escaped(parameter.Summary)}</param>\n"));
    }

    private static string TypeParameterDocumentation(KernelModel kernel)
        => string.Concat(kernel.TypeParameters.Select(
            name => $"    /// <typeparam name=\"{name}\">A struct that the kernel is compiled for.</typeparam>\n"));
}
