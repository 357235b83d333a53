using System.CommandLine;
using System.Diagnostics;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Cli;

/// <summary>A trained model on the device that was asked for, its work timed and under a bar.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly Session _session;
    private readonly IDevice _device;

    private ModelRun(Session session, IDevice device, Model model, bool asJson)
    {
        _session = session;
        _device = device;
        Model = model;
        Network = device.Load(model.Network);
        AsJson = asJson;
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>Its network on the device.</summary>
    public IDeviceNetwork Network { get; }

    /// <summary>Whether the report is one JSON object, and no bar is shown.</summary>
    public bool AsJson { get; }

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation => _session.Cancellation;

    /// <summary>What the last bits of its results depend on.</summary>
    public string Arithmetic => _device.Arithmetic;

    /// <summary>Starts the device and loads the network.</summary>
    public static ModelRun Start(ParseResult parsed, Session session, CommonOptions common, Model model)
    {
        IDevice device = common.Start(parsed, session);
        try
        {
            return new ModelRun(session, device, model, parsed.GetValue(common.Json));
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Works under a bar.</summary>
    /// <param name="label">What is being done.</param>
    /// <param name="work">The work, given what to tell the share done to.</param>
    public (T Result, TimeSpan Elapsed) Time<T>(string label, Func<IProgress<double>, T> work)
    {
        long start = Stopwatch.GetTimestamp();
        return ProgressBar.Run(_session, AsJson, label, bar =>
        {
            T result = work(new ShareProgress(bar));
            return (result, Stopwatch.GetElapsedTime(start));
        });
    }

    /// <summary>Adds the device to a report.</summary>
    public void AddDevice(Report report) => report.AddDevice(_device);

    /// <summary>Writes a report.</summary>
    public void Write(Report report) => report.Write(_session.Output, AsJson);

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _device.Dispose();
    }
}
