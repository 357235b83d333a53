namespace ScoreGpu.Engine.Networks;

/// <summary>A named tensor of a network and its place in the network's values.</summary>
/// <param name="Name">PyTorch's name in the <c>state_dict</c>.</param>
/// <param name="Shape">Row-major dimensions.</param>
/// <param name="Offset">The first element's index in <see cref="Network.Values"/>.</param>
/// <param name="FanIn">Inputs of the layer it belongs to; 0 for an embedding table.</param>
public sealed record NetworkParameter(string Name, IReadOnlyList<int> Shape, int Offset, int FanIn)
{
    /// <summary>Elements.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, extent) => checked(product * extent));
}
