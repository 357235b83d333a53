namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>The declared cost: each formula as written, and as C# over a function <c>value</c> of names.</summary>
internal sealed record CostModel(string Item, string Flops, string Bytes, string FlopsCode, string BytesCode, string Where);
