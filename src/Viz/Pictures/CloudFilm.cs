using ScoreGpu.Engine.Drawing;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Viz.Pictures;

/// <summary>A cloud of points over time, as a density in every frame; one scale of tones for all frames.</summary>
/// <remarks>
/// A point is a blob of total 256·256: shared between the four pixels whose centres are around it, and spread by the
/// binomial filter [1 4 6 4 1]/16 in both directions. All sums are whole numbers. The tones come from the weights of all
/// frames together: what is twice as bright in one frame is twice as bright in another, and nothing flickers.
/// </remarks>
public sealed class CloudFilm
{
    private const int Tones = 256;
    private const int ColouredTones = 64;

    // Single points are many, and to be fainter than what many make together.
    private const double Faint = 0.5;

    // The cores of the last frames are few pixels among those of all.
    private const double Bright = 0.9995;

    private readonly PngFrame[] _frames;
    private readonly Color[] _palette;

    private CloudFilm(PngFrame[] frames, Color[] palette)
    {
        _frames = frames;
        _palette = palette;
    }

    /// <summary>Frames.</summary>
    public int Frames => _frames.Length;

    /// <summary>Develops the frames by density alone, with a palette of 256 tones.</summary>
    /// <param name="tracks">The cloud.</param>
    /// <param name="tone">How weights become tones.</param>
    /// <param name="ramp">The colours by tone.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CloudFilm OfDensity(
        CloudTracks tracks, ToneMapping tone, ColorMap ramp, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(ramp);
        Color[] palette = [.. Enumerable.Range(0, Tones).Select(i => ramp.Sample(i / (Tones - 1.0)))];
        return Develop(tracks, tone, palette, null, Expose, progress, cancellation);

        static void Expose(ToneCurve curve, ulong[] sums, byte[] samples)
        {
            for (int pixel = 0; pixel < samples.Length; pixel++)
            {
                samples[pixel] = (byte)Math.Round((Tones - 1) * curve.At(sums[pixel * TrajectoryCanvas.Channels]));
            }
        }
    }

    /// <summary>Develops the frames with a hue for each point, as <see cref="TrajectoryPicture"/> does.</summary>
    /// <param name="tracks">The cloud, with its modes.</param>
    /// <param name="tone">How weights become tones.</param>
    /// <param name="theme">The page, and whether points are light or ink.</param>
    /// <param name="hues">The hues of the modes.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CloudFilm OfModes(
        CloudTracks tracks,
        ToneMapping tone,
        Theme theme,
        IReadOnlyList<CanvasColour> hues,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(theme);
        ArgumentNullException.ThrowIfNull(hues);
        Exposure exposure = new(theme);
        return Develop(tracks, tone, [], hues, Expose, progress, cancellation);

        void Expose(ToneCurve curve, ulong[] sums, byte[] samples)
        {
            for (int pixel = 0; pixel < samples.Length / 3; pixel++)
            {
                ReadOnlySpan<ulong> sum = sums.AsSpan(pixel * TrajectoryCanvas.Channels, TrajectoryCanvas.Channels);

                // No more tones than a palette has: what cannot be told apart takes no room in the file.
                double at = Math.Round((ColouredTones - 1) * curve.At(sum[0])) / (ColouredTones - 1);
                exposure.Expose(at, sum[1], sum[2], sum[3], samples.AsSpan(3 * pixel, 3));
            }
        }
    }

    /// <summary>The film as an animated PNG that plays again and again.</summary>
    /// <param name="framesPerSecond">Frames a second, 1 to 65,535.</param>
    /// <param name="holdSeconds">How much longer the last frame stays.</param>
    public byte[] ToApng(int framesPerSecond, double holdSeconds) =>
        ApngWriter.Encode(_frames, _palette, framesPerSecond, holdSeconds);

    /// <summary>One frame as a PNG.</summary>
    public byte[] ToPng(int frame) => PngWriter.Encode(_frames[frame], _palette);

    /// <summary>Checks that a folder can be written, before the work.</summary>
    /// <exception cref="Engine.InputException">It cannot.</exception>
    public static void RequireWritable(string folder) => StagedFolder.Prepare(folder).Dispose();

    /// <summary>Writes frame-0000.png, frame-0001.png, … into a folder, all or none.</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <exception cref="Engine.InputException">It cannot be written.</exception>
    public void WriteFrames(string folder)
    {
        using StagedFolder files = StagedFolder.Prepare(folder);
        for (int frame = 0; frame < Frames; frame++)
        {
            files.Write(FormattableString.Invariant($"frame-{frame:0000}.png"), ToPng(frame));
        }

        files.Commit(FormattableString.Invariant($"frame-{Frames - 1:0000}.png"));
    }

    private static CloudFilm Develop(
        CloudTracks tracks,
        ToneMapping tone,
        Color[] palette,
        IReadOnlyList<CanvasColour>? hues,
        Action<ToneCurve, ulong[], byte[]> expose,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        int done = 0;
        ParallelOptions options = new() { CancellationToken = cancellation };
        WeightCounts counts = new();
        ForFrames(canvas =>
        {
            WeightCounts own = new();
            own.Add(canvas.Sums, TrajectoryCanvas.Channels);
            lock (counts)
            {
                counts.Add(own);
            }
        });
        ToneCurve curve = ToneCurve.Of(tone, counts, Faint, Bright);
        PngFrame[] frames = new PngFrame[tracks.Frames];
        PngColour colour = palette.Length > 0 ? PngColour.Palette : PngColour.Rgb;
        ForFrames(canvas =>
        {
            byte[] samples = new byte[tracks.Width * tracks.Height * (palette.Length > 0 ? 1 : 3)];
            expose(curve, canvas.Sums, samples);
            frames[canvas.Frame] = PngFrame.Compress(tracks.Width, tracks.Height, colour, samples);
        });
        return new CloudFilm(frames, palette);

        void ForFrames(Action<CloudCanvas> use) => Parallel.For(
            0,
            tracks.Frames,
            options,
            () => new CloudCanvas(tracks, hues),
            (frame, _, canvas) =>
            {
                canvas.Draw(frame);
                use(canvas);
                progress.Report(Interlocked.Increment(ref done) / (2.0 * tracks.Frames));
                return canvas;
            },
            _ => { });
    }
}
