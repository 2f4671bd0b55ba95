"""tashan status: every source and what the last run with it said, on one screen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from archive import Archive
from crawler.health import BAD

from .display import verdict_style
from .options import console, pass_db

_ROWS, _PROBLEMS = 20, 5  # that fit on one screen


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every source and problem, well or not.")
@pass_db
def status(db: Path, everything: bool) -> None:
    """Show what the last run said of every source, those that need a look first."""
    with Archive.read(db) as archive:
        latest = archive.runs.latest()
        rows = archive.runs.by_source()
        problems = archive.runs.problems(latest["id"]) if latest else []
        articles = archive.articles.count()
        aside = len(archive.suspects.held())
    screen = console()
    screen.print(f"{db}: {articles} articles from {len(rows)} sources")
    if latest is None:
        screen.print("no crawl yet: tashan crawl")
        return
    ended = latest["finished"] or "goes on, or was killed"
    verdicts = Counter(row["verdict"] or "never crawled" for row in rows)
    screen.print(f"last run {latest['id']}: {latest['started']} – {ended}: {latest['verdict']}")
    screen.print(", ".join(f"{number} {name}" for name, number in verdicts.most_common()) + "\n")
    rows.sort(key=lambda row: (row["verdict"] not in BAD, -(row["new"] or 0), row["id"]))
    shown = rows if everything else rows[:_ROWS]
    screen.print(_table(shown))
    if len(shown) < len(rows):
        screen.print(f"… {len(rows) - len(shown)} more: tashan status --all")
    if aside:
        screen.print(f"{aside} readings kept aside: tashan suspects")
    if problems:
        screen.print(f"{len(problems)} problems in the last run:")
    for problem in problems if everything else problems[:_PROBLEMS]:
        line = (
            f"  {problem['source']}: {problem['kind']}: {problem['message']} {problem['url'] or ''}"
        )
        screen.print(escape(line), overflow="ellipsis", no_wrap=True)
    if not everything and len(problems) > _PROBLEMS:
        screen.print("  … the rest stands in the table problems")


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "articles", "newest", "last run", "listed", "new", "failed", "verdict"):
        justify = "right" if name in ("articles", "listed", "new", "failed") else "left"
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for row in rows:
        verdict = row["verdict"] or "never crawled"
        table.add_row(
            row["id"],
            str(row["articles"]),
            (row["newest"] or "")[:10],
            (row["started"] or "")[:16].replace("T", " "),
            *(
                str(row[name] if row[name] is not None else "")
                for name in ("listed", "new", "failed")
            ),
            verdict_style(verdict) + (f" · {escape(row['note'])}" if row["note"] else ""),
        )
    return table
