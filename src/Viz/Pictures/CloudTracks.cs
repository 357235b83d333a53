using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Viz.Pictures;

/// <summary>Where each point of a cloud is in each frame of a film, in 1/16 of a pixel: 4 bytes a point and frame.</summary>
public sealed class CloudTracks
{
    /// <summary>The most pixels in a row or a column of a film.</summary>
    public const int MaxSize = 4000;

    /// <summary>Places of a pixel.</summary>
    internal const int Unit = 16;

    /// <summary>The place of what is outside the image, or not finite.</summary>
    internal const ushort Nowhere = ushort.MaxValue;

    private readonly ushort[] _places;
    private readonly byte[] _modes;
    private readonly CanvasView _view;

    /// <summary>Makes tracks without any places yet.</summary>
    /// <param name="width">Pixels in a row, 1 to <see cref="MaxSize"/>.</param>
    /// <param name="height">Rows of pixels, 1 to <see cref="MaxSize"/>.</param>
    /// <param name="view">What the film shows.</param>
    /// <param name="frames">Frames, at least 2.</param>
    /// <param name="count">Points.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public CloudTracks(int width, int height, CanvasView view, int frames, int count)
    {
        Width = RequireSize(width, nameof(width));
        Height = RequireSize(height, nameof(height));
        Frames = Require.AtLeast(frames, 2);
        Count = Require.AtLeast(count, 1);
        _view = view;
        _places = new ushort[checked(2 * frames * count)];
        _modes = new byte[count];
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>Frames.</summary>
    public int Frames { get; }

    /// <summary>Points.</summary>
    public int Count { get; }

    /// <summary>Bytes that tracks take.</summary>
    public static long BytesOf(int frames, int count) => 2L * sizeof(ushort) * frames * count;

    /// <summary>Sets the places of some points in every frame, the frames evenly over the rows of the program.</summary>
    /// <remarks>
    /// Frame f of F shows the state after f·S/(F − 1) of S rows: the nearest, where there are as many rows as frames or
    /// more, and else the point that far along the straight line between two.
    /// </remarks>
    /// <param name="first">The first of the points.</param>
    /// <param name="states">Their states, [S + 1, <paramref name="count"/>, <paramref name="dimension"/>].</param>
    /// <param name="count">How many there are.</param>
    /// <param name="dimension">The dimension of a state.</param>
    public void Set(int first, float[] states, int count, int dimension)
    {
        ArgumentNullException.ThrowIfNull(states);
        int stride = count * dimension;
        int rows = (states.Length / stride) - 1;
        for (int frame = 0; frame < Frames; frame++)
        {
            (int row, double part) = StateOf(frame, rows);
            for (int n = 0; n < count; n++)
            {
                int at = (row * stride) + (n * dimension);
                int next = part > 0 ? at + stride : at;
                double x = Between(states[at + _view.AxisX], states[next + _view.AxisX], part);
                double y = Between(states[at + _view.AxisY], states[next + _view.AxisY], part);
                int place = 2 * ((frame * Count) + first + n);
                (_places[place], _places[place + 1]) = PlaceOf(x, y);
            }
        }
    }

    /// <summary>Gives each of some points the centre that it ends nearest to.</summary>
    /// <param name="first">The first of the points.</param>
    /// <param name="ends">Their last states, [N, <paramref name="dimension"/>].</param>
    /// <param name="centres">The centres, [K, <paramref name="dimension"/>]; K at most 255.</param>
    /// <param name="dimension">The dimension of a state.</param>
    public void SetModes(int first, float[] ends, float[] centres, int dimension)
    {
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentNullException.ThrowIfNull(centres);
        for (int n = 0; n < ends.Length / dimension; n++)
        {
            double least = double.PositiveInfinity;
            for (int k = 0; k < centres.Length / dimension; k++)
            {
                double distance = 0;
                for (int d = 0; d < dimension; d++)
                {
                    double difference = (double)ends[(n * dimension) + d] - centres[(k * dimension) + d];
                    distance += difference * difference;
                }

                if (distance < least)
                {
                    least = distance;
                    _modes[first + n] = (byte)k;
                }
            }
        }
    }

    /// <summary>The centre of a point.</summary>
    internal byte ModeOf(int point) => _modes[point];

    /// <summary>The places of a frame: x and y of each point.</summary>
    internal ReadOnlySpan<ushort> PlacesOf(int frame) => _places.AsSpan(2 * frame * Count, 2 * Count);

    private (int Row, double Part) StateOf(int frame, int rows)
    {
        double done = (double)frame * rows / (Frames - 1);
        if (rows >= Frames - 1)
        {
            return ((int)Math.Round(done, MidpointRounding.AwayFromZero), 0);
        }

        int row = Math.Min((int)done, rows - 1);
        return (row, done - row);
    }

    private (ushort X, ushort Y) PlaceOf(double x, double y)
    {
        double across = (x - _view.Left) / (_view.Right - _view.Left) * Width * Unit;
        double down = (_view.Top - y) / (_view.Top - _view.Bottom) * Height * Unit;
        return across >= 0 && across < Width * Unit && down >= 0 && down < Height * Unit
            ? ((ushort)across, (ushort)down)
            : (Nowhere, Nowhere);
    }

    private static double Between(double from, double to, double part) => from + ((to - from) * part);

    private static int RequireSize(int value, string name) => value is >= 1 and <= MaxSize
        ? value
        : throw new ArgumentException($"{name} is {value}; expected 1 to {MaxSize} pixels.", name);
}
