using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Front;

/// <summary>A folder of labs, each in a folder of its own name, with a front page over those that are there.</summary>
/// <param name="folder">The folder.</param>
/// <param name="labs">The labs, in the page's order.</param>
public sealed class LabShelf(string folder, IReadOnlyList<ILab> labs)
{
    /// <summary>The front page.</summary>
    public string Page => Path.Combine(folder, ShelvedLab.PageName);

    /// <summary>A lab's folder.</summary>
    public string FolderOf(ILab lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        return Path.Combine(folder, lab.Name);
    }

    /// <summary>Runs every lab in turn. After each, the front page covers what is there, and its neighbours link to it.
    /// </summary>
    /// <param name="context">What to run with; each lab writes into a folder of its own.</param>
    /// <param name="finished">Told of each lab that is done.</param>
    /// <exception cref="InputException">A folder cannot be written; found out before the work starts.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped; labs that were finished stay.</exception>
    public void Run(LabContext context, Action<ILab, LabResult> finished)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(finished);
        foreach (ILab lab in labs)
        {
            StagedFolder.Prepare(FolderOf(lab)).Dispose();
        }

        for (int i = 0; i < labs.Count; i++)
        {
            LabResult result = labs[i].Run(context with
            {
                OutputFolder = FolderOf(labs[i]),
                Progress = context.Progress is null ? null : new Part(context.Progress, labs[i], i, labs.Count),
            });
            Refresh();
            finished(labs[i], result);
        }
    }

    /// <summary>Writes the front page anew and the links between the pages.</summary>
    /// <exception cref="InputException">A page cannot be written.</exception>
    public void Refresh()
    {
        try
        {
            ShelvedLab[] there = [.. labs.Select(lab => ShelvedLab.Read(lab, FolderOf(lab))).OfType<ShelvedLab>()];
            for (int i = 0; i < there.Length; i++)
            {
                Link(there[i].Lab, i > 0 ? there[i - 1].Lab : null, i + 1 < there.Length ? there[i + 1].Lab : null);
            }

            Replace(Page, FrontPage.Write(there, [.. labs.Except(there.Select(shelved => shelved.Lab))]).ToHtml());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{folder}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Writes the front page anew if there is one: after a single lab has been run into a shelf.
    /// </summary>
    /// <returns>Whether there is one.</returns>
    public bool RefreshIfThere()
    {
        bool isThere = File.Exists(Page)
            && File.ReadAllText(Page).Contains(FrontPage.Mark, StringComparison.Ordinal);
        if (isThere)
        {
            Refresh();
        }

        return isThere;
    }

    private void Link(ILab lab, ILab? before, ILab? after)
    {
        string path = Path.Combine(FolderOf(lab), ShelvedLab.PageName);
        string html = File.ReadAllText(path);
        string linked = PageSlots.Fill(html, PageSlots.Top, Html.Of(
            $"<a class=\"shelf\" href=\"../{ShelvedLab.PageName}\">All labs</a>"));
        Html back = before is null ? Html.Empty : Html.Of(
            $"<a rel=\"prev\" href=\"../{before.Name}/{ShelvedLab.PageName}\">← {before.Title}</a>");
        Html on = after is null ? Html.Empty : Html.Of(
            $"<a rel=\"next\" href=\"../{after.Name}/{ShelvedLab.PageName}\">{after.Title} →</a>");
        linked = PageSlots.Fill(linked, PageSlots.End, Html.Of($"<div class=\"neighbours\">{back}{on}</div>"));
        if (linked != html)
        {
            Replace(path, linked);
        }
    }

    private static void Replace(string path, string html) =>
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(html)));

    private sealed class Part(IProgress<LabProgress> whole, ILab lab, int index, int count) : IProgress<LabProgress>
    {
        public void Report(LabProgress value) =>
            whole.Report(new LabProgress($"{lab.Name}: {value.Stage}", (index + value.Share) / count));
    }
}
