"""extractor extract: articles in, one record per article out."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.commands import faults
from extractor.commands.console import Console
from extractor.commands.options import lexicon

if TYPE_CHECKING:
    from extractor.batch.order import Order

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "json", "parquet", "csv", "xlsx", "duckdb")
SECONDS = 60.0


def _mapping(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """``--field text=body`` → {"text": "body"}."""
    pairs = [value.partition("=") for value in values]
    for ours, sign, theirs in pairs:
        if not (ours and sign and theirs):
            raise click.BadParameter("write it as OURS=THEIRS, as in text=body")
    return {ours: theirs for ours, _, theirs in pairs}


def _seconds(_: click.Context, __: click.Parameter, value: float) -> float:
    """Refuse nan, which no range keeps out."""
    if math.isnan(value):
        raise click.BadParameter("nan is no number of seconds")
    return value


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="A file (its ending tells the format), a folder, or - for stdout.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Instead of what the ending of OUT tells.")
@click.option("--no-text", is_flag=True, help="Leave the text out of the records.")
@click.option("--tokens", is_flag=True, help="Add the words of the text, as offsets.")
@click.option("--kind", "kinds", multiple=True, help="Write figures of this kind only; may be repeated.")
@click.option("--field", "fields", multiple=True, callback=_mapping, help="OURS=THEIRS: a field's name in the input.")
@click.option("--input-format", help="Read all inputs as this format: text, html, jsonl, csv, warc …")
@click.option("--encoding", help="Read all inputs in this encoding.")
@click.option("--errors", type=click.Path(path_type=Path, dir_okay=False), help="Write error rows here (JSON Lines).")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Worker processes; 0: none, and no time limit. As many as cores if needed.",
)
@click.option("--force", is_flag=True, help="Do everything anew, also what a folder already holds.")
@click.option("--timeout", type=click.FloatRange(min=0.001, max=1e6), default=SECONDS, show_default=True, callback=_seconds,
              help="Seconds that an article may take, for each megabyte it begins.")  # fmt: skip
@lexicon()
@click.option("--decisions", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Apply what reviewers decided (exported by `extractor review`).")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", help="Work on a Dask cluster: tcp://scheduler:8786.")
@click.option("-v", "--verbose", count=True, help="Log to stderr; twice for more.")
def command(**options: Any) -> None:
    """Extract figures from articles: text, HTML, JSON, JSON Lines, CSV, Parquet, WARC; packed or not; - for stdin.

    Records go to stdout as JSON Lines, or to OUT. A folder OUT takes results shard by shard and can be stopped,
    killed and started again: run the same command, and it does what is missing or changed.
    """
    from extractor import logs  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.write.target import refuse_overlap  # noqa: PLC0415

    logs.start(options.pop("verbose"))
    if options["out"] == Path("-"):
        options["out"] = None  # - is stdout, as it is stdin among the paths
    with faults.told():
        order = _order(**options)
        refuse_overlap((path for path in order.paths if path != "-"), order.out, order.errors)
        sys.exit(_to_folder(order) if order.to_folder else _to_file(order))


def _order(
    *,
    paths: tuple[str, ...],
    no_text: bool,
    tokens: bool,
    kinds: tuple[str, ...],
    fields: dict[str, str],
    input_format: str | None,
    encoding: str | None,
    folders: tuple[Path, ...],
    decisions: Path | None,
    **rest: Any,
) -> Order:
    """The order that the options make."""
    from extractor.batch.makers import DefaultMaker  # noqa: PLC0415
    from extractor.batch.order import Order, check_kinds  # noqa: PLC0415
    from extractor.commands.decided import Decided  # noqa: PLC0415
    from extractor.read import ReadOptions  # noqa: PLC0415
    from extractor.write.lines import Selection  # noqa: PLC0415

    check_kinds(kinds, folders)
    return Order(
        paths=paths,
        selection=Selection(text=not no_text, kinds=kinds),
        reading=ReadOptions(fields=fields, format=input_format, encoding=encoding),
        make=DefaultMaker(folders, tokens, Decided(decisions) if decisions else None),
        **rest,
    )


def _to_file(order: Order) -> int:
    """Everything into one file or stdout; the exit status."""
    from extractor.batch import single, tally  # noqa: PLC0415

    with Console(order.errors) as console:
        single.carry_out(order, console)
    total = console.tally
    if order.out or sys.stderr.isatty() or tally.failed(total) or total["repeated_ids"]:
        console.say(tally.told(total))
    return faults.FAILED if tally.failed(total) else 0


def _to_folder(order: Order) -> int:
    """A batch into a folder; the exit status."""
    from extractor.batch import folder, tally  # noqa: PLC0415

    with Console(order.errors) as console:
        total = folder.carry_out(order, console)
    console.say(tally.told(total))
    return faults.FAILED if tally.failed(total) else 0
