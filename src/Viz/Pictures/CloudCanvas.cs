using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Viz.Pictures;

/// <summary>One frame of a film as sums of whole numbers: Σ w and Σ w·c for the components of a hue.</summary>
/// <param name="tracks">The cloud.</param>
/// <param name="hues">The hues of its points; null for the weights alone.</param>
internal sealed class CloudCanvas(CloudTracks tracks, IReadOnlyList<CanvasColour>? hues)
{
    private const int Channels = TrajectoryCanvas.Channels;

    private readonly ulong[] _spare = new ulong[tracks.Width * tracks.Height * Channels];
    private readonly int _channels = hues is null ? 1 : Channels;

    /// <summary>The sums, [H, W, 4], as <see cref="TrajectoryCanvas"/> has them.</summary>
    public ulong[] Sums { get; } = new ulong[tracks.Width * tracks.Height * Channels];

    /// <summary>The frame that was drawn.</summary>
    public int Frame { get; private set; }

    /// <summary>Draws a frame in the place of the last.</summary>
    public void Draw(int frame)
    {
        Frame = frame;
        Array.Clear(Sums);
        ReadOnlySpan<ushort> places = tracks.PlacesOf(frame);
        for (int n = 0; n < tracks.Count; n++)
        {
            if (places[2 * n] != CloudTracks.Nowhere)
            {
                AddPoint(places[2 * n], places[(2 * n) + 1], hues is null ? default : hues[tracks.ModeOf(n)]);
            }
        }

        Spread(Sums, _spare, Channels, tracks.Width * Channels, tracks.Width, tracks.Height);
        Spread(_spare, Sums, tracks.Width * Channels, Channels, tracks.Height, tracks.Width);
    }

    // A pixel's centre is half a pixel in: its four neighbours are those around the place half a pixel up and left.
    private void AddPoint(int x, int y, CanvasColour colour)
    {
        const int Unit = CloudTracks.Unit;
        int left = x - (Unit / 2) + Unit;
        int top = y - (Unit / 2) + Unit;
        int column = (left / Unit) - 1;
        int row = (top / Unit) - 1;
        int right = left % Unit;
        int down = top % Unit;
        Add(column, row, (Unit - right) * (Unit - down), colour);
        Add(column + 1, row, right * (Unit - down), colour);
        Add(column, row + 1, (Unit - right) * down, colour);
        Add(column + 1, row + 1, right * down, colour);
    }

    private void Add(int column, int row, int weight, CanvasColour colour)
    {
        if ((uint)column >= (uint)tracks.Width || (uint)row >= (uint)tracks.Height)
        {
            return;
        }

        int at = ((row * tracks.Width) + column) * Channels;
        ulong w = (ulong)weight;
        Sums[at] += w;
        if (_channels > 1)
        {
            Sums[at + 1] += w * colour.First;
            Sums[at + 2] += w * colour.Second;
            Sums[at + 3] += w * colour.Third;
        }
    }

    /// <summary>[1 4 6 4 1] along one direction; nothing comes in from outside.</summary>
    private void Spread(ulong[] from, ulong[] to, int step, int lineStep, int length, int lines)
    {
        for (int line = 0; line < lines; line++)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                int start = (line * lineStep) + channel;
                ulong a = 0;
                ulong b = 0;
                ulong c = from[start];
                ulong d = length > 1 ? from[start + step] : 0;
                for (int i = 0; i < length; i++)
                {
                    ulong e = i + 2 < length ? from[start + ((i + 2) * step)] : 0;
                    to[start + (i * step)] = a + (4 * (b + d)) + (6 * c) + e;
                    (a, b, c, d) = (b, c, d, e);
                }
            }
        }
    }
}
