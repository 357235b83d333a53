using System.Text;
using ScoreGpu.Cli;

namespace ScoreGpu.Tests.Cli;

public sealed class ApplicationTests : IDisposable
{
    private const string Train = "train --data four-gaussians --steps 400 --hidden 8 --batch 32 --out @m.safetensors";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fault_of_the_program_is_code_70_and_asks_for_a_report()
    {
        using BrokenWriter output = new(new InvalidOperationException("wires crossed"));

        (int code, string error) = Run("devices", output, isInteractive: false);

        Assert.Equal(ExitCode.InternalError, code);
        Assert.Contains("wires crossed", error, StringComparison.Ordinal);
        Assert.Contains("please report", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_under_stdout_is_no_fault_of_the_program()
    {
        using BrokenWriter output = new(new IOException("No space left on device"));

        (int code, string error) = Run("devices", output, isInteractive: false);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("No space left", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_shown_to_a_person_on_stderr_alone()
    {
        using StringWriter output = new();

        (int code, string error) = Run(Train, output, isInteractive: true);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("training", error, StringComparison.Ordinal);
        Assert.DoesNotContain("training", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_not_shown_with_json()
    {
        using StringWriter output = new();

        (int code, string error) = Run($"{Train} --json", output, isInteractive: true);

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal("", error);
    }

    private (int Code, string Error) Run(string line, TextWriter output, bool isInteractive)
    {
        using StringWriter error = new();
        int code = Application.Run(
            _folder.Arguments(line), output, error, isInteractive, TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }

    private sealed class BrokenWriter(Exception failure) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw failure;
    }
}
