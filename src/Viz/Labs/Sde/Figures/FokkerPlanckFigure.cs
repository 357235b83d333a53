using System.Globalization;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 6: both sides of the continuity equation on a grid, their difference, and five residuals.</summary>
internal static class FokkerPlanckFigure
{
    private const double Reach = 3;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FokkerPlanckStudy study)
    {
        double largest = study.Slope.Values.Max(Math.Abs);
        double least = study.Residual.Values.Max(Math.Abs);
        double scale = Math.Pow(10, Math.Floor(Math.Log10(largest / least)));
        string times = scale.ToString("N0", CultureInfo.InvariantCulture);
        Figure figure = new(11, 9.4, rows: 2, columns: 2);
        SignedField.Draw(figure[0, 0].Square(Reach), study.Slope, largest).Title("∂p/∂t\nred: p rises, blue: it falls")
            .YLabel("x₂");
        SignedField.Draw(figure[0, 1].Square(Reach), study.Flow, largest).Title("−∇·(v·p)\nof the probability flow");
        ScalarGrid magnified = new(
            study.Residual.X, study.Residual.Y, Array.ConvertAll(study.Residual.Values, value => value * scale));
        SignedField.Draw(figure[1, 0].Square(Reach), magnified, largest)
            .Title($"Their difference\ntimes {times}").XLabel("x₁").YLabel("x₂");
        Panel residuals = figure[1, 1]
            .Title("Residual of five equations\nover the size of ∂p/∂t").XLabel("spacing of the grid").LogX().LogY()
            .YLimits(Lowest(study), 60);
        Add("forward_sde", "SDE, forward", Ink.Blue, Dash.Solid, Marker.Circle);
        Add("probability_flow", "probability flow", SdeInks.Flow, Dash.Solid, Marker.Square);
        Add("reverse_sde", "SDE, reverse", SdeInks.Sde, Dash.Dashed, Marker.Triangle);
        Add("reverse_sde_as_printed", "reverse, as printed", Ink.Pink, Dash.Dotted, Marker.Cross);
        Add("flow_without_half", "flow without ½", Ink.Slate, Dash.Dotted, Marker.Diamond);
        residuals.Legend(LegendPlacement.LowerRight);
        return new LabFigure(
            "fokker-planck",
            "The change of the density and what the flow moves there agree; residuals fall with the square of the grid's "
            + "spacing for the equations that hold.",
            figure);

        void Add(string key, string label, Ink ink, Dash dash, Marker marker) => residuals.Line(
            study[key].Rows.Select(row => row.Spacing).ToArray(),
            study[key].Rows.Select(row => row.Residual).ToArray(),
            color: ink, width: 1.9, dash: dash, marker: marker, markerSize: 6, label: label);
    }

    // Room for the legend under the lowest curve.
    private static double Lowest(FokkerPlanckStudy study) =>
        0.02 * study.Equations.SelectMany(equation => equation.Rows).Min(row => row.Residual);
}
