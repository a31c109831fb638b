"""extractor convert: records from one format into another."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.commands import faults
from extractor.commands.options import lexicon

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "json", "parquet", "csv", "xlsx", "duckdb")


@click.command()
@click.argument("source", metavar="RECORDS", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="A file (its ending tells the format), or - for stdout."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Instead of what the ending of OUT tells.")
@click.option("--no-text", is_flag=True, help="Leave the text out of the records.")
@click.option("--kind", "kinds", multiple=True, help="Write figures of this kind only; may be repeated.")
@lexicon("A folder of data files that knows the kinds named with --kind; may be repeated.")
def command(
    *,
    source: Path,
    out: Path | None,
    form: str | None,
    no_text: bool,
    kinds: tuple[str, ...],
    folders: tuple[Path, ...],
) -> None:
    """Turn RECORDS into another format, to OUT or stdout.

    RECORDS are JSON Lines (also .gz, .zst), JSON, a DuckDB file, or the folder of a batch.
    """
    from extractor.batch.order import check_kinds  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.write.convert import convert  # noqa: PLC0415

    with faults.told():
        check_kinds(kinds, folders)
        convert(source, None if out == Path("-") else out, form, kinds=kinds, text=not no_text)
