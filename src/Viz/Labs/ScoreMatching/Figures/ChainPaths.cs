namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>The first chains of a run, as paths and as frames.</summary>
internal static class ChainPaths
{
    /// <summary>The paths of the first chains.</summary>
    public static Points[] Of(LangevinRun run, int chains) =>
        Points.Paths(Frames(run, chains), Math.Min(chains, run.Points.Count));

    /// <summary>The kept states of the first chains, [frames, chains, 2].</summary>
    public static float[] Frames(LangevinRun run, int chains)
    {
        int all = 2 * run.Points.Count;
        int few = Math.Min(2 * chains, all);
        int frames = run.Frames.Length / all;
        float[] shown = new float[frames * few];
        for (int k = 0; k < frames; k++)
        {
            Array.Copy(run.Frames, k * all, shown, k * few, few);
        }

        return shown;
    }
}
