using System.Runtime.CompilerServices;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Training points drawn tile by tile: sample n of step s is the same whoever draws it.</summary>
internal sealed unsafe class TileDraws
{
    private readonly TileKernels _kernels;
    private readonly ulong _seed;
    private readonly int _dimension;
    private readonly float[]? _points;
    private readonly bool _isShuffled;
    private readonly int _batchSize;
    private readonly uint[] _thresholds = [];
    private readonly float[] _means = [];
    private readonly float[] _factors = [];

    /// <summary>Takes the data's tables in float32.</summary>
    public TileDraws(TrainingData data, TrainingOptions options, TileKernels kernels)
    {
        _kernels = kernels;
        _seed = options.Seed;
        _batchSize = options.BatchSize;
        _dimension = data.Dimension;
        switch (data)
        {
            case PointSetData set:
                if (set.Points.Count == 0)
                {
                    throw InputException.For("data", "0 points", "at least one");
                }

                _points = set.Points.Values;
                _isShuffled = set.Order == DrawOrder.Shuffled;
                break;
            case MixtureData { Mixture: var mixture }:
                _thresholds = [.. mixture.SelectionThresholds];
                var tables = new MixtureTables(mixture);
                _means = tables.Means;
                _factors = tables.Factors;
                break;
        }
    }

    /// <summary>x₀ of 64 samples of a step, feature-major.</summary>
    public void FillClean(uint step, uint firstSample, float* clean)
    {
        if (_isShuffled)
        {
            FillFromEpochs(step, firstSample, clean);
        }
        else if (_points is not null)
        {
            FillFromPoints(step, firstSample, clean);
        }
        else
        {
            FillFromMixture(step, firstSample, clean);
        }
    }

    /// <summary>ε (or a probe) of 64 samples of a step, feature-major.</summary>
    public void FillNoise(uint step, uint firstSample, float* noise) =>
        _kernels.FillNormal(_seed, firstSample, step, PhiloxStreams.TrainingNoise, _dimension, noise);

    /// <summary>The level of 64 samples of a step, uniform below <paramref name="levels"/>.</summary>
    public void FillLevels(uint step, uint firstSample, int levels, int* indices)
    {
        uint* words = stackalloc uint[4 * Tile.Width];
        FillUniforms(step, firstSample, PhiloxStreams.TrainingNoise, words);
        for (int n = 0; n < Tile.Width; n++)
        {
            indices[n] = (int)(((ulong)words[n] * (uint)levels) >> 32);
        }
    }

    private void FillFromPoints(uint step, uint firstSample, float* clean)
    {
        uint count = (uint)(_points!.Length / _dimension);
        uint* words = stackalloc uint[4 * Tile.Width];
        FillUniforms(step, firstSample, PhiloxStreams.TrainingData, words);
        for (int n = 0; n < Tile.Width; n++)
        {
            TakePoint((int)(((ulong)words[n] * count) >> 32), clean + n);
        }
    }

    private void FillFromEpochs(uint step, uint firstSample, float* clean)
    {
        int count = _points!.Length / _dimension;
        (ulong epoch, ulong place) = Math.DivRem(((ulong)step * (uint)_batchSize) + firstSample, (ulong)count);
        EpochPermutation order = new(_seed, epoch, count);
        for (int n = 0; n < Tile.Width; n++, place++)
        {
            if (place == (ulong)count)
            {
                order = new EpochPermutation(_seed, ++epoch, count);
                place = 0;
            }

            TakePoint(order[(int)place], clean + n);
        }
    }

    private void TakePoint(int index, float* sample)
    {
        for (int d = 0; d < _dimension; d++)
        {
            sample[d * Tile.Width] = _points![(index * _dimension) + d];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillFromMixture(uint step, uint firstSample, float* clean)
    {
        _kernels.FillNormal(_seed, firstSample, step, PhiloxStreams.TrainingData, _dimension, clean);
        uint* words = stackalloc uint[4 * Tile.Width];
        FillUniforms(step, firstSample, PhiloxStreams.TrainingData, words);
        for (int n = 0; n < Tile.Width; n++)
        {
            int component = 0;
            for (int k = 0; k < _thresholds.Length; k++)
            {
                component += words[n] >= _thresholds[k] ? 1 : 0;
            }

            Colour(component, clean + n);
        }
    }

    /// <summary>z ← μ + L·z, from the last entry up, so that each still finds the normals that it needs.</summary>
    private void Colour(int component, float* z)
    {
        int factor = component * _dimension * _dimension;
        for (int i = _dimension - 1; i >= 0; i--)
        {
            float sum = _means[(component * _dimension) + i];
            for (int j = 0; j <= i; j++)
            {
                sum += _factors[factor + (i * _dimension) + j] * z[j * Tile.Width];
            }

            z[i * Tile.Width] = sum;
        }
    }

    private void FillUniforms(uint step, uint firstSample, uint stream, uint* words) =>
        _kernels.FillWords(_seed, firstSample, step, PhiloxStreams.FirstUniformDraw, stream, words);
}
