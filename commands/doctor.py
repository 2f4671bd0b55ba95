"""tashan doctor: proves the archive and looks at what a night needs."""

from __future__ import annotations

from pathlib import Path

import click

from archive import Archive, proof
from model.errors import ArchiveError, SourceError

from .options import catalogue, pass_db


@click.command()
@click.option("--sample", default=proof.SAMPLE, show_default=True, type=click.IntRange(1),
              help="Articles searched by brute force.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Which articles are sampled.")
@pass_db
def doctor(db: Path, sample: int, seed: int) -> None:
    """Prove the archive: every text and page by its hash, the index against brute force.

    Looks at SQLite's version, the disk, the clock and the source files too. Exit code 3 where
    something is wrong with the archive.
    """
    wrong = []
    with Archive.read(db) as archive:
        for finding in proof.findings(archive, sample, seed):
            mark = "good" if finding.good else "WRONG"
            click.echo(f"{mark:5}  {finding.what}: {finding.detail}")
            if not finding.good:
                wrong.append(finding.what)
    sources = _source_files()
    click.echo(f"{'WRONG' if sources else 'good':5}  source files: {sources or 'right'}")
    if wrong:
        raise ArchiveError(f"{db}: {', '.join(wrong)}")
    if sources:
        raise SourceError(sources)


def _source_files() -> str:
    """The first mistake in the source files, '' where there is none."""
    known = catalogue()
    try:
        for source in known.sources():
            assert source.id  # noqa: S101  reading it is the check
    except SourceError as error:
        return str(error)
    return ""
