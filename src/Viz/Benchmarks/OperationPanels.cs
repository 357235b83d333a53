using ScoreGpu.Engine.Benchmarks;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>A panel for each kind of operation, with a line for each operation of it.</summary>
internal static class OperationPanels
{
    // Lines beyond these are dashed, because the colours begin again.
    private const int Colours = 8;

    // The legend of more lines is as high as the factor that the ordinate goes further down.
    private const int Lines = 10;
    private const double RoomForLines = 4;

    private static readonly (string Label, string[] Groups)[] Panels =
    [
        ("Network", ["network"]),
        ("Training", ["training"]),
        ("Sampling", ["sampling"]),
        ("Likelihood, mixture, drawing, numbers", ["likelihood", "other"]),
    ];

    private static readonly Marker[] Markers =
        [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond, Marker.Cross];

    /// <summary>Draws them; operations with fewer than two points are left out, and panels without operations.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="curveOf">The points of an operation, by its name.</param>
    /// <param name="prepare">Labels and limits a panel whose least ordinate is given.</param>
    public static Figure Draw(
        IEnumerable<BenchmarkedOperation> operations,
        Func<string, IReadOnlyList<(double X, double Y)>> curveOf,
        Action<Panel, double> prepare)
    {
        var shown = Panels
            .Select(panel => (
                panel.Label,
                Curves: operations.Where(operation => panel.Groups.Contains(operation.Group))
                    .Select(operation => (operation.Name, Points: curveOf(operation.Name)))
                    .Where(curve => curve.Points.Count > 1).ToArray()))
            .Where(panel => panel.Curves.Length > 0)
            .ToArray();
        int columns = Math.Clamp(shown.Length, 1, 2);
        int rows = Math.Max(1, (shown.Length + columns - 1) / columns);
        Figure figure = new(12, 0.9 + (4.2 * rows), rows, columns);
        for (int i = 0; i < rows * columns; i++)
        {
            Panel panel = figure[i / columns, i % columns];
            if (i >= shown.Length)
            {
                panel.NoAxes();
                continue;
            }

            panel.Title(shown[i].Label);
            double least = shown[i].Curves.Min(curve => curve.Points.Min(point => point.Y));
            prepare(panel, shown[i].Curves.Length > Lines ? least / RoomForLines : least);
            for (int c = 0; c < shown[i].Curves.Length; c++)
            {
                (string name, IReadOnlyList<(double X, double Y)> points) = shown[i].Curves[c];
                panel.Line(
                    points.Select(point => point.X).ToArray(),
                    points.Select(point => point.Y).ToArray(),
                    Ink.Cycle(c), 1.6, c < Colours ? Dash.Solid : Dash.Dashed, 0.95,
                    Markers[c % Markers.Length], 5, name);
            }

            panel.Legend();
        }

        return figure;
    }
}
