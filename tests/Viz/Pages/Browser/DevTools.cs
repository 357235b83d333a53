using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScoreGpu.Tests.Viz.Pages.Browser;

/// <summary>The DevTools protocol of a browser: commands with answers, and events, over one WebSocket.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonElement>> _listeners = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    private DevTools()
    {
    }

    /// <summary>Connects to a browser.</summary>
    public static async Task<DevTools> Connect(string address)
    {
        DevTools tools = new();
        using CancellationTokenSource patience = new(Chromium.Patience);
        await tools._socket.ConnectAsync(new Uri(address), patience.Token);
        tools._receiving = tools.Receive();
        return tools;
    }

    /// <summary>Sends a command and waits for its result.</summary>
    /// <param name="session">The tab's session; without one, the browser itself.</param>
    /// <param name="method">The command.</param>
    /// <param name="parameters">What it takes.</param>
    public async Task<JsonElement> Send(string? session, string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref _lastId);
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Chromium.Patience);
    }

    /// <summary>Hands the events of a session to a listener, given their names and parameters.</summary>
    public void Listen(string session, Action<string, JsonElement> listener) => _listeners[session] = listener;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Receive()
    {
        ArrayBufferWriter<byte> message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part =
                    await _socket.ReceiveAsync(message.GetMemory(1 << 16), CancellationToken.None);
                message.Advance(part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                if (part.EndOfMessage)
                {
                    Handle(JsonDocument.Parse(message.WrittenMemory.ToArray()).RootElement);
                    message.ResetWrittenCount();
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The browser has gone, or this end has.
        }

        foreach (TaskCompletionSource<JsonElement> answer in _waiting.Values)
        {
            answer.TrySetException(new InvalidOperationException("The browser has closed the connection."));
        }
    }

    private void Handle(JsonElement message)
    {
        if (!message.TryGetProperty("id", out JsonElement id))
        {
            if (message.TryGetProperty("sessionId", out JsonElement session)
                && _listeners.TryGetValue(session.GetString()!, out Action<string, JsonElement>? listener))
            {
                listener(message.GetProperty("method").GetString()!, message.GetProperty("params"));
            }
        }
        else if (_waiting.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? answer))
        {
            if (message.TryGetProperty("error", out JsonElement error))
            {
                answer.TrySetException(new InvalidOperationException(error.GetRawText()));
            }
            else
            {
                answer.TrySetResult(message.GetProperty("result"));
            }
        }
    }
}
