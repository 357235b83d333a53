using System.Text.Json;

namespace ScoreGpu.Tests.Viz.Pages.Browser;

/// <summary>What holds of every page in a browser.</summary>
internal static class PageCheck
{
    private const string Script =
        """
        window.check = {
          figures: () => [...document.querySelectorAll('figure.interactive')],
          picture: (figure) => [...figure.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join(),
          label: (figure) => figure.querySelector('output').textContent,
          move: (figure, value) => {
            const range = figure.querySelector('input');
            range.value = value;
            range.dispatchEvent(new Event('input', { bubbles: true }));
          },
          isBlank: (canvas) => {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return data.every((value) => value === 0);
          },
          overflow: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        };
        """;

    /// <summary>Adds short words for what tests ask of a page: <c>check.picture(figure)</c> and others.</summary>
    internal static Task Prepare(BrowserTab tab) => tab.Evaluate(Script);

    /// <summary>
    /// Opens a page and requires that the console stays silent, that nothing sticks out on a phone, that no image is
    /// broken, that every slider changes its picture and its label, and that everything that plays moves and stops.
    /// </summary>
    internal static async Task RequireSound(Chromium browser, string path)
    {
        await using BrowserTab tab = await browser.Open(path);
        await Prepare(tab);
        Assert.Equal(0, (await tab.Evaluate(
            "[...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length")).GetInt32());
        int figures = (await tab.Evaluate("check.figures().length")).GetInt32();
        for (int i = 0; i < figures; i++)
        {
            await RequireMoving(tab, $"check.figures()[{i}]");
        }

        await tab.Resize(390);
        await tab.Until("innerWidth === 390");
        JsonElement overflow = await tab.Evaluate("check.overflow()");
        Assert.True(overflow.GetInt32() <= 0, $"{path} is {overflow} pixels too wide for a phone");
        Assert.Empty(tab.Complaints);
    }

    private static async Task RequireMoving(BrowserTab tab, string figure)
    {
        Assert.Equal(
            0, (await tab.Evaluate($"[...{figure}.querySelectorAll('canvas')].filter(check.isBlank).length")).GetInt32());
        await tab.Evaluate($"{figure}.scrollIntoView({{ behavior: 'instant' }})");
        await tab.Evaluate($"check.move({figure}, 0)");
        await tab.Evaluate($"check.first = [check.picture({figure}), check.label({figure})]");
        await tab.Evaluate($"check.move({figure}, {figure}.querySelector('input').max)");
        Assert.True((await tab.Evaluate($"check.picture({figure}) !== check.first[0]")).GetBoolean(), "picture");
        Assert.NotEqual(await tab.Text("check.first[1]"), await tab.Text($"check.label({figure})"));
        if ((await tab.Evaluate($"{figure}.querySelector('.play') !== null")).GetBoolean())
        {
            await tab.Evaluate($"check.move({figure}, 0)");
            await tab.Evaluate($"{figure}.querySelector('.play').click()");
            await tab.Until($"Number({figure}.querySelector('input').value) > 0");
            await tab.Evaluate($"{figure}.querySelector('.play').click()");
            Assert.Equal("Play", await tab.Text($"{figure}.querySelector('.play').textContent"));
        }
    }
}
