using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 4: very many trajectories from N(0, 2²·I), as densities of their paths.</summary>
/// <param name="Plane">The paths in the plane.</param>
/// <param name="OverTime">The first coordinate of each over the steps done.</param>
/// <param name="Points">The samples, [N, 2].</param>
/// <param name="Elapsed">How long sampling took; drawing not included.</param>
internal sealed record TrajectoryCrowd(DensityGrid Plane, DensityGrid OverTime, float[] Points, TimeSpan Elapsed)
{
    /// <summary>The plane is drawn this far from the origin.</summary>
    public const double Reach = 4.5;

    private const int Cells = 360;

    /// <summary>Samples with a program and adds up the paths.</summary>
    public static TrajectoryCrowd Compute(
        LabContext context,
        ScoreFunctionsSettings settings,
        IDeviceNetwork network,
        StepProgram program,
        IProgress<double> progress)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        SampleResult result = network.Sample(program, new SampleRequest
        {
            Count = settings.Crowd,
            Seed = LabKeys.Of(context.Seed, LabDraw.FirstRun),
            Start = StartingPoints.Draw(2.0, settings.Crowd, LabKeys.Of(context.Seed, LabDraw.CrowdStarts)),
            RecordEvery = settings.RecordEvery,
            Progress = progress,
            Cancellation = context.Cancellation,
        });
        TimeSpan elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        DensityGrid plane = new(-Reach, Reach, -Reach, Reach, Cells, Cells);
        DensityGrid overTime = new(0, program.Rows.Count, -Reach, Reach, Cells, Cells);
        Parallel.Invoke(
            () => Trace(result, settings.Crowd, AddToPlane, context.Cancellation),
            () => Trace(result, settings.Crowd, AddOverTime, context.Cancellation));
        return new TrajectoryCrowd(plane, overTime, result.Points, elapsed);

        void AddToPlane(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int frame) =>
            plane.AddSegment(before[0], before[1], after[0], after[1]);

        void AddOverTime(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int frame) =>
            overTime.AddSegment(StepsDone(frame - 1), before[0], StepsDone(frame), after[0]);

        double StepsDone(int frame) => Math.Min((double)frame * settings.RecordEvery, program.Rows.Count);
    }

    private static void Trace(SampleResult result, int count, Segment add, CancellationToken cancellation)
    {
        for (int frame = 1; frame < result.Frames; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> before = result.Trajectories.AsSpan((frame - 1) * 2 * count, 2 * count);
            ReadOnlySpan<float> after = result.Trajectories.AsSpan(frame * 2 * count, 2 * count);
            for (int i = 0; i < 2 * count; i += 2)
            {
                add(before.Slice(i, 2), after.Slice(i, 2), frame);
            }
        }
    }

    private delegate void Segment(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int frame);
}
