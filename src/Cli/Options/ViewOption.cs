using System.CommandLine;
using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Cli.Options;

/// <summary><c>--view</c>: which part of the plane an image shows.</summary>
internal static class ViewOption
{
    /// <summary>The option.</summary>
    public static Option<double[]?> Create() =>
        new("--view")
        {
            Description = "What the image must show: the ends of both directions, or left, right, bottom and top. One "
                + "direction is widened, so that both have one scale. [default: 99% of the ends of the run's first 2048 "
                + "trajectories, and 0.2 times their extent on every side]",
            HelpName = "LOW HIGH|LEFT RIGHT BOTTOM TOP",
            Arity = new ArgumentArity(2, 4),
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result =>
            {
                double[] edges = new double[result.Tokens.Count];
                bool isValid = edges.Length is 2 or 4;
                for (int i = 0; i < edges.Length; i++)
                {
                    isValid &= NumberOption.TryParse(result.Tokens[i].Value, out edges[i]);
                    isValid &= i % 2 == 0 || edges[i - 1] < edges[i];
                }

                if (!isValid)
                {
                    string given = string.Join(' ', result.Tokens.Select(token => token.Value));
                    result.AddError(
                        $"--view is '{given}'; expected two or four finite numbers, the lower of each two first.");
                }

                return edges;
            },
        };

    /// <summary>The view that was asked for, in data units; null where none was.</summary>
    public static CanvasView? Find(
        ParseResult parsed, Option<double[]?> option, int width, int height, int axisX, int axisY) =>
        parsed.GetValue(option) is { Length: >= 2 } edges
            ? new CanvasView(edges[0], edges[1], edges[^2], edges[^1], axisX, axisY).WidenedTo(width, height)
            : null;
}
