using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Everything that the lab computed; figures, page and results are made from it alone.</summary>
/// <param name="Settings">How much was computed.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Analytic">Exercise 1.</param>
/// <param name="Fields">Exercise 2.</param>
/// <param name="Short">The model of 300 steps.</param>
/// <param name="Long">The model of 20,000 steps.</param>
/// <param name="Remedy">The model on the longer schedule.</param>
/// <param name="Points">The noised points at the compared steps.</param>
/// <param name="ShortAgreement">Exercise 3, the first model.</param>
/// <param name="LongAgreement">Exercise 3, the second.</param>
/// <param name="Course">Exercise 3, the fields over t.</param>
/// <param name="Pairs">Exercise 4, a few trajectories.</param>
/// <param name="OdeCrowd">Exercise 4, very many of the ODE.</param>
/// <param name="SdeCrowd">Exercise 4, very many of the SDE.</param>
/// <param name="Starts">Exercise 4, the starts.</param>
/// <param name="Clouds">Exercise 4, particles on their way.</param>
internal sealed record ScoreFunctionsData(
    ScoreFunctionsSettings Settings,
    ulong Seed,
    AnalyticScores Analytic,
    NoisyFields Fields,
    TrainedModel Short,
    TrainedModel Long,
    TrainedModel Remedy,
    IReadOnlyList<NoisyPoints> Points,
    ModelAgreement ShortAgreement,
    ModelAgreement LongAgreement,
    FieldCourse Course,
    TrajectoryPairs Pairs,
    TrajectoryCrowd OdeCrowd,
    TrajectoryCrowd SdeCrowd,
    StartStudy Starts,
    MovingClouds Clouds);
