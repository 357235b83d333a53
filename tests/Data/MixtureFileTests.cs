using System.Text;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Tests.Data;

public sealed class MixtureFileTests
{
    [Fact]
    public void Weights_means_and_deviations_are_read()
    {
        GaussianMixture mixture = Parse(
            """{"weights": [3, 1], "means": [[5, 5], [-5, -4]], "standard_deviations": [1.5, [0.5, 2]]}""");

        Assert.Equal([0.75, 0.25], mixture.Weights);
        Assert.Equal([-5.0, -4.0], mixture.Mean(1).ToArray());
        Assert.Equal([2.25, 0.0, 0.0, 2.25], mixture.Covariance(0).ToArray());
        Assert.Equal([0.25, 0.0, 0.0, 4.0], mixture.Covariance(1).ToArray());
    }

    [Fact]
    public void Covariances_are_read_and_weights_may_be_left_out()
    {
        GaussianMixture mixture = Parse(
            """{"covariances": [[[2, 0.5], [0.5, 1]], [[1, 0], [0, 1]]], "means": [[0, 1], [2, 3]]}""");

        Assert.Equal([0.5, 0.5], mixture.Weights);
        Assert.Equal([2.0, 0.5, 0.5, 1.0], mixture.Covariance(0).ToArray());
        Assert.Equal(1, Parse("""{"means": [[1]], "standard_deviations": [2]}""").Dimension);
    }

    [Theory]
    [InlineData("", "is not JSON", "")]
    [InlineData("{", "is not JSON", "")]
    [InlineData("[1]", "the file is [1]", "an object")]
    [InlineData("""{"means": [[0]]}""", "standard_deviations and covariances are neither given", "one of the two")]
    [InlineData("""{"means": [[0]], "standard_deviations": [1], "covariances": [[[1]]]}""", "both given", "one of the two")]
    [InlineData("""{"standard_deviations": [1]}""", "means is nothing", "a list of lists")]
    [InlineData("""{"means": [], "standard_deviations": []}""", "means is '[]'", "at least one")]
    [InlineData("""{"means": 3, "standard_deviations": [1]}""", "means is 3", "a list")]
    [InlineData("""{"means": [3], "standard_deviations": [1]}""", "means[0] is 3", "a list of numbers")]
    [InlineData("""{"means": [["a"]], "standard_deviations": [1]}""", "means[0][0] is \"a\"", "a finite number")]
    [InlineData("""{"means": [[1e999]], "standard_deviations": [1]}""", "means[0][0] is 1e999", "a finite number")]
    [InlineData("""{"means": [[]], "standard_deviations": [1]}""", "the length of means[0] is 0", "at least 1")]
    [InlineData("""{"means": [[0], [1, 2]], "standard_deviations": [1, 1]}""", "the length of means[1] is 2", "as in means[0]")]
    [InlineData("""{"means": [[0]], "standard_deviations": [0]}""", "standard_deviations[0] is 0", "above 0")]
    [InlineData("""{"means": [[0, 0]], "standard_deviations": [[1, -2]]}""", "standard_deviations[0][1] is -2", "above 0")]
    [InlineData("""{"means": [[0, 0]], "standard_deviations": [[1]]}""", "the length of standard_deviations[0] is 1", "2, one an axis")]
    [InlineData("""{"means": [[0]], "standard_deviations": [1, 2]}""", "the length of standard_deviations is 2", "1, one a mean")]
    [InlineData("""{"means": [[0]], "standard_deviations": 1}""", "standard_deviations is 1", "a list")]
    [InlineData("""{"means": [[0]], "weights": [1, 2], "standard_deviations": [1]}""", "the number of means is 1", "one a weight")]
    [InlineData("""{"means": [[0]], "weights": [-1], "standard_deviations": [1]}""", "weights[0] is -1", "above 0")]
    [InlineData("""{"means": [[0]], "weights": "all", "standard_deviations": [1]}""", "weights is \"all\"", "a list of numbers")]
    [InlineData("""{"means": [[0, 0]], "covariances": [[[1, 0]]]}""", "the length of covariances[0] is 1", "2, as means[0]'s")]
    [InlineData("""{"means": [[0, 0]], "covariances": [[[1, 0], [0]]]}""", "the length of covariances[0][1] is 1", "2")]
    [InlineData("""{"means": [[0, 0]], "covariances": [[[1, 0.5], [0.4, 1]]]}""", "covariances[0][0,1] is 0.5", "mirror image")]
    [InlineData("""{"means": [[0, 0]], "covariances": [[[1, 2], [2, 1]]]}""", "covariances[0] is 'not positive definite'", "")]
    [InlineData("""{"mean": [[0]], "standard_deviations": [1]}""", "a field is 'mean'", "one of means")]
    [InlineData("""{"means": [[0]], "means": [[1]], "standard_deviations": [1]}""", "is not JSON", "means")]
    public void Errors_name_the_field_its_value_and_what_was_expected(string text, string named, string expected)
    {
        string message = Assert.Throws<InputException>(() => Parse(text)).Message;

        Assert.StartsWith("'mixture.json'", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        const string text = """{"weights": [3, 1], "means": [[5, 5], [-5, -4]], "standard_deviations": [1.5, [0.5, 2]]}""";
        for (int length = 0; length < text.Length; length++)
        {
            Assert.Throws<InputException>(() => Parse(text[..length]));
        }
    }

    private static GaussianMixture Parse(string text) => MixtureFile.Parse(Encoding.UTF8.GetBytes(text), "mixture.json");
}
