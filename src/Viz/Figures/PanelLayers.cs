namespace ScoreGpu.Viz;

/// <content>One method for each kind of layer.</content>
public sealed partial class Panel
{
    /// <summary>Adds a line through points; a NaN breaks it. Widths and marker sizes are in points.</summary>
    /// <exception cref="ArgumentException">
    /// The columns differ in length, hold an infinity, or a size is not sensible.
    /// </exception>
    public Panel Line(
        Column x, Column y, Ink? color = null, double width = 1.6, Dash dash = Dash.Solid, double alpha = 1,
        Marker marker = Marker.None, double markerSize = 5, string? label = null)
    {
        Require.SameLength(y.Length, x.Length, nameof(y), nameof(x));
        RequireNoInfinity(x, nameof(x));
        RequireNoInfinity(y, nameof(y));
        return Add(new LineLayer(x, y)
        {
            Color = color,
            Width = Require.NotNegative(width),
            Dash = dash,
            Alpha = Require.Fraction(alpha),
            Marker = marker,
            MarkerSize = Require.Positive(markerSize),
            Label = label,
        });
    }

    /// <summary>Adds a line through points whose abscissas are 0, 1, 2, ….</summary>
    public Panel Line(
        Column y, Ink? color = null, double width = 1.6, Dash dash = Dash.Solid, double alpha = 1, string? label = null)
    {
        double[] x = Enumerable.Range(0, y.Length).Select(i => (double)i).ToArray();
        return Line(x, y, color, width, dash, alpha, label: label);
    }

    /// <summary>Adds the area between a curve and a level.</summary>
    public Panel Fill(Column x, Column y, double to = 0, Ink? color = null, double alpha = 0.2, string? label = null)
        => Fill(x, Enumerable.Repeat(Require.Finite(to), y.Length).ToArray(), y, color, alpha, label);

    /// <summary>Adds the area between two curves.</summary>
    /// <exception cref="ArgumentException">
    /// The columns differ in length or hold a number that is not finite.
    /// </exception>
    public Panel Fill(Column x, Column lower, Column upper, Ink? color = null, double alpha = 0.2, string? label = null)
    {
        Require.AllFinite(x.Values, nameof(x));
        Require.AllFinite(lower.Values, nameof(lower));
        Require.AllFinite(upper.Values, nameof(upper));
        Require.SameLength(lower.Length, x.Length, nameof(lower), nameof(x));
        Require.SameLength(upper.Length, x.Length, nameof(upper), nameof(x));
        return Add(new FillLayer(x, lower, upper) { Color = color, Alpha = Require.Fraction(alpha), Label = label });
    }

    /// <summary>Adds a marker at each point; sizes are diameters in points.</summary>
    public Panel Scatter(
        Points at, Ink? color = null, double size = 4, double alpha = 1, Marker marker = Marker.Circle,
        Ink? edge = null, double edgeWidth = 0.9, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        if (marker == Marker.None)
        {
            throw new ArgumentException("marker is None; expected a marker with a shape.", nameof(marker));
        }

        return Add(new ScatterLayer(at)
        {
            Color = color,
            Size = Require.Positive(size),
            Alpha = Require.Fraction(alpha),
            Marker = marker,
            Edge = edge,
            EdgeWidth = Require.Positive(edgeWidth),
            Label = label,
        });
    }

    /// <summary>Adds stars with an edge that stands out: the modes of a distribution.</summary>
    public Panel Stars(Points at, Ink? color = null, double size = 13, string? label = null)
        => Scatter(at, color ?? Ink.Orange, size, 1, Marker.Star, Ink.Foreground, 0.9, label);

    /// <summary>Adds a straight line from each point to its partner.</summary>
    /// <exception cref="ArgumentException">There are not as many ends as starts.</exception>
    public Panel Segments(
        Points from, Points to, Ink? color = null, double width = 1, Dash dash = Dash.Solid, double alpha = 1,
        string? label = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        Require.SameLength(to.Count, from.Count, nameof(to), nameof(from));
        return Add(new SegmentLayer(from, to)
        {
            Color = color,
            Width = Require.Positive(width),
            Dash = dash,
            Alpha = Require.Fraction(alpha),
            Label = label,
        });
    }

    /// <summary>
    /// Adds an arrow for each vector. Without a <paramref name="color"/> they are coloured by magnitude.
    /// <paramref name="length"/> is that of the longest arrow, in data units; by default, the spacing of the points.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are not as many vectors as points, or a size is not above 0.
    /// </exception>
    public Panel Quiver(
        Points at, Points vectors, ColorMap? map = null, Ink? color = null, double? length = null,
        ArrowLengths lengths = ArrowLengths.Proportional, double? width = null, (double Min, double Max)? range = null,
        double alpha = 1, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(vectors);
        Require.SameLength(vectors.Count, at.Count, nameof(vectors), nameof(at));
        if (range is { } ends)
        {
            Require.Increasing(ends.Min, ends.Max, "range.Min", "range.Max");
        }

        return Add(new QuiverLayer(at, vectors)
        {
            Map = map,
            Color = color,
            Length = length is { } longest ? Require.Positive(longest, nameof(length)) : null,
            Lengths = lengths,
            Width = width is { } shaft ? Require.Positive(shaft, nameof(width)) : null,
            Range = range,
            Alpha = Require.Fraction(alpha),
            Label = label,
        });
    }

    /// <summary>
    /// Adds evenly spaced streamlines of a field. Without a <paramref name="color"/> they are coloured by magnitude.
    /// <paramref name="separation"/> is the distance between lines in data units; by default, a fortieth of the shorter
    /// side.
    /// </summary>
    /// <exception cref="ArgumentException">A size is not above 0, or the separation too small to draw.</exception>
    public Panel Streamlines(
        VectorGrid field, double? separation = null, ColorMap? map = null, Ink? color = null, double width = 1.4,
        double alpha = 1, string? label = null)
    {
        const double MostAcross = 1000;
        ArgumentNullException.ThrowIfNull(field);
        double side = Math.Min(field.X[^1] - field.X[0], field.Y[^1] - field.Y[0]);
        double distance = Require.Positive(separation ?? (side / 40), nameof(separation));
        double longer = Math.Max(field.X[^1] - field.X[0], field.Y[^1] - field.Y[0]);
        if (longer / distance > MostAcross)
        {
            throw new ArgumentException(
                $"separation is {distance}; expected at least a thousandth of the longer side.", nameof(separation));
        }

        return Add(new StreamlineLayer(field, distance)
        {
            Map = map,
            Color = color,
            Width = Require.Positive(width),
            Alpha = Require.Fraction(alpha),
            Label = label,
        });
    }

    /// <summary>
    /// Adds the density of samples as bars of equal width: the share of all samples in each, divided by the width.
    /// Samples outside the range count as samples but fall in no bar.
    /// </summary>
    /// <exception cref="ArgumentException">There are no samples, one is not finite, or the range is empty.</exception>
    public Panel Histogram(
        Column samples, int bins = 60, (double Min, double Max)? range = null, Ink? color = null, double alpha = 0.45,
        string? label = null)
    {
        Require.AtLeast(samples.Length, 1, nameof(samples));
        Require.AllFinite(samples.Values, nameof(samples));
        Require.AtLeast(bins, 1);
        (double min, double max) = range ?? (samples.Values.Min(), samples.Values.Max());
        if (range is null && min == max)
        {
            (min, max) = (min - 0.5, max + 0.5);
        }

        Require.Increasing(min, max, "range.Min", "range.Max");
        return Add(HistogramLayer.OfSamples(samples, bins, min, max) with
        {
            Color = color,
            Alpha = Require.Fraction(alpha),
            Label = label,
        });
    }

    /// <summary>Adds filled contours in evenly spaced bands over the range of the values.</summary>
    public Panel Contours(ScalarGrid grid, int bands = 20, ColorMap? map = null, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Contours(grid, ContourLayer.EvenLevels(grid, Require.AtLeast(bands, 1)), map, alpha);
    }

    /// <summary>Adds filled contours between the given levels; values outside them are not painted.</summary>
    /// <exception cref="ArgumentException">There are fewer than two levels, or they do not increase.</exception>
    public Panel Contours(ScalarGrid grid, IReadOnlyList<double> levels, ColorMap? map = null, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count < 2)
        {
            throw new ArgumentException($"levels has {levels.Count} values; expected at least 2.", nameof(levels));
        }

        for (int i = 1; i < levels.Count; i++)
        {
            Require.Increasing(levels[i - 1], levels[i], $"levels[{i - 1}]", $"levels[{i}]");
        }

        return Add(new ContourLayer(grid) { Levels = levels, Map = map, Alpha = Require.Fraction(alpha) });
    }

    /// <summary>
    /// Adds paths, each with a disc where it starts and a square where it ends, if the markers have a size.
    /// </summary>
    public Panel Trajectories(
        IReadOnlyList<Points> paths, Ink? color = null, ColorMap? map = null, double width = 1, double alpha = 0.75,
        double markerSize = 5, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Add(new TrajectoryLayer(paths)
        {
            Color = color,
            Map = map,
            Width = Require.Positive(width),
            Alpha = Require.Fraction(alpha),
            MarkerSize = Require.NotNegative(markerSize),
            Label = label,
        });
    }

    /// <summary>Adds a histogram as an image.</summary>
    public Panel Density(
        DensityGrid grid, ColorMap? map = null, ToneMapping tone = ToneMapping.SquareRoot, double? peak = null,
        double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Add(new DensityLayer(grid)
        {
            Map = map,
            Tone = tone,
            Peak = peak is { } high ? Require.Positive(high, nameof(peak)) : null,
            Alpha = Require.Fraction(alpha),
        });
    }

    /// <summary>Adds a vertical line across the panel.</summary>
    public Panel VerticalLine(
        double x, Ink? color = null, double width = 1.2, Dash dash = Dash.Dashed, double alpha = 1,
        string? label = null)
        => AddReference(Require.Finite(x), true, color, width, dash, alpha, label);

    /// <summary>Adds a horizontal line across the panel.</summary>
    public Panel HorizontalLine(
        double y, Ink? color = null, double width = 1.2, Dash dash = Dash.Dashed, double alpha = 1,
        string? label = null)
        => AddReference(Require.Finite(y), false, color, width, dash, alpha, label);

    /// <summary>Adds words centred on a place in the data.</summary>
    public Panel Text(double x, double y, string words, Ink? color = null, double size = 9, bool isBold = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Add(new TextLayer(Require.Finite(x), Require.Finite(y), words)
        {
            Color = color,
            Size = Require.Positive(size),
            IsBold = isBold,
        });
    }

    private Panel AddReference(
        double value, bool isVertical, Ink? color, double width, Dash dash, double alpha, string? label)
        => Add(new ReferenceLineLayer(value, isVertical)
        {
            Color = color,
            Width = Require.Positive(width),
            Dash = dash,
            Alpha = Require.Fraction(alpha),
            Label = label,
        });

    private static void RequireNoInfinity(Column column, string name)
    {
        int bad = Array.FindIndex(column.Values, double.IsInfinity);
        if (bad >= 0)
        {
            throw new ArgumentException(
                $"{name}[{bad}] is infinite; expected a finite number, or NaN to break the line.", name);
        }
    }
}
