"""extractor check: figures of many articles held against each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

if TYPE_CHECKING:
    from extractor.store import Comparison, Store

ALARM = 3
SHOWN = 5  # ids named in a message


@click.command()
@click.argument("records", nargs=-1, metavar="RECORDS…", type=click.Path(path_type=Path))
@click.option(
    "--store", "path", type=click.Path(path_type=Path, dir_okay=False), help="Keep the figures in this database file."
)
@click.option(
    "--remove", "gone", multiple=True, metavar="ID", help="Take an article out of the store; may be repeated."
)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "table"]), help="jsonl, or a table for people (on a terminal)."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
@click.option(
    "--fail-on", type=click.Choice(["alarm"]), help="End with status 3 if articles contradict each other or themselves."
)
@lexicon()
def command(
    *,
    records: tuple[Path, ...],
    path: Path | None,
    gone: tuple[str, ...],
    form: str | None,
    out: Path | None,
    fail_on: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Compare figures across the articles of RECORDS (files, folders or stores): conflicts and agreements.

    With --store, the articles are kept in a database and compared with those already there. An article whose id
    is there already is replaced by its new version. Only one process at a time can write to a store.
    """
    from extractor.errors import UsageError  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.store import Store  # noqa: PLC0415
    from extractor.write.target import refuse_overlap  # noqa: PLC0415

    with faults.told():
        if not records and path is None:
            raise click.UsageError("give RECORDS, a --store, or both")
        if not records and path is not None and not path.exists():
            raise UsageError(f"{path}: no such store; make one with: extractor check RECORDS --store {path}")
        refuse_overlap(records, path, out)
        with Store.open(path, folders=folders) as store:
            _bring_in(store, records, gone)
            conflicts = _write(
                store.compare(), form or ("table" if out is None and sys.stdout.isatty() else "jsonl"), out
            )
            if fail_on and (conflicts or store.alarms()):
                sys.exit(ALARM)


def _bring_in(store: Store, records: tuple[Path, ...], gone: tuple[str, ...]) -> None:
    """Take articles out of the store and into it, and tell how many."""
    from extractor.batch.tally import counted  # noqa: PLC0415
    from extractor.errors import UsageError  # noqa: PLC0415
    from extractor.store.inputs import lines_of  # noqa: PLC0415

    for article in gone:
        if not store.remove(article):
            raise UsageError(f"there is no article {article!r} in the store; nothing was removed for it")
        click.echo(f"{article}: removed", err=True)
    if records:
        told = store.add_lines(lines_of(records))
        added = counted(told.added, "articles")
        click.echo(f"{added} added, {told.replaced:,} replaced, {told.unchanged:,} unchanged", err=True)
        if told.repeated:
            many, first = counted(len(told.repeated), "ids"), ", ".join(told.repeated[:SHOWN])
            more = " …" if len(told.repeated) > SHOWN else ""
            click.echo(f"{many} came more than once; the last article counts: {first}{more}", err=True)


def _write(comparisons: Iterator[Comparison], form: str, out: Path | None) -> int:
    """Write the comparisons; how many conflicts there are."""
    from extractor.batch.tally import counted  # noqa: PLC0415
    from extractor.store.listing import table  # noqa: PLC0415
    from extractor.write.lines import to_line  # noqa: PLC0415
    from extractor.write.writers import writing  # noqa: PLC0415

    verdicts = {"conflict": 0, "consistent": 0}

    def counting() -> Iterator[Comparison]:
        for comparison in comparisons:
            verdicts[comparison.verdict] += 1
            yield comparison

    with writing(out, "jsonl") as writer:
        if form == "jsonl":
            for comparison in counting():
                writer.write(to_line(comparison.as_json()))
        else:
            for line in table(list(counting())):
                writer.write(line.encode("utf-8", "replace"))
    told = counted(verdicts["conflict"], "conflicts"), counted(verdicts["consistent"], "agreements")
    click.echo(", ".join(told), err=True)
    return verdicts["conflict"]
