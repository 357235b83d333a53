using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Engine;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_known_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Next(c0, c1, c2, c3, k0, k1));

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x80000000u)]
    [InlineData(0xffffffffu)]
    public void Box_Muller_has_the_radius_of_its_word(uint word)
    {
        (double z0, double z1) = BoxMuller.Transform(word, 0x12345678u);

        double u = (word / 4294967296.0) + (1.0 / 8589934592.0);
        Assert.Equal(-2.0 * Math.Log(u), (z0 * z0) + (z1 * z1), 1e-13 * Math.Max(1.0, -2.0 * Math.Log(u)));
    }

    [Fact]
    public void Box_Muller_is_finite_at_both_ends_of_the_radius()
    {
        Assert.Equal(6.76371, BoxMuller.Transform(0, 0).Z0, 1e-5);
        Assert.True(BoxMuller.Transform(0xffffffff, 0).Z0 is > 0.0 and < 2e-5);
    }

    [Theory]
    [InlineData(0u, 1.0, 0.0)]
    [InlineData(0x20000000u, 0.70710678118654752, 0.70710678118654752)]
    [InlineData(0x40000000u, 0.0, 1.0)]
    [InlineData(0x80000000u, -1.0, 0.0)]
    [InlineData(0xC0000000u, 0.0, -1.0)]
    public void Box_Muller_turns_by_the_angle_word(uint word, double cos, double sin)
    {
        (double z0, double z1) = BoxMuller.Transform(0x1000, word);

        double radius = BoxMuller.Transform(0x1000, 0).Z0;
        Assert.Equal(radius * cos, z0, 1e-14);
        Assert.Equal(radius * sin, z1, 1e-14);
    }

    [Fact]
    public void Draw_d_fills_dimensions_4d_to_4d_plus_3()
    {
        const ulong seed = 0x0123456789abcdef;
        double[] z = new double[7];
        NormalDraws.Fill(seed, 11, 22, PhiloxStreams.Probes, z);

        (uint x0, uint x1, uint x2, uint x3) = Philox.Next(11, 22, 0, 6, 0x89abcdef, 0x01234567);
        (uint y0, uint y1, uint y2, uint y3) = Philox.Next(11, 22, 1, 6, 0x89abcdef, 0x01234567);
        Assert.Equal((z[0], z[1]), BoxMuller.Transform(x0, x1));
        Assert.Equal((z[2], z[3]), BoxMuller.Transform(x2, x3));
        Assert.Equal((z[4], z[5]), BoxMuller.Transform(y0, y1));
        Assert.Equal(z[6], BoxMuller.Transform(y2, y3).Z0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_shorter_vector_is_a_prefix_of_a_longer_one(int length)
    {
        double[] whole = new double[8];
        double[] part = new double[length];
        NormalDraws.Fill(5, 1, 2, 3, whole);
        NormalDraws.Fill(5, 1, 2, 3, part);

        Assert.Equal(whole[..length], part);
    }

    [Fact]
    public void Normals_have_the_moments_of_a_standard_normal()
    {
        const int count = 200_000;
        double[] sums = new double[5];
        double product = 0.0;
        double[] z = new double[2];
        for (uint i = 0; i < count; i++)
        {
            NormalDraws.Fill(42, i, 0, PhiloxStreams.InitialState, z);
            product += z[0] * z[1];
            for (int power = 1; power <= 4; power++)
            {
                sums[power] += Math.Pow(z[0], power);
            }
        }

        // Five standard errors each: of z, z², z³, z⁴ and z₀z₁.
        double root = Math.Sqrt(count);
        Assert.Equal(0.0, sums[1] / count, 5.0 / root);
        Assert.Equal(1.0, sums[2] / count, 5.0 * Math.Sqrt(2.0) / root);
        Assert.Equal(0.0, sums[3] / count, 5.0 * Math.Sqrt(15.0) / root);
        Assert.Equal(3.0, sums[4] / count, 5.0 * Math.Sqrt(96.0) / root);
        Assert.Equal(0.0, product / count, 5.0 / root);
    }

    [Theory]
    [InlineData("1e-10", "1.00000000005e-10")]
    [InlineData("1e-5", "1.00000500001667e-5")]
    [InlineData("-1e-3", "-9.99500166625008e-4")]
    [InlineData("0.5", "0.648721270700128")]
    [InlineData("-3", "-0.950212931632136")]
    [InlineData("-30", "-0.999999999999906")]
    [InlineData("-800", "-1")]
    public void Exp_minus_one_keeps_its_digits(string x, string expected) =>
        Printed.Matches(expected, ExpMinusOne.Of(double.Parse(x, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Exp_minus_one_reaches_its_limits()
    {
        Assert.Equal(0.0, ExpMinusOne.Of(0.0));
        Assert.Equal(-1.0, ExpMinusOne.Of(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, ExpMinusOne.Of(1e4));
    }
}
