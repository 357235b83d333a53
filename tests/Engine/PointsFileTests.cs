using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Engine;

public sealed class PointsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("points.npy")]
    [InlineData("points.csv")]
    [InlineData("POINTS.CSV")]
    public void What_is_written_is_read_back(string name)
    {
        float[] values = [0.1f, -2.5f, 1e-30f, 3.4e38f, 16777217f, -0f];
        string path = _folder.PathOf(name);
        PointsFile.Write(path, new PointSet(values, 3, 2));
        PointSet points = PointsFile.Read(path);

        Assert.Equal((3, 2), (points.Count, points.Dimension));
        Assert.Equal(values, points.Values);
        Assert.Equal([name], _folder.Files());
    }

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\n3,4")]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("\"x\",\"y\"\r\n\"1\",\"2\"\r\n3,4\r\n")]
    [InlineData("\n1, 2\n\n 3 ,4e0\n\n")]
    [InlineData("\ufeffx,y\n1,2\n3,4\n")]
    public void Usual_csv_is_understood(string text)
    {
        PointSet points = PointsFile.Read(_folder.Put("a.csv", text));

        Assert.Equal((2, 2), (points.Count, points.Dimension));
        Assert.Equal([1f, 2f, 3f, 4f], points.Values);
    }

    [Theory]
    [InlineData("", "no points")]
    [InlineData("x,y\n", "no points")]
    [InlineData("x,y\n1,2\n3\n", "line 3")]
    [InlineData("1,2\n3,4,5\n", "3 columns in line 2")]
    [InlineData("1,2\n3,abc\n", "'abc' in line 2, column 2")]
    [InlineData("1,y\n3,4\n", "'y' in line 1, column 2")]
    [InlineData("x,y\n\n1,\n", "'' in line 3, column 2")]
    [InlineData("x,y\nNaN,1\n", "'NaN' in line 2, column 1")]
    [InlineData("1,2\n1,Infinity\n", "line 2, column 2")]
    [InlineData("1,2\n1,1e39\n", "'1e39' in line 2, column 2")]
    [InlineData("1;2\n3;4\n", "no points|'3;4'")]
    [InlineData("1,2\n\"3,4\n", "line 2")]
    [InlineData("1,2\n1,2,000\n", "3 columns")]
    public void Broken_csv_names_line_and_column(string text, string named)
    {
        string path = _folder.Put("a.csv", text);

        string message = Assert.Throws<InputException>(() => PointsFile.Read(path)).Message;
        Assert.Contains(named.Split('|'), part => message.Contains(part, StringComparison.Ordinal));
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_dimension_is_a_column()
    {
        string path = _folder.PathOf("a.npy");
        NpyFile.Write(path, [1.5, 2.5, 3.5], 3);
        PointSet points = PointsFile.Read(path);

        Assert.Equal((3, 1), (points.Count, points.Dimension));
        Assert.Equal([1.5f, 2.5f, 3.5f], points.Values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_not_finite_are_located(float bad)
    {
        string path = _folder.PathOf("a.npy");
        NpyFile.Write(path, [1f, 2f, 3f, 4f, 5f, bad], 3, 2);

        Assert.Contains(
            "row 3, column 2",
            Assert.Throws<InputException>(() => PointsFile.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_shapes_and_extensions_are_refused()
    {
        string path = _folder.PathOf("a.npy");
        NpyFile.Write(path, [1f], 1, 1, 1);
        AssertRefused("(1, 1, 1)", () => PointsFile.Read(path));
        NpyFile.Write(path, Array.Empty<float>(), 0, 2);
        AssertRefused("no points", () => PointsFile.Read(path));
        NpyFile.Write(path, Array.Empty<float>(), 4, 0);
        AssertRefused("no points", () => PointsFile.Read(path));
        AssertRefused(".txt", () => PointsFile.Read(_folder.PathOf("a.txt")));
        AssertRefused("does not exist", () => PointsFile.Read(_folder.PathOf("b.npy")));
        AssertRefused("does not exist", () => PointsFile.Read(_folder.PathOf("no/b.csv")));
        Directory.CreateDirectory(_folder.PathOf("d.csv"));
        AssertRefused("is a folder", () => PointsFile.Read(_folder.PathOf("d.csv")));
        AssertRefused("not a file name", () => PointsFile.Read("a\0.csv"));
        AssertRefused(
            ".txt", () => PointsFile.Write(_folder.PathOf("a.txt"), new PointSet([1f], 1, 1)));
    }

    [Fact]
    public void Damaged_csv_is_refused_or_read_but_never_crashes()
    {
        byte[] valid = "x0,x1\n0.5,-1.25e3\n\"2\",3\n4,5\n"u8.ToArray();
        Random random = new(9);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            string path = _folder.Put("a.csv", Mutations.Mutate(valid, random));
            try
            {
                PointSet points = PointsFile.Read(path);
                Assert.Equal(points.Count * points.Dimension, points.Values.Length);
                Assert.All(points.Values, value => Assert.True(float.IsFinite(value)));
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1990);
    }

    private static void AssertRefused(string named, Action action) =>
        Assert.Contains(named, Assert.Throws<InputException>(action).Message, StringComparison.Ordinal);
}
