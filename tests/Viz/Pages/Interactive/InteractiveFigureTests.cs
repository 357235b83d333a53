using System.Buffers.Binary;
using System.Text.Json;
using System.Xml;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pages;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Tests.Viz.Pages.Interactive;

/// <summary>What a page embeds of an interactive figure, read back.</summary>
public sealed class InteractiveFigureTests
{
    private static readonly PlaneView Plane = new(-2.0, 6.0, -1.0, 3.0);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    public void Positions_come_back_to_half_a_step(int particles)
    {
        const int Frames = 3;
        Random random = new(particles);
        float[] positions = new float[Frames * particles * 2];
        for (int i = 0; i < positions.Length; i += 2)
        {
            positions[i] = (float)(Plane.XMin - 4.0 + (16.0 * random.NextDouble()));
            positions[i + 1] = (float)(Plane.YMin - 2.0 + (8.0 * random.NextDouble()));
        }

        byte[] groups = new byte[particles];
        random.NextBytes(groups);
        groups = Array.ConvertAll(groups, group => (byte)(group % Theme.PaletteSize));
        ParticleSeries cloud = new("cloud", positions) { Groups = groups };
        JsonElement panel = Panel(new ParticleFrames("alt", Plane, ["a", "b", "c"], cloud).ToJson().ToJsonString());

        Assert.Equal(particles, panel.GetProperty("count").GetInt32());
        Assert.Equal(groups, panel.GetProperty("groups").GetBytesFromBase64());
        double[] read = Decode12(panel.GetProperty("positions").GetBytesFromBase64());
        Assert.Equal(positions.Length, read.Length);
        for (int i = 0; i < read.Length; i += 2)
        {
            Assert.Equal(positions[i], read[i], 0.5001 * 16.0 / 4095.0);
            Assert.Equal(positions[i + 1], read[i + 1], 0.5001 * 8.0 / 4095.0);
        }
    }

    [Fact]
    public void A_particle_far_out_is_held_out_of_sight()
    {
        float[] positions = [1e30f, -50f, -1e30f, 50f];
        JsonElement panel = Panel(
            new ParticleFrames("alt", Plane, ["a", "b"], new ParticleSeries("", positions)).ToJson().ToJsonString());

        Assert.Equal([10.0, -3.0, -6.0, 5.0], Decode12(panel.GetProperty("positions").GetBytesFromBase64()));
        Assert.False(panel.TryGetProperty("groups", out _));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Vectors_come_back_to_half_a_unit_of_their_frame(int side)
    {
        const int Frames = 3;
        Random random = new(side);
        double[][] vectors = new double[Frames][];
        for (int frame = 0; frame < Frames; frame++)
        {
            double size = frame == 1 ? 0.0 : Math.Pow(1000.0, frame);
            vectors[frame] = [.. Enumerable.Range(0, 2 * side * side).Select(_ => size * (random.NextDouble() - 0.5))];
        }

        FieldSeries field = new("field", Array.ConvertAll(vectors, frame => (Points)frame));
        JsonElement panel = Panel(
            new FieldFrames("alt", Plane, side, ["a", "b", "c"], field).ToJson().ToJsonString());
        double[] scales = Numbers(panel.GetProperty("scales"));
        byte[] bytes = panel.GetProperty("vectors").GetBytesFromBase64();

        Assert.Equal(Frames * side * side * 4, bytes.Length);
        Assert.Equal(0.0, scales[1]);
        for (int i = 0; i < bytes.Length / 2; i++)
        {
            (int frame, int at) = (i / (2 * side * side), i % (2 * side * side));
            double unit = scales[frame] / short.MaxValue;
            double value = unit * BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i));
            Assert.Equal(vectors[frame][at], value, (0.5001 * unit) + double.Epsilon);
        }

        Assert.False(panel.TryGetProperty("density", out _));
        Assert.False(panel.TryGetProperty("points", out _));
    }

    [Fact]
    public void A_density_comes_back_up_to_its_peak_and_its_points_with_it()
    {
        ScalarGrid first = new(new double[] { -2, 0, 2 }, new double[] { 0, 1 }, new double[] { 0, 1, 2, 3, 4, -5 });
        ScalarGrid second = new(first.X, first.Y, new double[6]);
        Points vectors = new double[8];
        Points points = Points.Of((6.0, -1.0), (-2.0, 3.0), (2.0, 1.0));
        FieldSeries field = new("", [vectors, vectors]) { Densities = [first, second], Points = [points, points] };
        JsonElement panel = Panel(new FieldFrames("alt", Plane, 2, ["a", "b"], field).ToJson().ToJsonString());
        JsonElement density = panel.GetProperty("density");

        Assert.Equal(3, density.GetProperty("columns").GetInt32());
        Assert.Equal(2, density.GetProperty("rows").GetInt32());
        Assert.Equal([-2.0, 2.0, 0.0, 1.0], Numbers(density.GetProperty("nodes")));
        Assert.Equal(
            [0, 64, 128, 191, 255, 0, 0, 0, 0, 0, 0, 0], density.GetProperty("cells").GetBytesFromBase64());
        double[] read = Decode12(panel.GetProperty("points")[1].GetBytesFromBase64());
        double[] expected = [6, -1, -2, 3, 2, 1];
        Assert.All(read.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 0.0021));
    }

    [Fact]
    public void Arrows_stand_at_the_centres_of_their_cells()
    {
        double[] nodes = Plane.Nodes(2);

        Assert.Equal([0.0, 0.0, 4.0, 0.0, 0.0, 2.0, 4.0, 2.0], nodes);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        Points four = new double[8];
        FieldSeries good = new("", [four, four]);
        Refused("labels", () => new FieldFrames("alt", Plane, 2, ["a"], good));
        Refused("panels", () => new FieldFrames("alt", Plane, 2, ["a", "b"]));
        Refused("panels", () => new FieldFrames("alt", Plane, 2, ["a", "b"], good, good, good, good, good));
        Refused("side", () => new FieldFrames("alt", Plane, 1, ["a", "b"], good));
        Refused("Vectors has 2", () => new FieldFrames("alt", Plane, 2, ["a", "b", "c"], good));
        Refused("Vectors[0] has 4", () => new FieldFrames("alt", Plane, 3, ["a", "b"], good));
        Refused("Points", () => new FieldFrames("alt", Plane, 2, ["a", "b"], good with { Points = [four] }));
        ScalarGrid even = new(new double[] { 0, 1, 2 }, new double[] { 0, 1 }, new double[6]);
        ScalarGrid uneven = new(new double[] { 0, 1, 3 }, new double[] { 0, 1 }, new double[6]);
        Refused("Densities has 1", () => new FieldFrames("alt", Plane, 2, ["a", "b"], good with { Densities = [even] }));
        Refused("uneven at 1", () => new FieldFrames(
            "alt", Plane, 2, ["a", "b"], good with { Densities = [uneven, uneven] }));
        Refused("other nodes", () => new FieldFrames(
            "alt", Plane, 2, ["a", "b"], good with { Densities = [even, uneven] }));
        Refused("Start", () => new FieldFrames("alt", Plane, 2, ["a", "b"], good) { Start = 2 }.ToJson());

        ParticleSeries cloud = new("", new float[8]);
        Refused("labels", () => new ParticleFrames("alt", Plane, ["a"], cloud));
        Refused("panels", () => new ParticleFrames("alt", Plane, ["a", "b"]));
        Refused("multiple of 2·frames = 6", () => new ParticleFrames("alt", Plane, ["a", "b", "c"], cloud));
        Refused("multiple", () => new ParticleFrames("alt", Plane, ["a", "b"], new ParticleSeries("", [])));
        Refused("NaN", () => new ParticleFrames("alt", Plane, ["a", "b"], new ParticleSeries("", [0, 0, 0, float.NaN])));
        Refused("Groups has 3", () => new ParticleFrames("alt", Plane, ["a", "b"], cloud with { Groups = new byte[3] }));
        Refused("Groups[1] is 8", () => new ParticleFrames("alt", Plane, ["a", "b"], cloud with { Groups = [0, 8] }));
        Refused("Seconds", () => new ParticleFrames("alt", Plane, ["a", "b"], cloud) { Seconds = 0.0 }.ToJson());
        Refused("yMax", () => new PlaneView(0, 1, 2, 2));
    }

    [Fact]
    public void A_page_with_interactive_figures_is_well_formed_and_numbers_them()
    {
        Page page = InteractiveSamples.Page();
        page.Section("last", "Last", "A still one")
            .Figure(new PageFigure("still", "alt", "<svg/>", "<svg/>"), Html.Text("Still."), "scoregpu a --b");
        XmlDocument document = Parse(page.ToHtml());

        Assert.Equal(
            ["figure-1", "figure-2", "figure-3"],
            document.GetElementsByTagName("figure").Cast<XmlElement>().Select(figure => figure.GetAttribute("id")));
        Assert.Equal(4, document.GetElementsByTagName("canvas").Count);
        Assert.Equal(
            ["scoregpu field --model model.safetensors --time 30", "scoregpu a --b"],
            document.SelectNodes("//figcaption//code")!.Cast<XmlElement>().Select(code => code.InnerText));
        XmlElement data = (XmlElement)document.SelectNodes("//script[@class='data']")![0]!;
        Assert.Equal("field", JsonDocument.Parse(data.InnerText).RootElement.GetProperty("kind").GetString());
        Assert.Equal(
            1, page.ToHtml().Split("ResizeObserver").Length - 1);
    }

    [Fact]
    public void A_page_without_them_does_not_carry_the_script()
    {
        Page page = new("Still", Html.Text("lead"));
        page.Section("one", "One", "One").Paragraph($"Text.");

        Assert.DoesNotContain("ResizeObserver", page.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain(".stage", page.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("application/json", page.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_panels_of_two_thousand_particles_and_sixty_frames_stay_under_a_megabyte()
    {
        ParticleSeries cloud = new("", new float[60 * 2000 * 2]) { Groups = new byte[2000] };
        string[] labels = [.. Enumerable.Range(0, 60).Select(frame => $"t = {frame}")];

        Assert.InRange(new ParticleFrames("alt", Plane, labels, cloud, cloud).ToJson().ToJsonString().Length, 1, 1_000_000);
    }

    private static void Refused(string words, Func<object> build) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(build).Message, StringComparison.Ordinal);

    private static JsonElement Panel(string json) => JsonDocument.Parse(json).RootElement.GetProperty("panels")[0];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static XmlDocument Parse(string html)
    {
        XmlDocument document = new() { XmlResolver = null, PreserveWhitespace = true };
        using XmlReader reader = XmlReader.Create(
            new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        document.Load(reader);
        return document;
    }

    // As the script reads them.
    private static double[] Decode12(byte[] bytes)
    {
        double[] positions = new double[bytes.Length / 3 * 2];
        for (int i = 0; i < bytes.Length / 3; i++)
        {
            int x = bytes[3 * i] | ((bytes[(3 * i) + 1] & 15) << 8);
            int y = (bytes[(3 * i) + 1] >> 4) | (bytes[(3 * i) + 2] << 4);
            positions[2 * i] = Plane.XMin + (((2.0 * x / 4095.0) - 0.5) * (Plane.XMax - Plane.XMin));
            positions[(2 * i) + 1] = Plane.YMin + (((2.0 * y / 4095.0) - 0.5) * (Plane.YMax - Plane.YMin));
        }

        return positions;
    }
}
