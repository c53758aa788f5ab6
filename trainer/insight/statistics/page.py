"""All panels as one page that needs nothing else: no script, no network, light and dark."""

from collections.abc import Iterable
from html import escape

from trainer.insight.plots.shapes import Plot
from trainer.insight.plots.svg import draw
from trainer.insight.statistics.panels import Panel
from trainer.insight.statistics.statistics import Statistics
from trainer.text import clean

_STYLE = """
:root { color-scheme: light dark; --page: #faf8f4; --text: #24262b; --quiet: #5d6675; --fill: #2f5f8f; --mark: #a6303b;
  --s0: #e2ded4; --s1: #b9cbdc; --s2: #86a7c6; --s3: #4f7ea9; --s4: #1d4a76; --imported: #c9b68f; }
@media (prefers-color-scheme: dark) { :root { --page: #16181c; --text: #d6d3cd; --quiet: #8a93a6; --fill: #7aa2c9;
  --mark: #e0af68; --s0: #282c33; --s1: #33475c; --s2: #45678a; --s3: #5d8ab5; --s4: #8fbbe6; --imported: #6b5a38; } }
body { background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; max-width: 50rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 0.25rem; } p { margin: 0.25rem 0 0.75rem; }
.quiet, summary { color: var(--quiet); }
svg { display: block; width: 100%; height: auto; margin: 0.75rem 0; }
svg text { fill: var(--quiet); font-size: 12px; }
.fill { fill: var(--fill); } .axis { stroke: var(--quiet); } .mark { stroke: var(--mark); stroke-width: 2; }
.shade0 { fill: var(--s0); } .shade1 { fill: var(--s1); } .shade2 { fill: var(--s2); } .shade3 { fill: var(--s3); }
.shade4 { fill: var(--s4); } .imported { fill: var(--imported); }
details { overflow-x: auto; margin-bottom: 1rem; } table { border-collapse: collapse; font-size: 0.85rem; }
th, td { text-align: left; padding: 0.1rem 0.75rem 0.1rem 0; }
"""


def page(found: Statistics, panels: Iterable[Panel]) -> str:
    """Return the page."""
    about = f"{found.scope.words}, {found.first} to {found.today}"
    body = "".join(map(_section, panels))
    return clean(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Where you stand: {escape(about)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>Where you stand</h1>\n<p class="quiet">{escape(about)}</p>\n{body}</body>\n</html>\n'
    )


def _section(panel: Panel) -> str:
    plots = "".join(
        f'<p class="quiet">{escape(plot.caption)}</p>\n{draw(plot, plot.caption, panel.sentence)}{_table(plot)}'
        for plot in panel.plots
    )
    return (
        f'<section id="{panel.key}">\n<h2>{escape(panel.title)}</h2>\n'
        f"<p>{escape(panel.sentence)}</p>\n{plots}</section>\n"
    )


def _table(plot: Plot) -> str:
    headings, rows = plot.table()
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    lines = "".join("<tr>" + "".join(f"<td>{escape(each)}</td>" for each in row) + "</tr>\n" for row in rows)
    return f"<details><summary>The numbers</summary><table><tr>{head}</tr>\n{lines}</table></details>\n"
