using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Tests.Engine;

public sealed class TrainingDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("four-gaussians", 4)]
    [InlineData("two-gaussians", 2)]
    [InlineData("ring8", 8)]
    public void Names_give_mixtures(string name, int components)
    {
        MixtureData data = Assert.IsType<MixtureData>(TrainingData.Parse(name));

        Assert.Equal(2, data.Dimension);
        Assert.Equal(components, data.Mixture.ComponentCount);
    }

    [Fact]
    public void Files_give_point_sets()
    {
        string path = _folder.PathOf("points.npy");
        PointsFile.Write(path, new PointSet([1f, 2f, 3f, 4f, 5f, 6f], 2, 3));
        PointSetData data = Assert.IsType<PointSetData>(TrainingData.Parse(path));

        Assert.Equal(3, data.Dimension);
        Assert.Equal([4f, 5f, 6f], data.Points[1].ToArray());
    }

    [Theory]
    [InlineData("ring", "ring8")]
    [InlineData("Four-Gaussian", "four-gaussians")]
    [InlineData("2-gaussians", "two-gaussians")]
    public void Unknown_names_come_with_suggestions(string given, string suggestion)
    {
        string message = Assert.Throws<InputException>(() => TrainingData.Parse(given)).Message;

        Assert.Contains($"'{given}'", message, StringComparison.Ordinal);
        Assert.Contains($"nearest: {suggestion}", message, StringComparison.Ordinal);
        Assert.Contains(".csv or .npy", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_missing_files() =>
        Assert.Contains(
            "does not exist",
            Assert.Throws<InputException>(() => TrainingData.Parse(_folder.PathOf("a.csv"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("DDIM", "ddim", 0)]
    public void Distance_counts_edits(string first, string second, int expected)
    {
        Assert.Equal(expected, NearestNames.Distance(first, second));
        Assert.Equal(expected, NearestNames.Distance(second, first));
    }

    [Fact]
    public void Nearest_names_come_nearest_first()
    {
        Assert.Equal(["heun", "euler"], NearestNames.Find("huen", ["rk4-long", "euler", "heun"], 2));
        Assert.Contains(
            "'huen' is not a known sampler; nearest: heun",
            NearestNames.Unknown("sampler", "huen", ["euler", "heun"]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Point_sets_check_their_size()
    {
        Assert.Throws<ArgumentException>(() => new PointSet([1f], 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointSet([], 0, 0));
    }
}
