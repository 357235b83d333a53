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
/// Local memory besides the buffers: the four registers [4, D, S] and the output [D, S]. z is drawn where it is used, a
/// work-item a draw of four, with the counter (sample, row, draw, stream): tiles and launches do not enter, so they cannot
/// change a sample.
/// </remarks>
public static class SampleKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 128;

    /// <summary>Numbers of a row in the table of coefficients: x̂₀'s three, seven for each register, and whether
    /// any of them takes noise.</summary>
    public const int RowFields = 32;

    /// <summary>x, the anchor, the accumulator and the previous output.</summary>
    public const int Registers = 4;

    private const int FirstUpdate = 3;
    private const int UpdateFields = 7;
    private const int UsesNoise = 31;

    // Normals of a draw.
    private const int Normals = 4;

    /// <summary>Floats of local memory a column besides the two buffers.</summary>
    /// <param name="dimension">D.</param>
    public static int ExtraPerColumn(int dimension) => (Registers + 1) * dimension;

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

        TilePass.Clear(tile, x + size, (Registers - 1) * size);
        if (hasStart != 0)
        {
            TilePass.LoadSamples(start, first, count, dimension, tile, x, 0, in tiling);
        }
        else
        {
            DrawStart(tile, x, seed, firstSample + (uint)first, startScale, dimension, in tiling);
        }

        Group.Barrier();
        if (recordEvery > 0)
        {
            TilePass.StoreSamples(tile, x, 0, trajectories, 0, first, count, dimension, in tiling);
        }

        for (int row = 0; row < rows; row++)
        {
            FloatView step = steps.SubView(row * RowFields, RowFields);
            TilePass.FillBias(tile, TileMemory.Ping, layers[LayerTable.Rows], table, row * tableStep, in tiling);
            Group.Barrier();
            ChainForward.Run(weights, layers, layerCount, tile, x, output, in tiling);
            Update(
                tile, x, output, step, row, noise, hasNoise, seed, firstSample, first, count, dimension, in tiling);
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

    /// <summary>The start: standard normals times a scale, feature-major.</summary>
    private static void DrawStart(
        FloatView tile, int to, ulong seed, uint sample, float scale, int dimension, in TileShape shape)
    {
        int draws = (dimension + Normals - 1) / Normals;
        for (int i = Group.IdxX; i < draws * shape.Columns; i += Group.DimX)
        {
            int n = i % shape.Columns;
            int draw = i / shape.Columns;
            float[] z = new float[Normals];
            Draw(seed, sample + (uint)n, 0, PhiloxStreams.InitialState, draw, dimension, z);
            for (int j = 0; j < Normals; j++)
            {
                int d = (Normals * draw) + j;
                if (d < dimension)
                {
                    tile[to + (d * shape.Columns) + n] = scale * z[j];
                }
            }
        }
    }

    /// <summary>One draw of standard normals; the second pair only where the sample has room for it.</summary>
    private static void Draw(ulong seed, uint sample, uint row, uint stream, int draw, int dimension, float[] z)
    {
        (uint x0, uint x1, uint x2, uint x3) =
            Philox.Next(sample, row, (uint)draw, stream, (uint)seed, (uint)(seed >> 32));
        (z[0], z[1]) = FloatBoxMuller.Transform(x0, x1);
        if (dimension - (Normals * draw) > 2)
        {
            (z[2], z[3]) = FloatBoxMuller.Transform(x2, x3);
        }
    }

    /// <summary>Gives every register its next value; a work-item takes the features of a sample that share a draw.</summary>
    private static void Update(
        FloatView tile,
        int registers,
        int output,
        FloatView step,
        int row,
        FloatView noise,
        int hasNoise,
        ulong seed,
        uint firstSample,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        bool usesNoise = step[UsesNoise] != 0f;
        int draws = (dimension + Normals - 1) / Normals;
        for (int i = Group.IdxX; i < draws * shape.Columns; i += Group.DimX)
        {
            int n = i % shape.Columns;
            int draw = i / shape.Columns;
            float[] z = new float[Normals];
            if (usesNoise && hasNoise == 0)
            {
                uint sample = firstSample + (uint)(first + n);
                Draw(seed, sample, (uint)row, PhiloxStreams.SamplerNoise, draw, dimension, z);
            }

            for (int j = 0; j < Normals; j++)
            {
                int d = (Normals * draw) + j;
                if (d < dimension)
                {
                    float normal = z[j];
                    if (usesNoise && hasNoise != 0 && first + n < count)
                    {
                        normal = noise[(((row * count) + first + n) * dimension) + d];
                    }

                    int at = (d * shape.Columns) + n;
                    UpdateOne(tile, registers + at, dimension * shape.Columns, output + at, step, normal);
                }
            }
        }
    }

    /// <summary>One element of every register takes its next value.</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="at">Where x is in it; the anchor, the accumulator and the previous output follow.</param>
    /// <param name="size">From one register to the next.</param>
    /// <param name="output">Where the network's output is.</param>
    /// <param name="step">The row's coefficients.</param>
    /// <param name="z">The noise.</param>
    public static void UpdateOne(FloatView tile, int at, int size, int output, FloatView step, float z)
    {
        float x = tile[at];
        float anchor = tile[at + size];
        float accumulator = tile[at + (2 * size)];
        float previous = tile[at + (3 * size)];
        float y = tile[output];
        float bound = step[2];
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
            tile[at + (r * size)] = sum;
        }
    }
}
