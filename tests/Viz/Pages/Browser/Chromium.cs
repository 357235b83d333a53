using System.Diagnostics;
using System.Text.RegularExpressions;
using ScoreGpu.Tests.Viz.Pages.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace ScoreGpu.Tests.Viz.Pages.Browser;

/// <summary>
/// A headless Chromium that all tests share, started by the first that opens a page. Where there is none the test is
/// skipped with the reason, or fails if <c>SCOREGPU_REQUIRE_CHROMIUM</c> is 1.
/// </summary>
public sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>How long to wait for what should take a moment, on a machine that may be very busy.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private DirectoryInfo? _profile;
    private Process? _process;
    private DevTools? _tools;

    /// <summary>Opens a page in a window of its own.</summary>
    /// <param name="path">The page's file.</param>
    /// <param name="width">The window's width in CSS pixels.</param>
    /// <param name="features">What the reader prefers, as in ("prefers-color-scheme", "dark").</param>
    internal async Task<BrowserTab> Open(
        string path, int width = 1000, params (string Name, string Value)[] features)
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _tools ??= await Start(Find());
        }
        finally
        {
            _gate.Release();
        }

        return await BrowserTab.Open(_tools, path, width, features);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_tools is not null)
        {
            await _tools.DisposeAsync();
        }

        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        // A process of the browser that ends late may still write into its profile, which is in the temporary folder.
        try
        {
            _profile?.Delete(recursive: true);
        }
        catch (IOException)
        {
        }

        _gate.Dispose();
    }

    [GeneratedRegex(@"DevTools listening on (ws://\S+)")]
    private static partial Regex Address();

    private static string Find()
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => Names, Path.Combine)
            .FirstOrDefault(File.Exists);
        string reason = $"no browser is installed: none of {string.Join(", ", Names)} is on the path";
        Assert.False(
            found is null && Environment.GetEnvironmentVariable("SCOREGPU_REQUIRE_CHROMIUM") == "1", reason);
        Assert.SkipUnless(found is not null, reason);
        return found!;
    }

    private async Task<DevTools> Start(string program)
    {
        _profile = Directory.CreateTempSubdirectory("scoregpu-chromium-");
        ProcessStartInfo info = new(
            program,
            [
                // The pages are files that these tests have just written, so the sandbox, which root cannot have, is
                // not needed.
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--disable-extensions", "--disable-background-networking",
                "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
                "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> said = [];
        _process.ErrorDataReceived += (_, line) =>
        {
            Match match = Address().Match(line.Data ?? "");
            if (match.Success)
            {
                address.TrySetResult(match.Groups[1].Value);
            }
            else if (line.Data is null)
            {
                address.TrySetException(
                    new InvalidOperationException($"{program} ended: {string.Join('\n', said)}"));
            }
            else
            {
                said.Add(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        return await DevTools.Connect(await address.Task.WaitAsync(Patience));
    }
}
