namespace ScoreGpu.Viz.Pages;

/// <summary>The look of every page.</summary>
internal static class PageStyle
{
    private const string LightColours =
        """
        --page: #ffffff; --panel: #f5f7fb; --text: #182234; --soft: #526178; --line: #dfe5ee;
        --accent: #7c3aed; --warm: #c2410c; --tint: #f5f1fe; --code: #f1f4f9; --figure: #ffffff; color-scheme: light;
        """;

    private const string DarkColours =
        """
        --page: #0b1020; --panel: #111a30; --text: #e8edf5; --soft: #9fb0c7; --line: #273449;
        --accent: #a78bfa; --warm: #fb923c; --tint: #17183a; --code: #0f172a; --figure: #0b1020; color-scheme: dark;
        """;

    /// <summary>The style sheet.</summary>
    public const string Css =
        ":root { " + LightColours + " }\n"
        + "@media (prefers-color-scheme: dark) { :root { " + DarkColours + " } }\n"
        + ":root[data-theme=light] { " + LightColours + " }\n"
        + ":root[data-theme=dark] { " + DarkColours + " }\n"
        + Rules;

    private const string Rules =
        """
        .only-dark { display: none; }
        @media (prefers-color-scheme: dark) { .only-dark { display: block; } .only-light { display: none; } }
        :root[data-theme=light] .only-light { display: block; } :root[data-theme=light] .only-dark { display: none; }
        :root[data-theme=dark] .only-dark { display: block; } :root[data-theme=dark] .only-light { display: none; }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body { margin: 0; background: var(--page); color: var(--text);
          font: 400 1.0625rem/1.65 "Source Serif 4", "Iowan Old Style", Charter, "Bitstream Charter", Georgia,
          "Noto Serif", "DejaVu Serif", serif; font-variant-numeric: lining-nums; }
        h1, h2, h3, nav, .kicker, .bar, table, figcaption, .tag, .highlights, footer, summary {
          font-family: Inter, "Segoe UI", "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif; }
        a { color: var(--accent); text-underline-offset: 0.2em; }
        header, main, footer, nav div { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
        .bar { display: flex; justify-content: space-between; align-items: center; padding-top: 1.25rem; }
        .home { font-weight: 700; letter-spacing: 0.02em; color: var(--soft); text-decoration: none; }
        #theme { font-size: 1.25rem; line-height: 1; width: 2.5rem; height: 2.5rem; color: var(--text); cursor: pointer;
          background: var(--panel); border: 1px solid var(--line); border-radius: 50%; }
        h1 { font-size: clamp(2rem, 6vw, 3.25rem); line-height: 1.08; letter-spacing: -0.025em; margin: 3rem 0 1rem; }
        .lead { font-size: 1.25rem; line-height: 1.55; color: var(--soft); max-width: 44rem; margin: 0; }
        .highlights { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px;
          margin: 2.25rem 0 2.5rem; background: var(--line); border: 1px solid var(--line); border-radius: 0.75rem;
          overflow: hidden; }
        .highlights div { background: var(--panel); padding: 1rem 1.15rem; display: flex;
          flex-direction: column-reverse; justify-content: flex-end; }
        .highlights dt { font-size: 0.85rem; line-height: 1.4; color: var(--soft); }
        .highlights dd { margin: 0 0 0.2rem; font-size: 1.6rem; font-weight: 650; letter-spacing: -0.02em;
          line-height: 1.25; }
        nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); }
        nav div { display: flex; gap: 0.25rem; overflow-x: auto; scrollbar-width: none; padding-left: 0.6rem; }
        nav a { flex: 1 0 auto; padding: 0.65rem 0.65rem 0.55rem; text-decoration: none; color: var(--soft);
          font-size: 0.82rem; line-height: 1.35; border-bottom: 2px solid transparent; }
        nav a b { display: block; color: var(--text); font-weight: 600; }
        nav a.current { border-bottom-color: var(--accent); }
        nav a.current b { color: var(--accent); }
        section { padding: 3.5rem 0 1.5rem; border-bottom: 1px solid var(--line); }
        section:last-child { border-bottom: 0; }
        .kicker { color: var(--accent); font-weight: 650; font-size: 0.85rem; letter-spacing: 0.08em;
          text-transform: uppercase; margin: 0; }
        h2 { font-size: clamp(1.6rem, 4vw, 2.15rem); line-height: 1.2; letter-spacing: -0.02em;
          margin: 0.25rem 0 1rem; }
        h3 { font-size: 1.2rem; line-height: 1.35; margin: 2.75rem 0 0.5rem; letter-spacing: -0.01em; }
        section > p, .finding, .prediction { max-width: 44rem; }
        p { margin: 0 0 1rem; text-wrap: pretty; overflow-wrap: break-word; }
        .formula { margin: 1.25rem 0; padding: 0.2rem 0 0.2rem 1.15rem; border-left: 3px solid var(--line);
          font-size: 1.15rem; overflow-x: auto; }
        i { padding-right: 0.04em; }
        sub, sup { font-size: 0.72em; line-height: 0; }
        .root { border-top: 1px solid currentColor; padding: 0.05em 0.1em 0; }
        .prediction { margin: 0.75rem 0; border: 1px solid var(--line); border-radius: 0.75rem;
          background: var(--panel); }
        .prediction summary { padding: 0.85rem 1.1rem; cursor: pointer; line-height: 1.5; font-size: 1rem; }
        .prediction summary::marker { color: var(--accent); }
        .prediction .answer { padding: 0 1.1rem 0.2rem; }
        .tag { display: inline-block; margin: 0 0.4rem 0 0.15rem; padding: 0.05rem 0.5rem; border-radius: 1rem;
          background: var(--accent); color: var(--page); font-size: 0.75rem; font-weight: 650; }
        .finding { margin: 1.5rem 0; padding: 1rem 1.2rem; background: var(--tint);
          border-left: 3px solid var(--accent); border-radius: 0 0.75rem 0.75rem 0; }
        .finding p { margin: 0; }
        figure { margin: 2rem 0; }
        .frame { border: 1px solid var(--line); border-radius: 0.75rem; overflow: auto;
          background: var(--figure); }
        .frame img { width: 100%; height: auto; margin: 0 auto; }
        .frame.small img { max-width: 40rem; }
        figcaption { margin-top: 0.7rem; font-size: 0.9rem; line-height: 1.55; color: var(--soft); max-width: 46rem; }
        figcaption b { color: var(--text); }
        .files a { margin-left: 0.35rem; font-size: 0.8rem; }
        .made { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.5rem; margin-top: 0.35rem; }
        .made code { flex: 0 1 auto; font-size: 0.78rem; line-height: 1.7; }
        .made b { font-weight: inherit; color: inherit; white-space: nowrap; }
        .copy { padding: 0 0.45rem; font: inherit; font-size: 0.75rem; line-height: 1.6; color: var(--soft);
          background: none; border: 1px solid var(--line); border-radius: 0.35rem; cursor: pointer; }
        .copy:hover { color: var(--accent); border-color: var(--accent); }
        .table { overflow-x: auto; margin: 1.5rem 0; border: 1px solid var(--line); border-radius: 0.75rem; }
        table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.4;
          font-variant-numeric: tabular-nums lining-nums; }
        th, td { padding: 0.55rem 0.8rem; text-align: left; border-bottom: 1px solid var(--line);
          vertical-align: bottom; }
        td { white-space: nowrap; vertical-align: baseline; }
        th { color: var(--soft); font-weight: 550; font-size: 0.82rem; background: var(--panel); }
        .number { text-align: right; }
        tbody tr:last-child td { border-bottom: 0; }
        tr.strong td { background: var(--tint); font-weight: 600; }
        code, pre { font-family: "JetBrains Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
          font-size: 0.85em; }
        code { background: var(--code); border-radius: 0.3rem; padding: 0.1em 0.3em; }
        pre { background: var(--code); border: 1px solid var(--line); border-radius: 0.75rem; padding: 0.9rem 1.1rem;
          overflow-x: auto; line-height: 1.6; margin: 1.25rem 0; }
        pre code { background: none; padding: 0; font-size: 1em; }
        pre.commands { white-space: normal; }
        pre.commands span { display: block; padding-left: 2em; text-indent: -2em; }
        pre.commands b { font-weight: inherit; white-space: nowrap; }
        pre.commands span + span { margin-top: 0.35em; }
        footer { padding-top: 1.5rem; padding-bottom: 4rem; color: var(--soft); font-size: 0.88rem; line-height: 1.6;
          border-top: 1px solid var(--line); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        @media (max-width: 40rem) {
          body { font-size: 1rem; } nav a span { display: none; } h1 { margin-top: 1.75rem; }
          .frame.wide img { width: 46rem; max-width: none; } section { padding-top: 2.5rem; }
          .highlights { grid-template-columns: 1fr 1fr; } .highlights dd { font-size: 1.3rem; }
        }
        @media print { nav, #theme, .copy { display: none; } details .answer { display: block; } }
        """;
}
