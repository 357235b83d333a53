namespace ScoreGpu.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Fixtures_are_copied() => Assert.True(File.Exists(Path.Combine("Fixtures", "ncsn_h32.safetensors")));
}
