namespace ScoreGpu.Viz.Kernels;

/// <summary>What a kernel's page adds to the look of every page.</summary>
internal static class KernelPageStyle
{
    private const string Light =
        "--k: #7c3aed; --t: #0f766e; --p: #c2410c; --n: #1d4ed8; --c: #5b6b80; --s: #a16207; --d: #9d174d; "
        + "--match: #f5f8fd;";

    private const string Dark =
        "--k: #c4b5fd; --t: #5eead4; --p: #fdba74; --n: #93c5fd; --c: #8fa1ba; --s: #fde68a; --d: #f9a8d4; "
        + "--match: #0f1830;";

    /// <summary>The words of <see cref="CodeHighlighter"/> alone, for pages that show code among other things.</summary>
    public const string Words =
        ":root { " + Light + " }\n@media (prefers-color-scheme: dark) { :root { " + Dark + " } }\n"
        + ":root[data-theme=light] { " + Light + " }\n:root[data-theme=dark] { " + Dark + " }\n" + WordRules;

    /// <summary>The style sheet.</summary>
    public const string Css = Words + Rules;

    private const string WordRules =
        """
        .k { color: var(--k); } .t { color: var(--t); } .p { color: var(--p); font-weight: 600; }
        .n { color: var(--n); } .c { color: var(--c); font-style: italic; } .s { color: var(--s); }
        .d { color: var(--d); }

        """;

    private const string Rules =
        """
        header, main, footer, nav div { max-width: 110rem; }
        main > section { padding-top: 2.5rem; }
        nav a { flex: 0 0 auto; }
        .head pre { max-width: 76rem; line-height: 1.45; }
        .facts { max-width: 60rem; }
        .lead { margin-bottom: 2rem; max-width: 60rem; }
        .facts td { white-space: normal; overflow-wrap: anywhere; }
        .facts td:first-child { white-space: nowrap; }
        .pair { border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; background: var(--page); }
        .names, .line { display: grid; grid-template-columns: 3rem minmax(0, 1fr) 3rem minmax(0, 1fr); }
        .names { background: var(--panel); border-bottom: 1px solid var(--line); padding: 0.45rem 0; color: var(--soft);
          font: 600 0.8rem/1.4 Inter, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
        .names span { grid-column: span 2; padding-left: 3.6rem; }
        .line { font-size: 0.76rem; line-height: 1.55; }
        .line.match { background: var(--match); }
        .line:hover { background: var(--tint); }
        .line b { font: 400 0.9em/1.72 "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
          text-align: right; color: var(--soft); opacity: 0.65; user-select: none; padding-right: 0.6rem; }
        .line b:nth-of-type(2) { border-left: 1px solid var(--line); }
        .line code { font-size: 1em; background: none; padding: 0 0.6rem 0 calc((var(--i, 0) + 2) * 1ch);
          text-indent: calc((var(--i, 0) + 2) * -1ch); white-space: pre-wrap; overflow-wrap: anywhere;
          font-variant-ligatures: none; border-radius: 0; }
        .alone .names span:first-child, .alone .left { display: none; }
        .alone .names, .alone .line { grid-template-columns: 3rem minmax(0, 1fr); }
        .alone .line b:nth-of-type(2) { border-left: 0; }
        @media (max-width: 56rem) {
          .names { display: none; }
          .line { grid-template-columns: 2.4rem minmax(0, 1fr); font-size: 0.72rem; }
          .line b:nth-of-type(2) { border-left: 0; }
          .line .right { background: var(--code); }
          .line b.right { box-shadow: inset 3px 0 0 var(--accent); }
          .line .none { display: none; }
          .run { display: grid; grid-template-columns: 2.4rem minmax(0, 1fr); font-size: 0.72rem; line-height: 1.55; }
          .run .line { display: contents; }
          .run .right { order: 1; }
          .line.match { border-top: 1px solid var(--line); }
        }
        """;
}
