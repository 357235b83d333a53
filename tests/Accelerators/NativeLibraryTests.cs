using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Accelerators;

public sealed class NativeLibraryTests
{
    [Fact]
    public void A_missing_library_is_a_reason_not_an_exception()
    {
        NativeLibrarySearch search = new("the test library", () => ["libscoregpu-none.so.1", "scoregpu-none.dll"]);
        Assert.Equal(0, search.Handle);
        Assert.Null(search.LoadedName);
        Assert.Equal(
            "the test library was not found (looked for libscoregpu-none.so.1, scoregpu-none.dll)",
            search.WhyMissing);
    }

    [Fact]
    public void A_library_that_is_refused_is_a_reason_too()
    {
        string runtime = typeof(object).Assembly.Location;
        string native = Path.Combine(Path.GetDirectoryName(runtime)!, NativeName());
        NativeLibrarySearch search = new(
            "the test library",
            () => [native],
            handle => NativeLibrarySearch.LacksFunction(handle, "scoregpu_none"));

        Assert.Equal(0, search.Handle);
        Assert.Contains("it has no function scoregpu_none", search.WhyMissing, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_that_will_do_is_loaded_once()
    {
        string native = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, NativeName());
        int asked = 0;
        NativeLibrarySearch search = new("the test library", () =>
        {
            asked++;
            return ["libscoregpu-none.so.1", native];
        });

        Assert.NotEqual(0, search.Handle);
        Assert.Equal(native, search.LoadedName);
        Assert.Null(search.WhyMissing);
        Assert.Equal(1, asked);
    }

    private static string NativeName() =>
        OperatingSystem.IsWindows() ? "System.IO.Compression.Native.dll"
        : OperatingSystem.IsMacOS() ? "libSystem.Native.dylib"
        : "libSystem.Native.so";
}
