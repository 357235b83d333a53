using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class NcsnFigures
{
    /// <summary>The centres of the data.</summary>
    public static Points Centres => LabInks.Centres(NamedMixtures.Ring8);

    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(NcsnData data) =>
    [
        FieldsFigure.Draw(data),
        LevelsFigure.Draw(data),
        WeightFigure.Draw(data.Weights),
        SamplesFigure.Draw(data.Annealing),
        SharesFigure.Draw(data.Annealing),
        FateFigure.Draw(data),
        StepCloudsFigure.Draw(data.StepSizes),
        StepSizeFigure.Draw(data.StepSizes),
        FarPathsFigure.Draw(data),
        FarModesFigure.Draw(data.Far),
        EndPointsFigure.Draw(data.Ends),
        VariancesFigure.Draw(),
        ConversionFigure.Draw(),
        LikelihoodFigure.Draw(data.Likelihood),
        DensityMapFigure.Draw(data),
    ];
}
