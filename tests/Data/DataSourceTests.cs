using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Files;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Data;

public sealed class DataSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_name_is_a_distribution_with_a_description()
    {
        foreach (string name in NamedDistributions.Names)
        {
            DataSource source = DataSource.Parse(name);
            Assert.NotNull(source.Distribution);
            Assert.NotEmpty(NamedDistributions.Describe(name));
            Assert.Equal(7 * source.Dimension, source.Draw(7, 1).Values.Length);
        }

        Assert.Throws<InputException>(() => NamedDistributions.Describe("moons"));
    }

    [Fact]
    public void Mixtures_are_drawn_afresh_unless_a_table_is_asked_for()
    {
        DataSource source = DataSource.Parse("eight-gaussians");

        Assert.IsType<MixtureData>(source.ForTraining());
        var table = Assert.IsType<PointSetData>(source.ForTraining(100, seed: 3));
        Assert.Equal(NamedMixtures.Ring8.Sample(100, 3), table.Points.Values);
        Assert.Equal(
            (DataSource.UsualCount, DrawOrder.Shuffled),
            source.ForTraining(order: DrawOrder.Shuffled) is PointSetData shuffled
                ? (shuffled.Points.Count, shuffled.Order)
                : default);
    }

    [Fact]
    public void Other_distributions_are_a_table()
    {
        var table = Assert.IsType<PointSetData>(DataSource.Parse("pinwheel").ForTraining(50, seed: 2));

        Assert.Equal(new Pinwheel().Sample(50, 2), table.Points.Values);
        Assert.Equal(DrawOrder.Independent, table.Order);
    }

    [Fact]
    public void Files_of_mixtures_and_points_are_told_apart_by_their_extension()
    {
        File.WriteAllText(_folder.PathOf("m.JSON"), """{"means": [[1, 2, 3]], "standard_deviations": [1]}""");
        PointsFile.Write(_folder.PathOf("p.csv"), new PointSet([1f, 2f, 3f, 4f], 2, 2));
        DataSource mixture = DataSource.Parse(_folder.PathOf("m.JSON"));
        DataSource points = DataSource.Parse(_folder.PathOf("p.csv"));

        Assert.Equal(3, mixture.Dimension);
        Assert.IsType<GaussianMixture>(mixture.Distribution);
        Assert.Equal(2, points.Points!.Count);
        Assert.Null(points.Distribution);
        Assert.Equal(DrawOrder.Shuffled, ((PointSetData)points.ForTraining(null, DrawOrder.Shuffled)).Order);
        Assert.Throws<InputException>(() => points.ForTraining(5));
        Assert.Throws<InvalidOperationException>(() => points.Draw(5, 1));
        Assert.Throws<InputException>(() => DataSource.Parse(_folder.PathOf("missing.json")));
    }

    [Fact]
    public void A_scale_gives_mean_zero_and_variance_one_and_leads_back()
    {
        float[] values = NamedMixtures.TwoPeaks.Sample(257, 4);
        for (int i = 0; i < values.Length; i += 2)
        {
            values[i] = (100f * values[i]) - 3000f;
        }

        DataScale scale = DataScale.Of(new PointSet(values, 257, 2));
        float[] scaled = scale.ToModel(values);
        for (int j = 0; j < 2; j++)
        {
            double[] column = [.. Enumerable.Range(0, 257).Select(i => (double)scaled[(2 * i) + j])];
            Assert.Equal(0.0, column.Average(), 1e-5);
            Assert.Equal(1.0, column.Average(u => u * u), 1e-4);
        }

        float[] back = scale.ToData(scaled);
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(values[i], back[i], 1e-3f));
        Assert.Equal(Math.Log(scale.StandardDeviation[0]) + Math.Log(scale.StandardDeviation[1]), scale.LogVolume, 1e-12);
        Assert.Equal([(float)(1.0 / scale.StandardDeviation[0]), 0f], scale.ScoresToData([1f, 0f]));
    }

    [Fact]
    public void Scales_that_are_none_are_refused()
    {
        Assert.Contains(
            "column 2",
            Assert.Throws<InputException>(() => DataScale.Of(new PointSet([1f, 5f, 2f, 5f], 2, 2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new DataScale([0.0], [0.0]));
        Assert.Throws<InputException>(() => new DataScale([double.NaN], [1.0]));
        Assert.Throws<InputException>(() => new DataScale([0.0, 1.0], [1.0]));
        Assert.Throws<InputException>(() => new DataScale([], []));
        Assert.Throws<ArgumentException>(() => new DataScale([0.0, 1.0], [1.0, 1.0]).ToModel([1f]));
    }
}
