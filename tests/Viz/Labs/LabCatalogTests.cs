using ScoreGpu.Engine;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Tests.Viz.Labs;

public sealed class LabCatalogTests
{
    [Fact]
    public void Labs_are_found_by_name()
    {
        Assert.Contains("score-functions", LabCatalog.Names);
        Assert.All(LabCatalog.Names, name => Assert.Equal(name, LabCatalog.Find(name).Name));
    }

    [Fact]
    public void An_unknown_name_brings_the_nearest()
    {
        InputException exception = Assert.Throws<InputException>(() => LabCatalog.Find("score-function"));

        Assert.Contains("score-functions", exception.Message, StringComparison.Ordinal);
    }
}
