namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>What a rung does a sample (a sampler: a sample and step), as its model counts it.</summary>
/// <param name="MultiplyAdds">Multiply-adds.</param>
/// <param name="Activations">Activations; 0 where the model leaves them out.</param>
public abstract record RungWork(double MultiplyAdds, double Activations);

/// <summary>A rung of the CPU.</summary>
/// <param name="MultiplyAdds">Multiply-adds.</param>
/// <param name="Activations">Activations.</param>
/// <param name="HasVectors">Whether a multiply-add is one of a whole vector.</param>
/// <param name="Sums">Sums that do not wait for one another.</param>
/// <param name="LoadsPerMultiplyAdd">Loads from the nearest cache for an instruction of multiply-adds.</param>
/// <param name="HasVectorActivations">Whether activations are computed in whole vectors.</param>
/// <param name="HasAllCores">Whether all cores work.</param>
/// <param name="MovedBytes">Bytes that go through memory between its passes.</param>
/// <param name="Phases">Times that all threads wait for one another, in all.</param>
public sealed record CpuWork(
    double MultiplyAdds,
    double Activations,
    bool HasVectors,
    double Sums,
    double LoadsPerMultiplyAdd,
    bool HasVectorActivations,
    bool HasAllCores,
    double MovedBytes = 0,
    int Phases = 0)
    : RungWork(MultiplyAdds, Activations);

/// <summary>A rung of an accelerator.</summary>
/// <param name="MultiplyAdds">Multiply-adds.</param>
/// <param name="GlobalBytes">Bytes that are read and written in global memory.</param>
/// <param name="LocalBytes">Bytes that are read in local memory.</param>
/// <param name="Launches">Launches, in all.</param>
public sealed record AcceleratorWork(double MultiplyAdds, double GlobalBytes, double LocalBytes, int Launches)
    : RungWork(MultiplyAdds, 0);
