namespace ScoreGpu.Viz.Pages;

/// <summary>The few lines of script of a page. Without them it follows the system's look and has no switch.</summary>
internal static class PageScript
{
    /// <summary>Runs before anything is drawn, so that the page does not flash: <c>#dark</c> or <c>#light</c> in the
    /// address, or the reader's last choice.</summary>
    public const string Early =
        """
        (function () {
          var root = document.documentElement, theme = location.hash.slice(1);
          if (theme !== 'dark' ? theme !== 'light' : false) {
            try { theme = localStorage.getItem('scoregpu-theme'); } catch (error) { theme = null; }
          }
          if (theme) { root.setAttribute('data-theme', theme); }
        })();
        """;

    /// <summary>Runs at the end: the switch, the buttons that copy a command, and the section in view marked in the
    /// navigation.</summary>
    public const string Late =
        """
        (function () {
          var root = document.documentElement;
          document.getElementById('theme').addEventListener('click', function () {
            var dark = root.getAttribute('data-theme') === 'dark' ||
              (root.getAttribute('data-theme') === null ? matchMedia('(prefers-color-scheme: dark)').matches : false);
            var next = dark ? 'light' : 'dark';
            root.setAttribute('data-theme', next);
            try { localStorage.setItem('scoregpu-theme', next); } catch (error) { return; }
          });
          document.querySelectorAll('.copy').forEach(function (button) {
            button.hidden = false;
            button.addEventListener('click', function () {
              var code = button.previousElementSibling;
              function select() { getSelection().selectAllChildren(code); }
              if (!navigator.clipboard) { select(); return; }
              navigator.clipboard.writeText(code.textContent).then(function () {
                button.textContent = 'Copied';
                setTimeout(function () { button.textContent = 'Copy'; }, 1500);
              }, select);
            });
          });
          var links = {};
          document.querySelectorAll('nav a').forEach(function (link) { links[link.hash.slice(1)] = link; });
          var observer = new IntersectionObserver(function (entries) {
            entries.forEach(function (entry) {
              links[entry.target.id].classList.toggle('current', entry.isIntersecting);
            });
          }, { rootMargin: '-45% 0px -50% 0px' });
          document.querySelectorAll('main section').forEach(function (section) { observer.observe(section); });
        })();
        """;
}
