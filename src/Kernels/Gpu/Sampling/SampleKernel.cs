namespace ScoreGpu.Kernels.Gpu;

/// <summary>A whole step program for a whole batch in one launch: every sampler is a table of rows for this kernel.</summary>
/// <remarks>
/// A group takes a tile of samples through all rows; the state never leaves local memory:
/// <code>
///   start ──▶ x ──┬──▶ network ──▶ output ──┐
///             ▲   └──────────────┬──────────┤   x̂₀ = clamp(c·x + c'·output, ±bound)
///             │                  ▼          ▼
///             └── x, anchor, accumulator, previous ← linear in (x, anchor, accumulator, previous, output, x̂₀, z)
/// </code>
/// Local memory besides the buffers: the four registers [4, D, S], the output [D, S] and the noise z [D, S]. z is drawn
/// in the kernel, a work-item a draw of four, with the counter (sample, row, draw, stream): tiles and launches do not
/// enter, so they cannot change a sample.
/// </remarks>
public static class SampleKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Numbers of a row in the table of coefficients: x̂₀'s three, seven for each register, and whether
    /// any of them takes noise.</summary>
    public const int RowFields = 32;

    private const int FirstUpdate = 3;
    private const int UpdateFields = 7;
    private const int UsesNoise = 31;
    private const int Registers = 4;

    /// <summary>Floats of local memory a column besides the two buffers.</summary>
    /// <param name="dimension">D.</param>
    public static int ExtraPerColumn(int dimension) => (Registers + 2) * dimension;

    /// <summary>Runs the program.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="layers">The chain, see <see cref="LayerTable"/>.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="table">The first layer's bias for each row of the program, [rows, H], or one row for all.</param>
    /// <param name="tableStep">H, or 0 where all rows of the program share one.</param>
    /// <param name="steps">The rows' coefficients, [rows, <see cref="RowFields"/>].</param>
    /// <param name="rows">Rows of the program.</param>
    /// <param name="start">The start [count, D], where it is given.</param>
    /// <param name="hasStart">1 where it is; 0 draws it.</param>
    /// <param name="startScale">The standard deviation of the drawn start.</param>
    /// <param name="noise">z [rows, count, D], where it is given.</param>
    /// <param name="hasNoise">1 where it is; 0 draws it.</param>
    /// <param name="points">Receives the samples, [count, D].</param>
    /// <param name="trajectories">Receives the states, [frames, count, D].</param>
    /// <param name="recordEvery">Keeps the start, every k-th state and the last; 0 keeps none.</param>
    /// <param name="seed">The key of every draw.</param>
    /// <param name="firstSample">The index, in the whole run, of the first sample.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="tiling">The tile, of one lane.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample and step, none recorded",
        Flops = "2 * products + 55 * dimension",
        Bytes = "4 * dimension * hasNoise + 4 * dimension * (1 + hasStart) / rows",
        Where = LayerTable.Products)]
    public static void Run(
        FloatView weights,
        IntView layers,
        int layerCount,
        FloatView table,
        int tableStep,
        FloatView steps,
        int rows,
        FloatView start,
        int hasStart,
        float startScale,
        FloatView noise,
        int hasNoise,
        FloatView points,
        FloatView trajectories,
        int recordEvery,
        ulong seed,
        uint firstSample,
        int count,
        int dimension,
        TileShape tiling)
    {
        FloatView tile = SharedMemory.GetDynamic<float>();
        int first = Grid.IdxX * tiling.Samples;
        int size = dimension * tiling.Columns;
        int x = TileMemory.Extra(in tiling);
        int output = x + (Registers * size);
        int z = output + size;

        TilePass.Clear(tile, x + size, (Registers - 1) * size);
        if (hasStart != 0)
        {
            TilePass.LoadSamples(start, first, count, dimension, tile, x, 0, in tiling);
        }
        else
        {
            Draw(tile, x, seed, firstSample + (uint)first, 0, PhiloxStreams.InitialState, startScale, dimension, in tiling);
        }

        Group.Barrier();
        if (recordEvery > 0)
        {
            TilePass.StoreSamples(tile, x, 0, trajectories, 0, first, count, dimension, in tiling);
        }

        for (int row = 0; row < rows; row++)
        {
            FloatView step = steps.SubView(row * RowFields, RowFields);
            if (step[UsesNoise] != 0f)
            {
                if (hasNoise != 0)
                {
                    TilePass.LoadSamples(
                        noise.SubView(row * count * dimension, count * dimension),
                        first,
                        count,
                        dimension,
                        tile,
                        z,
                        0,
                        in tiling);
                }
                else
                {
                    Draw(
                        tile,
                        z,
                        seed,
                        firstSample + (uint)first,
                        (uint)row,
                        PhiloxStreams.SamplerNoise,
                        1f,
                        dimension,
                        in tiling);
                }
            }

            TilePass.FillBias(tile, TileMemory.Ping, layers[LayerTable.Rows], table, row * tableStep, in tiling);
            Group.Barrier();
            ChainForward.Run(weights, layers, layerCount, tile, x, output, in tiling);
            Update(tile, x, output, z, size, step);
            Group.Barrier();
            if (recordEvery > 0)
            {
                if ((row + 1) % recordEvery == 0 || row == rows - 1)
                {
                    int frame = (1 + (row / recordEvery)) * count * dimension;
                    TilePass.StoreSamples(tile, x, 0, trajectories, frame, first, count, dimension, in tiling);
                }
            }
        }

        TilePass.StoreSamples(tile, x, 0, points, 0, first, count, dimension, in tiling);
    }

    /// <summary>Standard normals times a scale, feature-major; a work-item a draw of up to four.</summary>
    private static void Draw(
        FloatView tile,
        int to,
        ulong seed,
        uint sample,
        uint row,
        uint stream,
        float scale,
        int dimension,
        in TileShape shape)
    {
        int draws = (dimension + 3) / 4;
        for (int i = Group.IdxX; i < draws * shape.Columns; i += Group.DimX)
        {
            int n = i % shape.Columns;
            int draw = i / shape.Columns;
            (uint x0, uint x1, uint x2, uint x3) =
                Philox.Next(sample + (uint)n, row, (uint)draw, stream, (uint)seed, (uint)(seed >> 32));
            (float z0, float z1) = FloatBoxMuller.Transform(x0, x1);
            int at = to + (4 * draw * shape.Columns) + n;
            int left = dimension - (4 * draw);
            tile[at] = scale * z0;
            if (left > 1)
            {
                tile[at + shape.Columns] = scale * z1;
            }

            if (left > 2)
            {
                (float z2, float z3) = FloatBoxMuller.Transform(x2, x3);
                tile[at + (2 * shape.Columns)] = scale * z2;
                if (left > 3)
                {
                    tile[at + (3 * shape.Columns)] = scale * z3;
                }
            }
        }
    }

    /// <summary>Gives every register its next value; each element is one work-item's.</summary>
    private static void Update(FloatView tile, int registers, int output, int noise, int size, FloatView step)
    {
        bool usesNoise = step[UsesNoise] != 0f;
        float bound = step[2];
        for (int i = Group.IdxX; i < size; i += Group.DimX)
        {
            float x = tile[registers + i];
            float anchor = tile[registers + size + i];
            float accumulator = tile[registers + (2 * size) + i];
            float previous = tile[registers + (3 * size) + i];
            float y = tile[output + i];
            float z = 0f;
            if (usesNoise)
            {
                z = tile[noise + i];
            }

            float denoised = MathF.FusedMultiplyAdd(step[0], x, step[1] * y);
            denoised = MathF.Max(-bound, MathF.Min(bound, denoised));
            for (int r = 0; r < Registers; r++)
            {
                int c = FirstUpdate + (r * UpdateFields);
                float sum = step[c] * x;
                sum = MathF.FusedMultiplyAdd(step[c + 4], y, sum);
                sum = MathF.FusedMultiplyAdd(step[c + 5], denoised, sum);
                sum = MathF.FusedMultiplyAdd(step[c + 6], z, sum);
                sum = MathF.FusedMultiplyAdd(step[c + 1], anchor, sum);
                sum = MathF.FusedMultiplyAdd(step[c + 2], accumulator, sum);
                sum = MathF.FusedMultiplyAdd(step[c + 3], previous, sum);
                tile[registers + (r * size) + i] = sum;
            }
        }
    }
}
