using System.Text.Json;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Interactive;

namespace ScoreGpu.Tests.Viz.Pages.Browser;

/// <summary>Interactive figures in a browser.</summary>
public sealed class InteractivePageTests(Chromium browser) : IDisposable
{
    private const string Slider = "check.figures()[0]";
    private const string Player = "check.figures()[1]";

    private readonly TemporaryFolder _folder = new();

    private string PagePath => _folder.Put("index.html", InteractiveSamples.Page().ToHtml());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_page_of_both_is_sound() => PageCheck.RequireSound(browser, PagePath);

    [Fact]
    public async Task Keys_move_the_slider()
    {
        await using BrowserTab tab = await Open();
        Assert.StartsWith("σ = 0.10 · longest arrow ", await Label(tab, Slider), StringComparison.Ordinal);
        string picture = await Picture(tab, Slider);

        await tab.Evaluate($"{Slider}.querySelector('input').focus()");
        await tab.Press("ArrowRight", 39);
        await tab.Until($"check.label({Slider}).startsWith('σ = 0.20')");
        Assert.NotEqual(picture, await Picture(tab, Slider));
        Assert.Equal("σ = 0.20", await tab.Text($"{Slider}.querySelector('input').getAttribute('aria-valuetext')"));

        await tab.Press("ArrowLeft", 37);
        await tab.Until($"check.label({Slider}).startsWith('σ = 0.10')");
        Assert.Equal(picture, await Picture(tab, Slider));
        Assert.Equal("Noise level", await tab.Text($"{Slider}.querySelector('input').labels[0].innerText.trim()"));
    }

    [Fact]
    public async Task Nothing_plays_by_itself_and_playing_ends_with_the_frames()
    {
        await using BrowserTab tab = await Open();
        await tab.Evaluate($"{Player}.scrollIntoView({{ behavior: 'instant' }})");
        await Frames(tab, 5);
        Assert.Equal("t = 0.00", await Label(tab, Player));
        string first = await Picture(tab, Player);

        await tab.Evaluate($"{Player}.querySelector('.play').focus()");
        await tab.Press(" ", 32);
        await tab.Until($"check.label({Player}) === 't = 1.10'");
        await tab.Until($"{Player}.querySelector('.play').textContent === 'Play'");
        string last = await Picture(tab, Player);
        Assert.NotEqual(first, last);
        await Frames(tab, 5);
        Assert.Equal(last, await Picture(tab, Player));

        // Once more from the beginning.
        await tab.Evaluate($"{Player}.querySelector('.play').click()");
        await tab.Until($"check.label({Player}) !== 't = 1.10'");
    }

    [Fact]
    public async Task Pause_stops_on_a_recorded_frame_and_the_scrubber_too()
    {
        await using BrowserTab tab = await Open();
        await tab.Evaluate($"{Player}.scrollIntoView({{ behavior: 'instant' }})");
        foreach (string stop in new[] { $"{Player}.querySelector('.play').click()", $"check.move({Player}, 2)" })
        {
            await tab.Evaluate($"check.move({Player}, 0)");
            await tab.Evaluate($"{Player}.querySelector('.play').click()");
            Assert.Equal("Pause", await tab.Text($"{Player}.querySelector('.play').textContent"));
            await tab.Until($"check.label({Player}) !== 't = 0.00'");
            await tab.Evaluate(stop);
            string label = await Label(tab, Player);
            string picture = await Picture(tab, Player);
            await Frames(tab, 10);
            Assert.Equal("Play", await tab.Text($"{Player}.querySelector('.play').textContent"));
            Assert.Equal(label, await Label(tab, Player));
            Assert.Equal(picture, await Picture(tab, Player));

            // The same picture as where the scrubber is moved to that frame.
            await tab.Evaluate($"check.move({Player}, {Player}.querySelector('input').value)");
            Assert.Equal(picture, await Picture(tab, Player));
        }
    }

    [Fact]
    public async Task A_reader_who_prefers_stillness_sees_recorded_frames_only()
    {
        await using BrowserTab tab = await Open(("prefers-reduced-motion", "reduce"));
        await tab.Evaluate(
            $$"""
            check.still = new Map();
            for (let frame = 0; frame < 12; frame++) {
              check.move({{Player}}, frame);
              check.still.set(check.label({{Player}}), check.picture({{Player}}));
            }
            check.move({{Player}}, 0);
            """);
        await tab.Evaluate($"{Player}.scrollIntoView({{ behavior: 'instant' }})");
        await tab.Evaluate($"{Player}.querySelector('.play').click()");
        JsonElement seen = await tab.Evaluate(
            $$"""
            new Promise((resolve) => {
              let [seen, odd] = [0, 0];
              const look = () => {
                seen++;
                odd += check.still.get(check.label({{Player}})) === check.picture({{Player}}) ? 0 : 1;
                if (check.label({{Player}}) === 't = 1.10') { resolve([seen, odd]); } else { requestAnimationFrame(look); }
              };
              look();
            })
            """);
        Assert.True(seen[0].GetInt32() > 1);
        Assert.Equal(0, seen[1].GetInt32());
    }

    [Fact]
    public async Task Trails_are_drawn_and_go_again()
    {
        await using BrowserTab tab = await Open();
        await tab.Evaluate($"check.move({Player}, 6)");
        string plain = await Picture(tab, Player);

        await tab.Evaluate($"{Player}.querySelector('.trails').click()");
        Assert.Equal("true", await tab.Text($"{Player}.querySelector('.trails').getAttribute('aria-pressed')"));
        Assert.NotEqual(plain, await Picture(tab, Player));
        await tab.Evaluate($"{Player}.querySelector('.trails').click()");
        Assert.Equal(plain, await Picture(tab, Player));
    }

    [Fact]
    public async Task The_look_changes_with_the_page_and_with_the_system()
    {
        await using BrowserTab tab = await Open(("prefers-color-scheme", "light"));
        string light = await Picture(tab, Slider);

        await tab.Prefer(("prefers-color-scheme", "dark"));
        await tab.Until($"check.picture({Slider}) !== check.light");
        string dark = await Picture(tab, Slider);
        Assert.NotEqual(light, dark);

        await tab.Evaluate("document.getElementById('theme').click()");
        await Frames(tab, 1);
        Assert.Equal(light, await Picture(tab, Slider));
        await tab.Evaluate("document.getElementById('theme').click()");
        await Frames(tab, 1);
        Assert.Equal(dark, await Picture(tab, Slider));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(3.0)]
    public async Task A_canvas_has_the_pixels_of_the_screen(double ratio)
    {
        await using BrowserTab tab = await Open();
        foreach (int width in new[] { 390, 1400 })
        {
            await tab.Resize(width, ratio);
            await tab.Until(
                $$"""
                innerWidth === {{width}} && [...document.querySelectorAll('canvas')].every((canvas) => {
                  const box = canvas.getBoundingClientRect();
                  return devicePixelRatio === {{Number(ratio)}}
                    && Math.abs(canvas.width - box.width * devicePixelRatio) <= devicePixelRatio
                    && Math.abs(canvas.height - box.height * devicePixelRatio) <= devicePixelRatio;
                })
                """);
        }

        static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_command_is_copied()
    {
        await using BrowserTab tab = await Open();
        await tab.Evaluate("navigator.clipboard.writeText = (text) => { check.copied = text; return Promise.resolve(); }");
        Assert.Equal("false", await tab.Text("document.querySelector('.copy').hidden"));
        await tab.Evaluate("document.querySelector('.copy').click()");
        await tab.Until("document.querySelector('.copy').textContent === 'Copied'");
        Assert.Equal("scoregpu field --model model.safetensors --time 30", await tab.Text("check.copied"));
    }

    [Fact]
    public async Task A_script_that_fails_is_heard()
    {
        string path = _folder.Put(
            "broken.html", InteractiveSamples.Page().ToHtml().Replace("\"view\":[", "\"sight\":[", StringComparison.Ordinal));
        await using BrowserTab tab = await browser.Open(path);
        await tab.Until("document.readyState === 'complete'");
        Assert.NotEmpty(tab.Complaints);
    }

    private async Task<BrowserTab> Open(params (string Name, string Value)[] features)
    {
        BrowserTab tab = await browser.Open(PagePath, 1000, features);
        await PageCheck.Prepare(tab);
        await tab.Evaluate($"check.light = check.picture({Slider})");
        return tab;
    }

    private static Task<string> Label(BrowserTab tab, string figure) => tab.Text($"check.label({figure})");

    private static Task<string> Picture(BrowserTab tab, string figure) => tab.Text($"check.picture({figure})");

    private static Task<JsonElement> Frames(BrowserTab tab, int count) => tab.Evaluate(
        $$"""
        new Promise((resolve) => {
          let left = {{count}};
          const step = () => { if (left-- === 0) { resolve(); } else { requestAnimationFrame(step); } };
          step();
        })
        """);
}
