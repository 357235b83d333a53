using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.Conformance;

namespace ScoreGpu.Tests.Training;

public sealed class BatchSourceTests
{
    private static readonly DenoisingObjective Epsilon = Objectives.Epsilon(new DdpmSchedule(37), 2);

    [Fact]
    public void Pairs_stay_together_and_are_drawn_as_a_trainer_draws()
    {
        var points = ReferenceDraws.Points.Points;
        PointSet noise = new([.. points.Values.Select(value => 100 + value)], points.Count, 2);
        TrainingOptions options = new() { BatchSize = 90, Seed = 77 };
        PairBatches pairs = new(points, noise, 37, 90, 77);

        for (int step = 0; step < 3; step++)
        {
            var expected = ReferenceBatch.Of(ReferenceDraws.Points, Epsilon, options, (uint)step);
            var actual = pairs.Next(step);
            Assert.Equal(expected.Clean, actual.Clean);
            Assert.Equal(expected.Levels, actual.Levels);
            Assert.Equal(actual.Clean.Select(value => 100 + value), actual.Noise);
        }
    }

    [Fact]
    public void Pairs_that_do_not_pair_are_named()
    {
        PointSet one = new([1, 2], 1, 2);
        PointSet two = new([1, 2, 3, 4], 2, 2);
        Assert.Contains("pairs", Assert.Throws<InputException>(() => new PairBatches(one, two, 1, 1, 0)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(99)]
    public void Held_out_points_are_no_training_points(int count)
    {
        TrainingData data = new PointSetData(new PointSet([.. Enumerable.Range(0, 200).Select(i => (float)i)], 100, 2));
        var split = HeldOutSplit.Of(data, count, 9);
        var rest = ((PointSetData)split.Training).Points;

        Assert.Equal(count, split.Points.Count);
        Assert.Equal(100 - count, rest.Count);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (float)i), split.Points.Values.Concat(rest.Values).Order());
        Assert.Equal(split.Points.Values, HeldOutSplit.Of(data, count, 9).Points.Values);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(split.Points[i][0] + 1, split.Points[i][1]);
        }

        Assert.Contains("held-out", Assert.Throws<InputException>(() => HeldOutSplit.Of(data, 100, 9)).Message);
    }

    [Fact]
    public void Every_point_may_be_held_out()
    {
        TrainingData data = new PointSetData(new PointSet([0, 1, 2, 3], 4, 1));
        int[] counts = new int[4];
        for (ulong seed = 0; seed < 400; seed++)
        {
            counts[(int)HeldOutSplit.Of(data, 1, seed).Points[0][0]]++;
        }

        // Four standard deviations of a binomial.
        Assert.All(counts, count => Assert.InRange(count, 100 - 35, 100 + 35));
    }

    [Fact]
    public void A_held_out_batch_has_all_levels_alike()
    {
        var split = HeldOutSplit.Of(ReferenceDraws.Mixture, 370, 3);
        var batch = split.Batch(Epsilon, 3);

        Assert.Equal(ReferenceDraws.Mixture, split.Training);
        Assert.Equal(Enumerable.Repeat(10, 37), batch.Levels.GroupBy(level => level).Select(group => group.Count()));
        Assert.Equal(batch.Clean.Length, batch.Noise.Length);
        Assert.InRange(batch.Noise.Average(value => value * value), 0.8, 1.2);
        Assert.Empty(split.Batch(new HyvarinenObjective(), 3).Noise);
        Assert.All(
            split.Batch(new SlicedObjective(ProbeKind.Rademacher), 3).Noise, value => Assert.Equal(1f, Math.Abs(value)));
    }
}
