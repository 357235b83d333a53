using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>An objective tile by tile: 64 samples of the batch, what the network sees of them, and the loss.</summary>
/// <remarks>Many workers use it at once; what it writes is in their tiles.</remarks>
internal sealed unsafe class CpuObjective
{
    private readonly Objective _objective;
    private readonly LevelCoefficients[] _levels;
    private readonly TileDraws _draws;
    private readonly int _dimension;
    private readonly int _tangents;

    /// <summary>Takes the levels and the data's tables in float32.</summary>
    public CpuObjective(
        Objective objective,
        IReadOnlyList<NoiseLevel> levels,
        int tangents,
        TrainingData data,
        TrainingOptions options,
        TileKernels kernels)
    {
        _objective = objective;
        _levels = [.. levels.Select(ToCoefficients)];
        _draws = new TileDraws(data, options, kernels);
        _dimension = data.Dimension;
        _tangents = tangents;
    }

    private bool HasNoise => _objective is not HyvarinenObjective;

    /// <summary>Draws the samples of a step from <paramref name="first"/> on.</summary>
    public void Draw(uint step, uint first, TrainingTile tile)
    {
        _draws.FillClean(step, first, tile.Clean);
        if (HasNoise)
        {
            _draws.FillNoise(step, first, tile.Noise);
            if (_objective is SlicedObjective sliced)
            {
                sliced.FromNormals(new Span<float>(tile.Noise, _dimension * Tile.Width));
            }
        }

        _draws.FillLevels(step, first, Math.Max(1, _levels.Length), tile.Levels);
    }

    /// <summary>Takes the samples of a given batch from <paramref name="first"/> on.</summary>
    public void Take(TrainingBatch batch, int first, int samples, TrainingTile tile)
    {
        Load(batch.Clean, tile.Clean);
        if (HasNoise)
        {
            Load(batch.Noise, tile.Noise);
        }

        for (int n = 0; n < Tile.Width; n++)
        {
            tile.Levels[n] = batch.Levels.Length > 0 && n < samples ? batch.Levels[first + n] : 0;
        }

        void Load(float[] source, float* target)
        {
            fixed (float* values = &source[first * _dimension])
            {
                TransposeKernel.ToFeatureMajor(values, samples, _dimension, _dimension, target);
            }
        }
    }

    /// <summary>x_t for a denoising objective; else the points and the tangents that go with them.</summary>
    public void SetInput(TrainingTile tile)
    {
        int count = _dimension * Tile.Width;
        if (_objective is DenoisingObjective)
        {
            fixed (LevelCoefficients* table = _levels)
            {
                ObjectiveKernel.Perturb(_dimension, tile.Clean, tile.Noise, tile.Levels, table, tile.Input);
            }

            return;
        }

        new Span<float>(tile.Clean, count).CopyTo(new Span<float>(tile.Input, count));
        var tangents = new Span<float>(tile.Input + count, _tangents * count);
        if (_objective is SlicedObjective)
        {
            new Span<float>(tile.Noise, count).CopyTo(tangents);
            return;
        }

        tangents.Clear();
        for (int d = 0; d < _dimension; d++)
        {
            tangents.Slice((d * count) + (d * Tile.Width), Tile.Width).Fill(1f);
        }
    }

    /// <summary>The sum of the samples' losses; leaves the gradient of the batch's mean with respect to the output.
    /// </summary>
    /// <param name="tile">The tile.</param>
    /// <param name="samples">Its samples.</param>
    /// <param name="scale">1/N of the whole batch.</param>
    public double Loss(TrainingTile tile, int samples, float scale)
    {
        switch (_objective)
        {
            case HyvarinenObjective:
                return ObjectiveKernel.Hyvarinen(samples, _dimension, tile.Output, scale, tile.Delta);
            case SlicedObjective sliced:
                return ObjectiveKernel.Sliced(
                    samples, _dimension, tile.Output, tile.Noise, !sliced.ReducesVariance, scale, tile.Delta);
            default:
                fixed (LevelCoefficients* table = _levels)
                {
                    return ObjectiveKernel.Denoising(
                        samples,
                        _dimension,
                        tile.Output,
                        tile.Clean,
                        tile.Noise,
                        tile.Levels,
                        table,
                        scale,
                        tile.Delta);
                }
        }
    }

    private static LevelCoefficients ToCoefficients(NoiseLevel level) =>
        new(
            (float)level.Alpha,
            (float)level.Sigma,
            (float)level.TargetClean,
            (float)level.TargetNoise,
            (float)level.Weight);
}
