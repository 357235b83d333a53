using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A network on the CPU device: a batch is cut into tiles, and each tile is one worker's from start to end.</summary>
internal sealed unsafe class CpuNetwork : DeviceNetwork
{
    private readonly NativeBuffer _weights;
    private readonly Workspace[] _workspaces;
    private readonly NativeBuffer _sharedBias;
    private readonly NativeBuffer _biasTiles;
    private readonly Action<int, int> _mapTile;
    private Batch _batch;

    /// <summary>Copies the weights and allocates every worker's tiles.</summary>
    public CpuNetwork(Network network, ThreadTeam team, TileKernels kernels)
        : base(network.Architecture)
    {
        Team = team;
        Kernels = kernels;
        _weights = new NativeBuffer(network.Values.Length);
        network.Values.CopyTo(_weights.Span);
        Chains = new CpuChains(network, _weights.Address);
        _workspaces = new Workspace[team.Threads];
        for (int i = 0; i < _workspaces.Length; i++)
        {
            _workspaces[i] = new Workspace(Chains);
        }

        int hidden = Architecture.Hidden;
        _sharedBias = new NativeBuffer(hidden);
        _biasTiles = new NativeBuffer(Chains.Tower.Length == 0 ? 0 : 2L * Tile.Width * hidden);

        // Kept, so that a batch allocates no delegate.
        _mapTile = (tile, worker) => MapTile(tile, WorkspaceOf(worker));
    }

    /// <summary>The weights as chains.</summary>
    internal CpuChains Chains { get; }

    /// <summary>The threads.</summary>
    internal ThreadTeam Team { get; }

    /// <summary>The kernels.</summary>
    internal TileKernels Kernels { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _weights.Dispose();
        _sharedBias.Dispose();
        _biasTiles.Dispose();
        foreach (var workspace in _workspaces)
        {
            workspace.Dispose();
        }
    }

    /// <summary>The tiles of one worker.</summary>
    internal Workspace WorkspaceOf(int worker) => _workspaces[worker];

    /// <summary>The trunk's first bias for each of <paramref name="conditions"/>, a row [H] each.</summary>
    internal NativeBuffer TabulateBias(ReadOnlySpan<float> conditions)
    {
        var table = new NativeBuffer((long)Math.Max(1, conditions.Length) * Architecture.Hidden);
        TabulateBias(conditions, table);
        return table;
    }

    /// <inheritdoc/>
    protected override void Map(
        NetworkQuantity quantity,
        int count,
        ReadOnlySpan<float> points,
        ReadOnlySpan<float> conditions,
        ReadOnlySpan<float> vectors,
        Span<float> results)
    {
        bool isShared = Chains.Tower.Length == 0 || conditions.Length == 1;
        if (isShared)
        {
            TabulateBias(conditions, _sharedBias);
        }

        fixed (float* x = points, level = conditions, v = vectors, result = results)
        {
            // Biases of their own come in whole tiles.
            var split = new TileSplit(count, isShared ? Team.Threads : 1);
            _batch = new Batch(quantity, split, isShared, (nint)x, (nint)level, (nint)v, (nint)result);
            Team.Run(_mapTile, split.Tiles);
        }
    }

    /// <inheritdoc/>
    protected override SampleResult Run(StepProgram program, SampleRequest request, TrajectoryCanvas? canvas)
    {
        var sampling = new CpuSampling(this, program, request);
        using var drawing = canvas is null ? null : new CpuDrawing(canvas, program.Rows.Count, Team);
        return sampling.Run(drawing);
    }

    /// <inheritdoc/>
    protected override TraceResult Run(LikelihoodProgram program, TraceRequest request)
    {
        using var tracing = new CpuTracing(this, program, request);
        return tracing.Run();
    }

    private void ComputeBias(ReadOnlySpan<float> conditions, Workspace workspace, float* bias)
    {
        Chains.FillLevelFeatures(conditions, workspace.Features);
        Kernels.Forward(
            Chains.Tower, Chains.Tower[0].Bias, workspace.Features, workspace.Ping, workspace.Pong, bias);
    }

    private void TabulateBias(ReadOnlySpan<float> conditions, NativeBuffer table)
    {
        int hidden = Architecture.Hidden;
        if (Chains.Tower.Length == 0)
        {
            new ReadOnlySpan<float>(Chains.Trunk[0].Bias, hidden).CopyTo(table.Span);
            return;
        }

        float* tile = _biasTiles.Address;
        float* rows = tile + ((long)Tile.Width * hidden);
        for (int first = 0; first < conditions.Length; first += Tile.Width)
        {
            var some = conditions.Slice(first, Math.Min(Tile.Width, conditions.Length - first));
            ComputeBias(some, _workspaces[0], tile);
            TransposeKernel.ToSampleMajor(tile, hidden, rows, hidden);
            new ReadOnlySpan<float>(rows, some.Length * hidden).CopyTo(table.Span[(first * hidden)..]);
        }
    }

    private void MapTile(int tile, Workspace workspace)
    {
        ref readonly Batch batch = ref _batch;
        int first = batch.Split.First(tile);
        int samples = batch.Split.Samples(tile);
        int columns = batch.IsShared ? Tile.ColumnsFor(samples) : Tile.Width;
        int offset = first * Dimension;
        TransposeKernel.ToFeatureMajor(
            (float*)batch.Points + offset, samples, Dimension, Dimension, workspace.Registers);
        float* bias = null;
        if (batch.IsShared)
        {
            bias = _sharedBias.Address;
        }
        else
        {
            Chains.FillLevelFeatures(
                new ReadOnlySpan<float>((float*)batch.Conditions + first, samples), workspace.Features);
            Kernels.Forward(
                Chains.Tower,
                Chains.Tower[0].Bias,
                workspace.Features,
                workspace.Pong,
                workspace.Features,
                workspace.Ping);
        }

        float* result = (float*)batch.Results;
        if (batch.Quantity == NetworkQuantity.Value)
        {
            Kernels.Forward(
                Chains.Trunk, bias, workspace.Registers, workspace.Ping, workspace.Pong, workspace.Output, columns);
            StoreSamples(workspace.Output, samples, result + offset);
            return;
        }

        Kernels.Linearise(
            Chains.Trunk,
            bias,
            workspace.Registers,
            workspace.Ping,
            workspace.Pong,
            workspace.Output,
            workspace.TrunkDerivatives,
            columns);
        if (batch.Quantity == NetworkQuantity.Divergence)
        {
            SumDivergence(workspace, samples, columns, result + first);
            return;
        }

        TransposeKernel.ToFeatureMajor(
            (float*)batch.Vectors + offset, samples, Dimension, Dimension, workspace.Vector);
        if (batch.Quantity == NetworkQuantity.JacobianVector)
        {
            Kernels.Tangent(
                Chains.Trunk,
                workspace.Vector,
                workspace.Ping,
                workspace.Pong,
                workspace.Output,
                workspace.TrunkDerivatives,
                columns);
        }
        else
        {
            Kernels.Cotangent(
                Chains.Trunk,
                workspace.Vector,
                workspace.Ping,
                workspace.Pong,
                workspace.Output,
                workspace.TrunkDerivatives,
                columns);
        }

        StoreSamples(workspace.Output, samples, result + offset);
    }

    private void SumDivergence(Workspace workspace, int samples, int columns, float* divergences)
    {
        new Span<float>(divergences, samples).Clear();
        for (int d = 0; d < Dimension; d++)
        {
            new Span<float>(workspace.Vector, Dimension * Tile.Width).Clear();
            new Span<float>(workspace.Vector + (d * Tile.Width), Tile.Width).Fill(1f);
            Kernels.Tangent(
                Chains.Trunk,
                workspace.Vector,
                workspace.Ping,
                workspace.Pong,
                workspace.Output,
                workspace.TrunkDerivatives,
                columns);
            for (int n = 0; n < samples; n++)
            {
                divergences[n] += workspace.Output[(d * Tile.Width) + n];
            }
        }
    }

    private void StoreSamples(float* tile, int samples, float* target)
    {
        for (int n = 0; n < samples; n++)
        {
            for (int d = 0; d < Dimension; d++)
            {
                target[(n * Dimension) + d] = tile[(d * Tile.Width) + n];
            }
        }
    }

    private readonly record struct Batch(
        NetworkQuantity Quantity,
        TileSplit Split,
        bool IsShared,
        nint Points,
        nint Conditions,
        nint Vectors,
        nint Results);
}
