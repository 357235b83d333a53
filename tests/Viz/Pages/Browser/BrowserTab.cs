using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScoreGpu.Tests.Viz.Pages.Browser;

/// <summary>A page in a browser's window.</summary>
internal sealed class BrowserTab : IAsyncDisposable
{
    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string _session;
    private readonly List<string> _complaints = [];

    private BrowserTab(DevTools tools, string target, string session) =>
        (_tools, _target, _session) = (tools, target, session);

    /// <summary>What the console has shown of warnings and errors, and exceptions that nobody caught.</summary>
    internal IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    internal static async Task<BrowserTab> Open(
        DevTools tools, string path, int width, (string Name, string Value)[] features)
    {
        JsonElement made = await tools.Send(null, "Target.createTarget", new JsonObject
        {
            ["url"] = "about:blank",
            ["newWindow"] = true,
        });
        string target = made.GetProperty("targetId").GetString()!;
        JsonElement attached = await tools.Send(null, "Target.attachToTarget", new JsonObject
        {
            ["targetId"] = target,
            ["flatten"] = true,
        });
        BrowserTab tab = new(tools, target, attached.GetProperty("sessionId").GetString()!);
        tools.Listen(tab._session, tab.Hear);
        await tab.Send("Runtime.enable");
        await tab.Send("Log.enable");
        await tab.Send("Page.enable");
        await tab.Send("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
        await tab.Prefer(features);
        await tab.Resize(width);
        await tab.Send("Page.navigate", new JsonObject { ["url"] = new Uri(Path.GetFullPath(path)).AbsoluteUri });
        await tab.Until($"location.protocol === 'file:' && document.readyState === 'complete'");
        return tab;
    }

    /// <summary>Gives the window another width in CSS pixels, and the screen another density.</summary>
    internal Task<JsonElement> Resize(int width, double pixelRatio = 1.0) =>
        Send("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = 900,
            ["deviceScaleFactor"] = pixelRatio,
            ["mobile"] = false,
        });

    /// <summary>Sets what the reader's system prefers.</summary>
    internal Task<JsonElement> Prefer(params (string Name, string Value)[] features) =>
        Send("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray([.. features.Select(feature => new JsonObject
            {
                ["name"] = feature.Name,
                ["value"] = feature.Value,
            })]),
        });

    /// <summary>The value of an expression of JavaScript.</summary>
    internal async Task<JsonElement> Evaluate(string expression)
    {
        JsonElement answer = await Send("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
        });
        Assert.False(answer.TryGetProperty("exceptionDetails", out _), $"{expression}: {answer}");
        return answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>The text that an expression gives.</summary>
    internal async Task<string> Text(string expression) => (await Evaluate($"String({expression})")).GetString()!;

    /// <summary>Waits until an expression holds.</summary>
    internal async Task Until(string condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!(await Evaluate($"Boolean({condition})")).GetBoolean())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Chromium.Patience, $"never came true: {condition}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Presses and releases a key on what has the focus.</summary>
    internal async Task Press(string key, int code)
    {
        foreach (string type in new[] { "rawKeyDown", "keyUp" })
        {
            await Send("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key == " " ? "Space" : key,
                ["windowsVirtualKeyCode"] = code,
            });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _tools.Send(null, "Target.closeTarget", new JsonObject { ["targetId"] = _target });

    private Task<JsonElement> Send(string method, JsonObject? parameters = null) =>
        _tools.Send(_session, method, parameters);

    private void Hear(string name, JsonElement parameters)
    {
        bool isComplaint = name switch
        {
            "Runtime.exceptionThrown" => true,
            "Runtime.consoleAPICalled" => parameters.GetProperty("type").GetString() is "error" or "warning" or "assert",
            "Log.entryAdded" => parameters.GetProperty("entry").GetProperty("level").GetString() is "error" or "warning",
            _ => false,
        };
        if (isComplaint)
        {
            lock (_complaints)
            {
                _complaints.Add($"{name}: {parameters}");
            }
        }
    }
}
