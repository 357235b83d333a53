namespace ScoreGpu.Tests.OpenCl;

/// <summary>Words of 32 bits, whatever they mean.</summary>
public static class WordsKernel
{
    /// <summary>Copies words.</summary>
    [Kernel]
    public static void Copy(IntView from, IntView to) => to[Grid.IdxX] = from[Grid.IdxX];
}
