using System.Diagnostics;
using System.Globalization;
using System.Text;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>Compiles CUDA C to PTX with clang alone: no toolkit, so functions of libdevice stay calls.</summary>
internal static class ClangCompiler
{
    /// <summary>The program, looked for in the folders of <c>PATH</c>.</summary>
    public const string Program = "clang-19";

    /// <summary>The path of the program; null where it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => (string[])[Path.Combine(folder, Program), Path.Combine(folder, $"{Program}.exe")])
        .FirstOrDefault(File.Exists);

    /// <summary>Compiles.</summary>
    /// <param name="clang">The path of the program.</param>
    /// <param name="source">CUDA C.</param>
    /// <param name="capability">The compute capability, as in 80 for 8.0.</param>
    /// <param name="cancellation">Stops the compiler.</param>
    /// <exception cref="DeviceException">The compiler failed; the message has its log.</exception>
    public static string ToPtx(string clang, string source, int capability, CancellationToken cancellation)
    {
        string architecture = string.Create(CultureInfo.InvariantCulture, $"--cuda-gpu-arch=sm_{capability}");
        ProcessStartInfo start = new(clang)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            ArgumentList =
            {
                "-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib", "-std=c++17", "-O3", "-S",
                "-Wno-unknown-cuda-version", architecture, "-o", "-", "-",
            },
        };
        using Process process = Process.Start(start)
            ?? throw new DeviceException(DeviceFailure.Unavailable, $"{clang} did not start.");
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Write(process, CudaPrelude.Text + source);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? output.GetAwaiter().GetResult()
            : throw new DeviceException(
                DeviceFailure.BuildFailed,
                $"{clang} returned {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: "
                + error.GetAwaiter().GetResult().Trim());
    }

    private static void Write(Process process, string text)
    {
        try
        {
            process.StandardInput.Write(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The compiler went away before it read everything; its exit code and log say why.
        }
    }
}
