using System.Text.Json;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Cli;

public sealed class VerifyCommandTests : IDisposable
{
    private const string Ddpm = "Fixtures/ddpm_epsilon_h32.safetensors";
    private const string Ncsn = "Fixtures/ncsn_h32.safetensors";
    private const string ScoreMatching = "Fixtures/score_matching_h32.safetensors";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Ddpm)]
    [InlineData(Ncsn)]
    [InlineData(ScoreMatching)]
    public void Fixtures_pass(string name)
    {
        string output = _folder.Succeed($"verify {name}");

        Assert.Contains("passed, all", output, StringComparison.Ordinal);
        Assert.Contains("max rel. error", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_every_quantity_of_every_file()
    {
        JsonElement json = _folder.SucceedWithJson($"verify {Ddpm} {Ncsn}");

        Assert.Equal("passed", json.GetProperty("result").GetString());
        JsonElement[] files = [.. json.GetProperty("files").EnumerateArray()];
        Assert.Equal([Ddpm, Ncsn], files.Select(file => file.GetProperty("file").GetString()!));
        foreach (JsonElement row in files.SelectMany(file => file.GetProperty("quantities").EnumerateArray()))
        {
            Assert.True(row.GetProperty("passed").GetBoolean());
            Assert.InRange(
                row.GetProperty("max_relative_error").GetDouble(), 0.0, row.GetProperty("tolerance").GetDouble());
        }
    }

    [Fact]
    public void A_wrong_value_is_code_1_and_is_named()
    {
        string quantity = Spoil(Ncsn, "bad.safetensors");

        CliResult text = _folder.Run($"verify {Ddpm} @bad.safetensors");
        CliResult json = _folder.Run("verify @bad.safetensors --json");

        Assert.Equal(1, text.Code);
        Assert.Equal("", text.Error);
        Assert.Contains(
            text.Output.Split('\n'),
            line => line.Contains(quantity, StringComparison.Ordinal) && line.EndsWith("FAILED", StringComparison.Ordinal));
        Assert.Equal(1, json.Code);
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal("failed", root.GetProperty("result").GetString());
        JsonElement failed = root.GetProperty("files")[0].GetProperty("quantities").EnumerateArray()
            .Single(row => !row.GetProperty("passed").GetBoolean());
        Assert.Equal(quantity, failed.GetProperty("quantity").GetString());
    }

    [Fact]
    public void What_is_no_fixture_is_refused()
    {
        _folder.Train("model.safetensors");
        File.WriteAllBytes(_folder["cut.safetensors"], File.ReadAllBytes(Ncsn)[..5000]);

        _folder.Refuse("verify @missing.safetensors");
        _folder.Refuse("verify @cut.safetensors");
        _folder.Refuse("verify @model.safetensors");
        _folder.Refuse($"verify {Ncsn} @cut.safetensors");
        _folder.Refuse("verify");
        _folder.Refuse($"verify {Ncsn} --device cuda");
    }

    /// <summary>Changes one value of a quantity that <c>verify</c> reports; returns the quantity.</summary>
    private string Spoil(string fixture, string name)
    {
        string quantity = _folder.SucceedWithJson($"verify {fixture}")
            .GetProperty("files")[0].GetProperty("quantities")[0].GetProperty("quantity").GetString()!;
        SafetensorsFile file = SafetensorsFile.Read(fixture);
        List<Tensor> tensors = [];
        foreach (Tensor tensor in file.Tensors.Values)
        {
            if (tensor.Name != quantity)
            {
                tensors.Add(tensor);
                continue;
            }

            double[] values = tensor.ToDoubles();
            values[0] += 1e-3 * values.Max(Math.Abs);
            tensors.Add(Tensor.FromDoubles(quantity, tensor.Shape, values));
        }

        SafetensorsFile.Write(_folder[name], file.Metadata, tensors);
        return quantity;
    }
}
