using ScoreGpu.Viz;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Tests.Viz.Pictures;

public sealed class ToneCurveTests
{
    [Fact]
    public void Quantiles_are_those_of_the_sorted_weights()
    {
        Random random = new(3);
        ulong[] weights = [.. Enumerable.Range(0, 5001).Select(_ => (ulong)Math.Exp(43 * random.NextDouble()))];
        WeightCounts counts = Count(weights);
        ulong[] sorted = [.. weights.Order()];
        Assert.Equal(5001, counts.Total);
        foreach (double share in new[] { 0.0, 0.05, 0.3, 0.5, 0.995, 1.0 })
        {
            double expected = sorted[(int)Math.Round(share * 5000)];

            // A bin of 1/256 of an octave, or a whole weight.
            Assert.InRange(counts.Quantile(share), (expected * 0.99) - 1, (expected * 1.01) + 1);
        }
    }

    [Fact]
    public void Empty_pixels_do_not_count_and_sums_beside_the_weight_neither()
    {
        WeightCounts counts = new();
        counts.Add([0, 9, 9, 9, 5, 7, 7, 7, ulong.MaxValue, 1, 1, 1], 4);
        WeightCounts more = new();
        more.Add([0, 1, 5, 1], 2);
        counts.Add(more);
        Assert.Equal(3, counts.Total);
        Assert.Equal(0, new WeightCounts().Total);
        Assert.Equal(1.0, new WeightCounts().Quantile(0.5));
    }

    [Theory]
    [InlineData(ToneMapping.Linear)]
    [InlineData(ToneMapping.SquareRoot)]
    [InlineData(ToneMapping.Logarithmic)]
    [InlineData(ToneMapping.Equalised)]
    public void Tones_are_the_formulas(ToneMapping mapping)
    {
        Random random = new(4);
        ulong[] weights = [.. Enumerable.Range(0, 4000).Select(_ => 1 + (ulong)Math.Exp(20 * random.NextDouble()))];
        WeightCounts counts = Count(weights);
        ToneCurve curve = ToneCurve.Of(mapping, counts, 0.1, 0.99);
        (double faint, double bright) = (counts.Quantile(0.1), counts.Quantile(0.99));
        double last = 0;
        Assert.Equal(0.0, curve.At(0));
        foreach (ulong weight in weights.Order())
        {
            double relative = Math.Min(1, weight / bright);
            double expected = mapping switch
            {
                ToneMapping.Linear => relative,
                ToneMapping.SquareRoot => Math.Sqrt(relative),
                ToneMapping.Logarithmic => Math.Log(1 + (Math.Min(weight, bright) / faint)) / Math.Log(1 + (bright / faint)),
                _ => weights.Count(other => other < weight) / 4000.0,
            };
            double tone = curve.At(weight);

            // Ranks within a bin are interpolated, and a small bin may hold several weights.
            Assert.InRange(tone, expected - 4e-3, expected + 4e-3);
            Assert.InRange(tone, last, 1.0);
            last = tone;
        }
    }

    [Fact]
    public void Ten_times_the_weights_have_the_same_tones()
    {
        Random random = new(5);
        ulong[] weights = [.. Enumerable.Range(0, 1000).Select(_ => 1000 + (ulong)random.NextInt64(1_000_000))];
        ToneCurve one = ToneCurve.Of(ToneMapping.Logarithmic, Count(weights), 0.05, 0.995);
        ToneCurve ten = ToneCurve.Of(
            ToneMapping.Logarithmic, Count([.. weights.Select(weight => 10 * weight)]), 0.05, 0.995);
        Assert.All(weights, weight => Assert.Equal(one.At(weight), ten.At(10 * weight), 2e-3));
    }

    [Fact]
    public void Equal_weights_and_none_make_no_difference()
    {
        foreach (ToneMapping mapping in Enum.GetValues<ToneMapping>())
        {
            Assert.InRange(ToneCurve.Of(mapping, Count([7, 7, 7]), 0.05, 0.995).At(7), 0.0, 1.0);
            Assert.InRange(ToneCurve.Of(mapping, Count([]), 0.05, 0.995).At(7), 0.0, 1.0);
        }
    }

    private static WeightCounts Count(ulong[] weights)
    {
        WeightCounts counts = new();
        counts.Add(weights, 1);
        return counts;
    }
}
