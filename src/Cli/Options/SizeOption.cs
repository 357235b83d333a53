using System.CommandLine;
using System.Globalization;

namespace ScoreGpu.Cli.Options;

/// <summary>Options that take the size of an image.</summary>
internal static class SizeOption
{
    /// <summary>An option that takes <c>WIDTHxHEIGHT</c>, each from 1 to a number of pixels.</summary>
    public static Option<(int Width, int Height)?> Create(string name, string description, int most) =>
        new(name)
        {
            Description = description,
            HelpName = "WIDTHxHEIGHT",
            CustomParser = result =>
            {
                string text = result.Tokens[^1].Value;
                string[] parts = text.Split('x');
                if (parts.Length == 2 && TryParse(parts[0], most, out int width) && TryParse(parts[1], most, out int height))
                {
                    return (width, height);
                }

                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} is '{text}'; expected two whole numbers from 1 to {most} with an x between them."));
                return null;
            },
        };

    private static bool TryParse(string text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most;
}
