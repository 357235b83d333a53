using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Tests.Devices;

public sealed class SharedBlocksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Every_block_is_taken_once_however_many_help(int count)
    {
        var shared = new SharedBlocks(count);
        for (int round = 0; round < 3; round++)
        {
            shared.Close();
            int[] taken = new int[count];
            Thread[] helpers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(Help))];
            foreach (Thread helper in helpers)
            {
                helper.Start();
            }

            shared.Open(7);
            Assert.Equal(7, shared.Owner);
            Help();
            shared.AwaitAll();
            Assert.All(taken, times => Assert.Equal(1, times));
            foreach (Thread helper in helpers)
            {
                helper.Join();
            }

            void Help()
            {
                while (!shared.IsOpen)
                {
                    Thread.Yield();
                }

                while (shared.TryTake(out int block))
                {
                    Interlocked.Increment(ref taken[block]);
                    shared.Complete();
                }
            }
        }
    }
}
