using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Devices;

/// <summary>The checks of a sampling request that every device makes before it allocates.</summary>
internal static class SamplingChecks
{
    /// <summary>A tile's, or a launch's, trajectories are kept until their ends are known: half a GiB at worst.</summary>
    private const int MostDrawnRows = 65_535;

    /// <summary>Checks a canvas, besides <see cref="Require"/>.</summary>
    /// <exception cref="InputException">An axis, a centre or the program does not fit.</exception>
    public static void RequireCanvas(
        NetworkArchitecture architecture, StepProgram program, SampleRequest request, TrajectoryCanvas canvas)
    {
        int dimension = architecture.Dimension;
        int axis = Math.Max(canvas.View.AxisX, canvas.View.AxisY);
        if (axis >= dimension)
        {
            throw InputException.For("axis", axis, $"below the network's dimension, {dimension}");
        }

        if (canvas.Colouring is EndColouring end && end.Dimension != dimension)
        {
            throw InputException.For("the dimension of centres", end.Dimension, $"the network's, {dimension}");
        }

        if (program.Rows.Count > MostDrawnRows)
        {
            throw InputException.For("rows", program.Rows.Count, $"at most {MostDrawnRows} to draw");
        }

        if (request.RecordEvery != 0)
        {
            throw InputException.For("every", request.RecordEvery, "0: drawn trajectories are not kept");
        }
    }

    /// <summary>Checks a program and a request against a network.</summary>
    /// <exception cref="InputException">A count, a length or a level does not fit.</exception>
    public static void Require(NetworkArchitecture architecture, StepProgram program, SampleRequest request)
    {
        if (request.Count < 1)
        {
            throw InputException.For("count", request.Count, "at least 1");
        }

        if (request.RecordEvery < 0)
        {
            throw InputException.For("every", request.RecordEvery, "at least 0");
        }

        long values = (long)request.Count * architecture.Dimension;
        RequireFits("count", request.Count, values);
        RequireFits(
            "trajectories",
            request.Count,
            values * SampleResult.FramesFor(program.Rows.Count, request.RecordEvery));
        if (request.Start is { } start)
        {
            BatchChecks.RequireLength("start", start.Length, values);
        }

        if (request.Noise is { } noise)
        {
            BatchChecks.RequireLength("noise", noise.Length, values * program.Rows.Count);
        }

        foreach (var row in program.Rows)
        {
            BatchChecks.RequireCondition(architecture.Conditioning, (float)row.Condition);
        }
    }

    /// <summary>Checks a program and the points to follow against a network.</summary>
    /// <exception cref="InputException">A count, a length or a level does not fit.</exception>
    public static void RequireTrace(
        NetworkArchitecture architecture, LikelihoodProgram program, TraceRequest request)
    {
        request.Estimator.Require();
        int count = BatchChecks.CountPoints("points", request.Points.Length, architecture.Dimension);
        Require(architecture, program.Steps, new SampleRequest { Count = count, Start = request.Points });
        RequireFits("probes", count, (long)count * request.Estimator.Values);
    }

    private static void RequireFits(string name, int count, long values)
    {
        if (values > Array.MaxLength)
        {
            throw InputException.For(name, $"{count} trajectories, {values} values", $"at most {Array.MaxLength} values");
        }
    }
}
