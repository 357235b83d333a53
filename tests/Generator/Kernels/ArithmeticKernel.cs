namespace ScoreGpu.Tests.Generator.Kernels;

/// <summary>Whole numbers, conversions and bits, where C and C# could part.</summary>
public static class ArithmeticKernel
{
    private const int Mask = 0x0F_F0;
    private const uint Golden = 0x9E3779B9;
    private const float Third = (float)(1.0 / 3.0);

    /// <summary>One result a slot.</summary>
    [Kernel]
    public static void Integers(IntView x, UIntView u, IntView results)
    {
        int n = Group.IdxX;
        int a = x[n];
        uint b = u[n];
        IntView r = results.SubView(n * 16, 16);

        r[0] = a >> 3;
        r[1] = a >>> 3;
        r[2] = a << (a & 63);
        r[3] = (int)(((ulong)b * Golden) >> 32);
        r[4] = a < b ? 1 : 0;  // int meets uint: both are long in C#
        r[5] = (int)((a - (long)b) >> 7);
        r[6] = a % 7;
        r[7] = a / -3;
        r[8] = (int)(-b >> 1);
        r[9] = (a & Mask) | (int)(b ^ 0xFFu);
        r[10] = Math.Max(a, -5) + Math.Min(a, 5) + Math.Clamp(a, -2, 2) + Math.Abs(a % 1000);
        r[11] = (sbyte)a + (byte)b + (short)a + (ushort)b;
        r[12] = (int)(b >> 33);
        r[13] = (int)Math.BigMul(b, b);
        r[14] = (int)(uint)((ulong)a >> 40);
        r[15] = int.MinValue + (int)(b & int.MaxValue);
    }

    /// <summary>One result a slot.</summary>
    [Kernel]
    public static void Floats(FloatView x, FloatView results)
    {
        int n = Group.IdxX;
        float a = x[n];
        FloatView r = results.SubView(n * 20);
        r[0] = a * Third;
        r[1] = a % 0.7f;
        r[2] = (int)a + (n / 2);
        r[3] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) ^ 1);
        r[4] = MathF.FusedMultiplyAdd(a, 2, 1);
        r[5] = MathF.Abs(a) + MathF.Sqrt(MathF.Abs(a));
        r[6] = MathF.Min(MathF.Max(a, -1f), 1);
        r[7] = MathF.Floor(a) + MathF.Ceiling(a) + MathF.Round(a) + MathF.Truncate(a);
        r[8] = MathF.Pow(MathF.Abs(a), 1.5f);
        r[9] = float.IsNaN(a) ? 1 : 0;
        r[10] = a / (a == 0f ? 1f : a);
        r[11] = 1e-5f + .5f + 2;
        r[12] = (uint)Math.Abs(a);
        r[13] = n is 1 or 3 ? -a : +a;
        r[14] = MathF.CopySign(3f, a);
        r[15] = float.MaxValue * 0.5f;
        r[16] = BitConverter.UInt32BitsToSingle(0x3F800000u | ((uint)n << 8));
        r[17] = MathF.Exp(-a * a) + MathF.Log(1 + (a * a)) + MathF.Tanh(a) + MathF.Sin(a) + MathF.Cos(a);
        r[18] = -MathF.PI;
        r[19] = !(a > 0) && n != 2 ? (float)n : unchecked(n * 3);
    }
}
