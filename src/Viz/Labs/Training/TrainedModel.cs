using System.Diagnostics;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.Training;

/// <summary>A model that a lab trained, and how.</summary>
/// <param name="Model">The weights and what they mean.</param>
/// <param name="Losses">The loss before each step.</param>
/// <param name="Course">How it was trained.</param>
/// <param name="Elapsed">How long training took.</param>
internal sealed record TrainedModel(
    Model Model, IReadOnlyList<double> Losses, TrainingCourse Course, TimeSpan Elapsed)
{
    // Single losses scatter with the batch.
    private const int Window = 50;

    /// <summary>The mean loss over the first steps.</summary>
    public double FirstLoss => Losses.Take(Window).Average();

    /// <summary>The mean loss over the last steps.</summary>
    public double LastLoss => Losses.TakeLast(Window).Average();

    /// <summary>Trains a model: its network is changed.</summary>
    /// <param name="context">The device, and what stops the run.</param>
    /// <param name="model">The fresh weights and what they mean.</param>
    /// <param name="objective">What is minimised.</param>
    /// <param name="data">The data.</param>
    /// <param name="course">How.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="batches">Where batches come from; null draws them from the data.</param>
    public static TrainedModel Train(
        LabContext context,
        Model model,
        Objective objective,
        TrainingData data,
        TrainingCourse course,
        IProgress<double>? progress = null,
        IBatchSource? batches = null)
    {
        long start = Stopwatch.GetTimestamp();
        using ITrainer trainer = context.Device.Train(model.Network, objective, data, course.Options);
        TrainingRun run = new(trainer) { Decay = course.Decay, Batches = batches };
        run.Advance(course.Steps, progress is null ? null : new Share(progress), context.Cancellation);
        run.CopyTo(model.Network);
        return new TrainedModel(model, run.Losses, course, Stopwatch.GetElapsedTime(start));
    }

    private sealed class Share(IProgress<double> whole) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            // A report costs more than it tells if every step makes one.
            if (value.StepsDone % 50 == 0)
            {
                whole.Report((double)value.StepsDone / value.Steps);
            }
        }
    }
}
