namespace ScoreGpu.Tests.Engine;

/// <summary>Random damage to a valid file, the same for the same seed.</summary>
internal static class Mutations
{
    internal static byte[] Mutate(byte[] valid, Random random)
    {
        List<byte> bytes = [.. valid];
        int changes = 1 + random.Next(4);
        for (int change = 0; change < changes && bytes.Count > 0; change++)
        {
            // Most of the damage goes near the start, where the headers are.
            int limit = random.Next(3) == 0 ? bytes.Count : Math.Min(bytes.Count, 200);
            int at = random.Next(limit);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveAt(at);
                    break;
                case 5:
                    bytes[at] = (byte)"0123456789-,:[]{}()'\"\\.eE <"[random.Next(27)];
                    break;
                default:
                    int length = random.Next(Math.Min(40, bytes.Count - at));
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
