namespace ScoreGpu.Engine.Files;

/// <summary>Recorded trajectories, an npy array [frames, chains, D].</summary>
/// <param name="Values">The states, row-major.</param>
/// <param name="Frames">The number of frames.</param>
/// <param name="Chains">The number of chains.</param>
/// <param name="Dimension">D.</param>
public sealed record TrajectoriesFile(float[] Values, int Frames, int Chains, int Dimension)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is missing, malformed, empty, or of another shape.</exception>
    public static TrajectoriesFile Read(string path)
    {
        Tensor array = NpyFile.Read(path);
        if (array.Shape.Length != 3 || array.Count == 0)
        {
            throw InputException.For(
                $"the shape of '{path}'", $"({string.Join(", ", array.Shape)})", "[frames, chains, D], none of them 0");
        }

        return new TrajectoriesFile(array.ToSingles(), array.Shape[0], array.Shape[1], array.Shape[2]);
    }
}
