namespace ScoreGpu.Viz.Kernels;

/// <summary>A function within a text, with the comments and attributes above it.</summary>
/// <param name="Type">The type that it is a member of; empty in C.</param>
/// <param name="Name">Its name.</param>
/// <param name="File">The file that it is in; empty where there is none.</param>
/// <param name="FirstLine">The number of its first line, from 1.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record CodeFunction(
    string Type, string Name, string File, int FirstLine, IReadOnlyList<string> Lines);
