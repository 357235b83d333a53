using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Engine;

/// <summary>Mean first-passage times against the closed form of a Gaussian, the expansion for far modes, and Langevin steps.</summary>
public sealed class PassageTimeTests
{
    [Theory]
    [InlineData(0.0, 1.0, -1.0, 2.0)]
    [InlineData(3.0, 0.4, 2.9, 3.7)]
    [InlineData(-2.0, 1.7, -9.0, 0.3)]
    public void A_gaussian_takes_the_time_of_its_closed_form(double mean, double std, double from, double to)
    {
        GaussianMixture gaussian = GaussianMixture.Isotropic([[mean]], std);

        // Simpson's rule over Φ/φ, with Φ from the χ² distribution of one degree of freedom.
        const int Intervals = 2000;
        double h = (to - from) / Intervals;
        double sum = 0.0;
        for (int i = 0; i <= Intervals; i++)
        {
            double z = (from + (i * h) - mean) / std;
            double tail = 0.5 * ChiSquare.UpperTail(z * z, 1);
            double ratio = (z < 0 ? tail : 1.0 - tail) * std * Math.Sqrt(2.0 * Math.PI) * Math.Exp(0.5 * z * z);
            sum += ratio * (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2);
        }

        double expected = sum * h / 3.0;
        Assert.Equal(expected, PassageTime.Between(gaussian, from, to), expected * 1e-5);
    }

    [Theory]
    [InlineData(9.0)]
    [InlineData(11.0)]
    public void Far_modes_take_the_time_of_their_expansion(double distance)
    {
        // p is even, so that T = ½∫1/p, and 1/p = √(2π)·exp(d²/8)·exp(y²/2)/cosh(dy/2). Term by term, with the moments of
        // the hyperbolic secant: a series in 1/d².
        GaussianMixture modes = GaussianMixture.Isotropic([[-0.5 * distance], [0.5 * distance]], 1.0);
        double x = Math.PI * Math.PI / (distance * distance);
        double series = 1.0 + (x / 2.0) + (5.0 * x * x / 8.0) + (61.0 * x * x * x / 48.0);
        double expected = 0.5 * Math.Sqrt(2.0 * Math.PI) * Math.Exp(distance * distance / 8.0)
            * (2.0 * Math.PI / distance) * series;
        Assert.Equal(expected, PassageTime.Between(modes, -0.5 * distance, 0.5 * distance), 3e-3 * expected);
    }

    [Fact]
    public void Langevin_steps_take_that_long()
    {
        const double Step = 2e-3;
        const int Chains = 400;
        GaussianMixture modes = GaussianMixture.Isotropic([[-1.25], [1.25]], 1.0);
        ExactNetwork score = new(modes, new SamplerModel(new FixedNoiseProcess(0.0), Prediction.Score));
        double[] arrived = new double[Chains];
        HostProgram.Run(
            LangevinSampler.Create(40_000, Step),
            score,
            new HostRequest { Count = Chains, Seed = 3, Start = [.. Enumerable.Repeat(-1.25, Chains)] },
            (row, states) =>
            {
                for (int i = 0; i < Chains; i++)
                {
                    if (arrived[i] == 0.0 && states.Span[i] >= 1.25)
                    {
                        arrived[i] = (row + 1) * Step;
                    }
                }
            });

        Assert.All(arrived, time => Assert.True(time > 0.0));
        double mean = arrived.Average();
        double error = Math.Sqrt(arrived.Sum(time => (time - mean) * (time - mean)) / Chains / (Chains - 1.0));

        // A step looks only at its end, which puts the goal about 0.58·√(2η) further off.
        double expected = PassageTime.Between(modes, -1.25, 1.25 + (0.5826 * Math.Sqrt(2.0 * Step)));
        Assert.InRange(mean, expected - (3.5 * error), expected + (3.5 * error));
    }

    [Fact]
    public void Times_add_up_along_the_way()
    {
        GaussianMixture modes = NamedMixtures.TwoPeaks1D;
        Assert.Equal(
            PassageTime.Between(modes, -3.0, 3.5),
            PassageTime.Between(modes, -3.0, 0.2) + PassageTime.Between(modes, 0.2, 3.5),
            1e-4);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<InputException>(() => PassageTime.Between(NamedMixtures.Ring8, 0.0, 1.0));
        Assert.Throws<InputException>(() => PassageTime.Between(NamedMixtures.TwoPeaks1D, 1.0, 1.0));
        Assert.Throws<InputException>(() => PassageTime.Between(NamedMixtures.TwoPeaks1D, 1.0, double.NaN));
        Assert.Throws<InputException>(() => PassageTime.Between(NamedMixtures.TwoPeaks1D, 1.0, 100.0));
    }
}
