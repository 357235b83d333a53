using System.Text;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Cli.Inspection;

/// <summary>A kernel in one of its forms.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Text">The form as text; null where it is not text.</param>
/// <param name="Content">The form as bytes.</param>
/// <param name="Compiler">What wrote it; null where nothing was run.</param>
internal sealed record KernelForm(string Name, string? Text, ReadOnlyMemory<byte> Content, string? Compiler)
{
    /// <summary>What <c>--as</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["csharp", "opencl", "cuda", "ptx", "ilgpu-ptx", Binary];

    /// <summary>The form that a device makes.</summary>
    public const string Binary = "binary";

    /// <summary>Makes a form.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="compiled">The kernel on a device; needed for the binary.</param>
    /// <param name="cancellation">Stops a compiler.</param>
    /// <exception cref="InputException">What makes the form is missing.</exception>
    public static KernelForm Make(
        KernelDefinition kernel, string name, CompiledKernel? compiled, CancellationToken cancellation)
    {
        switch (name)
        {
            case "csharp":
                return OfText(name, kernel.CSharp, null);
            case "opencl":
                return OfText(name, kernel.OpenClC, null);
            case "cuda":
                return OfText(name, kernel.CudaC, null);
            case "ptx":
                KernelAssembly assembly = PtxCompilation.Compile(kernel, cancellation);
                return OfText(name, assembly.Text, assembly.Compiler);
            case "ilgpu-ptx":
                KernelAssembly byIlgpu = PtxCompilation.CompileByIlgpu(kernel);
                return OfText(name, byIlgpu.Text, byIlgpu.Compiler);
            default:
                CompiledKernel binary = compiled ?? throw InputException.For(
                    "--as", name, $"--device too, one of {string.Join(", ", KernelCompilation.Devices)}");
                return new KernelForm(name, TextOf(binary.Binary), binary.Binary, binary.Device.ToString());
        }
    }

    private static KernelForm OfText(string name, string text, string? compiler) =>
        new(name, text, Encoding.UTF8.GetBytes(text), compiler);

    // Some drivers' binaries are assembly: text with a zero behind it.
    private static string? TextOf(ReadOnlyMemory<byte> binary)
    {
        ReadOnlySpan<byte> bytes = binary.Span.TrimEnd((byte)0);
        foreach (byte value in bytes)
        {
            if (value is < 9 or (> 13 and < 32) or > 126)
            {
                return null;
            }
        }

        return Encoding.ASCII.GetString(bytes);
    }
}
