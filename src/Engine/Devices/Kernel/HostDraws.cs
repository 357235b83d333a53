using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>What the host draws of a batch, by <see cref="TileDraws"/>: points in shuffled epochs, and the levels.
/// </summary>
internal sealed unsafe class HostDraws : IDisposable
{
    private readonly TileDraws _draws;
    private readonly NativeBuffer _tile;
    private readonly int _dimension;

    /// <summary>Takes the data's tables.</summary>
    public HostDraws(TrainingData data, TrainingOptions options)
    {
        _draws = new TileDraws(data, options, TileKernels.Supported[0]);
        _dimension = data.Dimension;
        _tile = new NativeBuffer((long)_dimension * Tile.Width);
    }

    /// <summary>x₀ of the samples from <paramref name="first"/>, a multiple of 64, on; [N, D].</summary>
    public void FillClean(uint step, int first, Span<float> clean)
    {
        for (int n = 0; n < clean.Length; n += Tile.Width * _dimension)
        {
            _draws.FillClean(step, (uint)(first + (n / _dimension)), _tile.Address);
            Store(clean[n..]);
        }
    }

    /// <summary>The level of each sample.</summary>
    public void FillLevels(uint step, int first, int levels, Span<int> indices)
    {
        int* tile = stackalloc int[Tile.Width];
        for (int n = 0; n < indices.Length; n += Tile.Width)
        {
            _draws.FillLevels(step, (uint)(first + n), levels, tile);
            var some = indices[n..];
            new Span<int>(tile, Math.Min(Tile.Width, some.Length)).CopyTo(some);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tile.Dispose();

    private void Store(Span<float> rows)
    {
        int samples = Math.Min(Tile.Width, rows.Length / _dimension);
        for (int n = 0; n < samples; n++)
        {
            for (int d = 0; d < _dimension; d++)
            {
                rows[(n * _dimension) + d] = _tile.Address[(d * Tile.Width) + n];
            }
        }
    }
}
