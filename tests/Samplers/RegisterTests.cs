using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Samplers;

/// <summary>Solvers that need every register, written as rows and run on dx/dt = A·x.</summary>
public sealed class RegisterTests
{
    // A damped rotation: exp(A·t)·(1, 0) = e^(−t/2)·(cos 2t, sin 2t).
    private static readonly double[,] DampedRotation = { { -0.5, -2.0 }, { 2.0, -0.5 } };

    [Fact]
    public void Heun_converges_with_order_two()
    {
        double coarse = Error(Heun(8));
        double fine = Error(Heun(16));
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.3);
        Assert.InRange(fine, 1e-4, 1e-2);
    }

    [Fact]
    public void Runge_Kutta_converges_with_order_four()
    {
        double coarse = Error(RungeKutta(4));
        double fine = Error(RungeKutta(8));
        Assert.InRange(Math.Log2(coarse / fine), 3.7, 4.4);
        Assert.InRange(fine, 1e-6, 1e-3);
    }

    [Fact]
    public void Adams_Bashforth_uses_the_output_before()
    {
        double coarse = Error(AdamsBashforth(32));
        double fine = Error(AdamsBashforth(64));
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.3);
    }

    [Fact]
    public void Clipping_bounds_the_denoised_estimate_alone()
    {
        // x̂₀ = 2x − output = 2x − A·x with A = −I, so 3x, clipped at ±4; the next x is x̂₀ and the anchor takes x.
        var program = new StepProgram(
            "clip",
            [
                new StepRow(0, new StepCoefficients(2, -1, 4, new(0, 0, 0, 0, 0, 1, 0), new(1, 0, 0, 0, 0, 0, 0), default, default)),
            ]);
        using var device = new CpuDevice(1);
        using var network = device.Load(LinearNetworks.Create(new[,] { { -1.0 } }));
        var result = network.Sample(program, new SampleRequest { Count = 4, Start = [-2f, -1f, 0.5f, 7f] });
        Assert.Equal([-4f, -3f, 1.5f, 4f], result.Points);
    }

    private static StepProgram Heun(int steps)
    {
        float h = 1f / steps;
        var rows = new List<StepRow>();
        for (int i = 0; i < steps; i++)
        {
            rows.Add(Row(new(1, 0, 0, 0, h, 0, 0), new(1, 0, 0, 0, h / 2, 0, 0), default, default));
            rows.Add(Row(new(0, 1, 0, 0, h / 2, 0, 0), default, default, default));
        }

        return new StepProgram("heun", rows);
    }

    private static StepProgram RungeKutta(int steps)
    {
        float h = 1f / steps;
        var keep = StepProgram.KeepAnchor;
        var rows = new List<StepRow>();
        for (int i = 0; i < steps; i++)
        {
            rows.Add(Row(new(1, 0, 0, 0, h / 2, 0, 0), new(1, 0, 0, 0, 0, 0, 0), new(0, 0, 0, 0, 1, 0, 0), default));
            rows.Add(Row(new(0, 1, 0, 0, h / 2, 0, 0), keep, new(0, 0, 1, 0, 2, 0, 0), default));
            rows.Add(Row(new(0, 1, 0, 0, h, 0, 0), keep, new(0, 0, 1, 0, 2, 0, 0), default));
            rows.Add(Row(new(0, 1, h / 6, 0, h / 6, 0, 0), keep, default, default));
        }

        return new StepProgram("rk4", rows);
    }

    private static StepProgram AdamsBashforth(int steps)
    {
        float h = 1f / steps;
        var keepOutput = new RegisterUpdate(0, 0, 0, 0, 1, 0, 0);
        var rows = new List<StepRow> { Row(new(1, 0, 0, 0, h, 0, 0), default, default, keepOutput) };
        for (int i = 1; i < steps; i++)
        {
            rows.Add(Row(new(1, 0, 0, -h / 2, 1.5f * h, 0, 0), default, default, keepOutput));
        }

        return new StepProgram("ab2", rows);
    }

    private static StepRow Row(
        RegisterUpdate x, RegisterUpdate anchor, RegisterUpdate accumulator, RegisterUpdate previous) =>
        new(0, new StepCoefficients(0, 0, float.PositiveInfinity, x, anchor, accumulator, previous));

    private static double Error(StepProgram program)
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(LinearNetworks.Create(DampedRotation));
        var result = network.Sample(program, new SampleRequest { Count = 1, Start = [1f, 0f] });
        double decay = Math.Exp(-0.5);
        return Math.Max(
            Math.Abs(result.Points[0] - (decay * Math.Cos(2))), Math.Abs(result.Points[1] - (decay * Math.Sin(2))));
    }
}
