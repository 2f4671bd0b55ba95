"""tashan status: every source and what the last run with it said, on one screen."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from archive import Archive

from .display import verdict_style
from .options import console, pass_db


@click.command()
@pass_db
def status(db: Path) -> None:
    """Show every source: articles, newest date, the last run, its problems."""
    with Archive.read(db) as archive:
        latest = archive.runs.latest()
        rows = archive.runs.by_source()
        problems = archive.runs.problems(latest["id"]) if latest else []
        articles = archive.articles.count()
    screen = console()
    screen.print(f"{db}: {articles} articles from {len(rows)} sources")
    if latest is None:
        screen.print("no crawl yet: tashan crawl")
        return
    ended = latest["finished"] or "has not ended"
    screen.print(f"last run {latest['id']}: {latest['started']} – {ended}: {latest['verdict']}\n")
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
    screen.print(table)
    if problems:
        screen.print(f"\n{len(problems)} problems in the last run:")
    for problem in problems[:20]:
        line = (
            f"  {problem['source']}: {problem['kind']}: {problem['message']} {problem['url'] or ''}"
        )
        screen.print(escape(line), overflow="ellipsis", no_wrap=True)
    if len(problems) > 20:
        screen.print("  … the rest stands in the table problems")
