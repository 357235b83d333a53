using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The page's fourth section: training, and noise, score and velocity as names of one answer.</summary>
internal static class NamesPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, FlowMatchingData data, PageFigures figures)
    {
        TrainedModel first = data.Models[PathModel.Flow][0];
        FlowCommands commands = new(data);
        PageSection section = page.Section("names", "Training", "Noise, score, velocity: three names of one answer")
            .Paragraph($"""
                Four networks of {first.Model.Network.Values.Length} weights each are trained for
                {first.Losses.Count} steps of {data.Settings.BatchSize} points, {data.Settings.Repeats} times each:
                both paths, and on each the noise and a velocity. VP’s velocity is <i>v</i> = <i>α</i>·<i>ε</i> −
                <i>σ</i>·{Symbols.Clean}, which is not flow matching’s {FlowSymbols.Velocity} = <i>ε</i> −
                {Symbols.Clean}: on the straight path they are multiples only at {FlowSymbols.Time} = ½.
                """)
            .Prediction(
                Html.Of($"Flow matching’s loss ends {(first.LastLoss > data.Models[PathModel.Vp][0].LastLoss
                    ? "above" : "below")} the noise predictor’s. Is it the {(
                    first.LastLoss > data.Models[PathModel.Vp][0].LastLoss ? "worse" : "better")} network?"),
                Html.Of($"""
                    The losses do not say: {Numerals.Fixed(first.LastLoss, 2)} and
                    {Numerals.Fixed(data.Models[PathModel.Vp][0].LastLoss, 3)}. {Symbols.State} does not tell which
                    {Symbols.Clean} it came from, and what cannot be told stays in the loss: at <i>σ</i>/<i>α</i> = 1 even
                    the exact velocity has {Numerals.Fixed(LevelOne(data, PathModel.Flow).BestLoss, 2)}, and the exact
                    noise {Numerals.Fixed(LevelOne(data, PathModel.Vp).BestLoss, 2)}. Only the distance to the exact answer
                    compares networks.
                    """))
            .Figure(figures["loss"], Html.Of($"""
                Left: the losses of the first run of each. Right: how far each network’s implied <i>ε</i> − {Symbols.Clean}
                is from the exact one, at equal <i>σ</i>/<i>α</i> (flow matching’s {FlowSymbols.Time} =
                <i>σ</i>/(<i>α</i> + <i>σ</i>)).
                """), commands.Train(PathModel.Flow, "flow.safetensors"))
            .Table(Networks(data));
        NetworkErrors flow = data.Errors[PathModel.Flow];
        NetworkErrors noise = data.Errors[PathModel.FlowEpsilon];
        section
            .Finding(
                noise.WorstVelocity.VelocityError > 3.0 * flow.WorstVelocity.VelocityError
                    ? "What a network is asked decides where its errors hurt."
                    : "What a network is asked matters little here.",
                $"""
                On the straight path the noise predictor’s velocity is worst at <i>σ</i>/<i>α</i> =
                {Numerals.Fixed(noise.WorstVelocity.Level, 0)}, {Numerals.Fixed(noise.WorstVelocity.VelocityError, 2)} off
                (the noise itself is {Numerals.Fixed(noise.WorstVelocity.OutputError, 3)} off there); the velocity
                predictor’s own worst is {Numerals.Fixed(flow.WorstVelocity.VelocityError, 2)}. Near pure noise
                <i>ε</i> is nearly {Symbols.State} itself, and what it says of the data is a small difference divided by
                1 − {FlowSymbols.Time}.
                """)
            .Heading("There and back again")
            .Formula($"<i>ε</i> = {Symbols.State} + (1 − <i>t</i>)·<i>u</i>,   {Symbols.Clean} = {Symbols.State} − <i>t</i>·<i>u</i>,   "
                + $"score = −<i>ε</i>/<i>σ</i> = −({Symbols.State} + (1 − <i>t</i>)·<i>u</i>)/<i>t</i>")
            .Paragraph($"""
                Given {Symbols.State}, each is linear in any other. In double precision the first two formulas hold to
                {Numerals.Significant(Math.Max(data.Formulas.NoiseOfVelocity, data.Formulas.CleanOfVelocity), 1)}, the
                third, against the velocity of the flow equation, to
                {Numerals.Significant(data.Formulas.ScoreOfVelocity, 1)} of its size. The largest |<i>v</i> −
                ½{FlowSymbols.Velocity}| on the straight path is {Numerals.Significant(data.Formulas.VOfVelocityAtHalf, 1)}
                at {FlowSymbols.Time} = ½ and {Numerals.Fixed(data.Formulas.VOfVelocityElsewhere, 1)} at
                {FlowSymbols.Time} = 0.1.
                """)
            .Prediction(
                Html.Of($"Which conversions can be trusted at both ends?"),
                Html.Of($"""
                    From {FlowSymbols.Velocity} to <i>ε</i> and to {Symbols.Clean}: an error never grows, as it is
                    multiplied by 1 − {FlowSymbols.Time} or {FlowSymbols.Time}. From <i>ε</i> to
                    {FlowSymbols.Velocity} it grows {Numerals.Fixed(Gain(data, Prediction.Epsilon, Prediction.Velocity, 0.999), 0)}
                    times at {FlowSymbols.Time} = 0.999, from {FlowSymbols.Velocity} to the score
                    {Numerals.Fixed(Gain(data, Prediction.Velocity, Prediction.Score, 0.001), 0)} times at
                    {FlowSymbols.Time} = 0.001.
                    """))
            .Figure(figures["conversions"], Html.Of($"""
                Left: by what each conversion multiplies an error, on the straight path. Right: the largest error after
                there and back in single precision: where one way shrinks the number, the way back magnifies the rounding.
                """), FlowCommands.Field("flow.safetensors", 0.5, "score.svg"))
            .Table(Worst(data))
            .Heading("Which way time runs")
            .Paragraph($"""
                With {FlowSymbols.Time} = 0 at the data the velocity is <i>ε</i> − {Symbols.Clean} and samples step against
                it. With {FlowSymbols.Time} = 0 at the noise it is {Symbols.Clean} − <i>ε</i> and they step along it: the same
                flow. What mixing the two costs the trained flow, with {Numerals.Fixed(data.Sign.Right.Nfe, 0)} Euler steps:
                """)
            .Table(Signs(data))
            .Commands(
                commands.Train(PathModel.Flow, "flow.safetensors"),
                commands.Train(PathModel.Vp, "vp.safetensors"),
                commands.Train(PathModel.VpV, "vp-v.safetensors"),
                FlowCommands.Field("flow.safetensors", 0.5, "score.svg"));
    }

    private static LevelError LevelOne(FlowMatchingData data, PathModel model) =>
        data.Errors[model].Levels.MinBy(level => Math.Abs(Math.Log(level.Level)))!;

    private static double Gain(FlowMatchingData data, Prediction from, Prediction to, double time) =>
        data.Conversions[0].Of(from, to).First(check => check.Time.Equals(time)).Gain;

    private static PageTable Networks(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("network"), Html.Text("loss, last 50 steps"), Html.Text("all runs"),
            Html.Text("worst error of ε − x₀"), Html.Text("at σ/α"), Html.Text("time to train"),
        ]);
        foreach (PathModel path in PathModel.All)
        {
            TrainedModel first = data.Models[path][0];
            LevelError worst = data.Errors[path].WorstVelocity;
            table.Row(
                Html.Text(path.Label),
                Html.Text(Numerals.Fixed(first.LastLoss, 3)),
                Html.Text(string.Join(", ", data.Models[path].Select(run => Numerals.Fixed(run.LastLoss, 3)))),
                Html.Text(Numerals.Fixed(worst.VelocityError, 3)),
                Html.Text(Numerals.Significant(worst.Level, 2)),
                Html.Text(Numerals.Seconds(first.Elapsed)));
        }

        return table;
    }

    private static PageTable Worst(FlowMatchingData data)
    {
        PageTable table = new(
        [
            Html.Text("path"), Html.Text("worst pair, there and back"), Html.Text("at t"),
            Html.Text("single precision"), Html.Text("double precision"),
        ], textColumns: 2);
        foreach (Conversions conversions in data.Conversions)
        {
            ConversionCheck worst = conversions.WorstSingle;
            table.Row(
                Html.Text(Figures.InterpolationFigure.NameOf(conversions.Process)),
                Html.Text($"{Predictions.NameOf(worst.From)} → {Predictions.NameOf(worst.To)} → "
                    + Predictions.NameOf(worst.From)),
                Html.Text(Numerals.Fixed(worst.Time, 3)),
                Html.Text(Numerals.Significant(worst.RoundTripSingle, 2)),
                Html.Text(Numerals.Significant(conversions.WorstDouble.RoundTripDouble, 2)));
        }

        return table;
    }

    private static PageTable Signs(FlowMatchingData data)
    {
        PageTable table = new(
            [Html.Text("convention"), Html.Text("energy distance²"), Html.Text("outliers")]);
        Add("as trained", data.Sign.Right);
        Add("velocity of the wrong sign", data.Sign.WrongSign);
        Add("time told the wrong way round", data.Sign.WrongTime);
        return table;

        void Add(string name, SamplerScore score) => table.Row(
            Html.Text(name),
            Html.Text(FlowSymbols.Energy(score.Energy.Value)),
            Html.Text(Numerals.Percent(score.OutlierShare)));
    }
}
