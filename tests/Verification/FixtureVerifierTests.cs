using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Verification;

/// <summary>Reference results of PyTorch in float64, on every width of vectors that this processor has.</summary>
public sealed class FixtureVerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoregpu-verify-").FullName;

    public static TheoryData<string> Names => ["ddpm_epsilon_h32", "ncsn_h32", "score_matching_h32"];

    public static TheoryData<string, int> NamesAndWidths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in new[] { "ddpm_epsilon_h32", "ncsn_h32", "score_matching_h32" })
            {
                foreach (var kernels in TileKernels.Supported)
                {
                    data.Add(name, kernels.VectorBits);
                }
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(NamesAndWidths))]
    public void Every_quantity_of_a_fixture_is_met(string name, int vectorBits)
    {
        using var device = new CpuDevice(TileKernels.Supported.First(k => k.VectorBits == vectorBits), 2);
        var rows = FixtureVerifier.Verify(PathOf(name), device);
        Assert.All(rows, row => Assert.True(row.Passed, $"{row.Quantity}: {row.MaxRelativeError:e2}"));

        // Everything that the file holds beside the network and the inputs is there.
        string[] inputs =
        [
            "x0", "eps", "t", "probe", "sample.x_T", "sample.noise", "x", "level", "sigmas", "annealed.x0",
            "annealed.noise", "langevin.x0", "langevin.noise",
        ];
        var expected = SafetensorsFile.Read(PathOf(name)).Tensors.Keys
            .Where(key => !key.StartsWith("model.", StringComparison.Ordinal) && !inputs.Contains(key));
        Assert.Equal(expected.Order(), rows.Select(row => row.Quantity).Order());
    }

    [Theory]
    [InlineData("ddpm_epsilon_h32", "model.net.4.weight")]
    [InlineData("ddpm_epsilon_h32", "sample.noise")]
    [InlineData("ddpm_epsilon_h32", "x0")]
    [InlineData("ncsn_h32", "model.emb.2.weight")]
    [InlineData("ncsn_h32", "annealed.noise")]
    [InlineData("score_matching_h32", "model.net.0.bias")]
    [InlineData("score_matching_h32", "probe")]
    [InlineData("score_matching_h32", "langevin.noise")]
    public void One_changed_number_is_found(string name, string tensor)
    {
        string path = Rewrite(name, found => found.Name == tensor ? Change(found) : found);
        using var device = new CpuDevice(1);
        Assert.Contains(FixtureVerifier.Verify(path, device), row => !row.Passed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_tensor_is_named(string name)
    {
        using var device = new CpuDevice(1);
        foreach (string missing in SafetensorsFile.Read(PathOf(name)).Tensors.Keys.ToArray())
        {
            string path = Rewrite(name, tensor => tensor.Name == missing ? null : tensor);
            string message = Assert.Throws<InputException>(() => FixtureVerifier.Verify(path, device)).Message;
            Assert.Contains(path, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_shape_and_an_index_out_of_range_are_named()
    {
        using var device = new CpuDevice(1);
        string shape = Rewrite(
            "ncsn_h32", tensor => tensor.Name == "eps" ? Tensor.FromDoubles("eps", [96], tensor.ToDoubles()) : tensor);
        Assert.Contains("'eps'", Assert.Throws<InputException>(() => FixtureVerifier.Verify(shape, device)).Message);
        string index = Rewrite(
            "ncsn_h32", tensor => tensor.Name == "level" ? Tensor.FromInt64s("level", [48], Twelves()) : tensor);
        Assert.Contains("'level'", Assert.Throws<InputException>(() => FixtureVerifier.Verify(index, device)).Message);

        static long[] Twelves() => [.. Enumerable.Repeat(12L, 48)];
    }

    private static string PathOf(string name) => Path.Combine("Fixtures", name + ".safetensors");

    private static Tensor Change(Tensor tensor)
    {
        if (tensor.DType == TensorType.F32)
        {
            float[] singles = tensor.ToSingles();
            singles[^1] += 0.01f;
            return Tensor.FromSingles(tensor.Name, tensor.Shape, singles);
        }

        double[] doubles = tensor.ToDoubles();
        doubles[^1] += 1;
        return Tensor.FromDoubles(tensor.Name, tensor.Shape, doubles);
    }

    private string Rewrite(string name, Func<Tensor, Tensor?> change)
    {
        var file = SafetensorsFile.Read(PathOf(name));
        string path = Path.Combine(_folder, name + ".safetensors");
        SafetensorsFile.Write(path, file.Metadata, file.Tensors.Values.Select(change).OfType<Tensor>());
        return path;
    }
}
