"""extractor abbreviations: the short forms of articles, their long forms, how they are known, how often and where."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.commands import faults

if TYPE_CHECKING:
    from extractor.abbreviations.survey import Row, Survey

COLUMNS = ("short", "long", "known", "uses", "articles", "first places")
UNKNOWN_COLUMNS = ("short", "uses", "articles", "first place", "context")
HOW = {"article": "defined in the article", "lexicon": "lexicon", "ambiguous": "ambiguous"}


@click.command("abbreviations")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--unknown", is_flag=True, help="List what looks like a short form and is not in the lexicon.")
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path, exists=True),
              help="A file of own entries, or a folder laid out as extractor/data; may be repeated.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("table", "jsonl", "csv", "toml")), default="table",
              show_default=True, help="toml: --unknown as entries to be completed and used as --lexicon.")  # fmt: skip
def command(paths: tuple[str, ...], unknown: bool, lexicons: tuple[Path, ...], form: str) -> None:
    """List the abbreviations of articles: long form, how it is known, how often it is used, and where first.

    PATHs are those of `extractor extract`. An own entry replaces every built-in sense of its short form.
    """
    if form == "toml" and not unknown:
        raise click.UsageError("--format toml writes entries for what the lexicon lacks: add --unknown")
    with faults.told():
        survey, failed = _survey(paths, lexicons)
        _write(survey.unknown() if unknown else survey.known(), form, unknown=unknown)
        sys.exit(faults.FAILED if failed else 0)


def _survey(paths: tuple[str, ...], lexicons: tuple[Path, ...]) -> tuple[Survey, int]:
    """The survey of all articles that can be read, and how many cannot."""
    from extractor.abbreviations import AbbreviationFinder  # noqa: PLC0415 (--help must not load what the work needs)
    from extractor.abbreviations.survey import Survey  # noqa: PLC0415
    from extractor.clean import Cleaner  # noqa: PLC0415
    from extractor.pipeline import article_id  # noqa: PLC0415
    from extractor.read import read_articles  # noqa: PLC0415

    failed: list[str] = []

    def tell(error: Exception) -> None:
        failed.append(str(error))
        click.echo(f"extractor: {error}", err=True)

    cleaner, survey = Cleaner.load(), Survey(AbbreviationFinder.load(lexicons))
    for article in read_articles(paths, on_error=tell):
        survey.add(article_id(article), cleaner.document(article.title, article.text))
    return survey, len(failed)


def _write(rows: list[Row], form: str, *, unknown: bool) -> None:
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(_object(row), ensure_ascii=False))
    elif form == "toml":
        from extractor.abbreviations.survey import as_toml  # noqa: PLC0415

        click.echo(as_toml(rows), nl=False)
    else:
        cells = [_unknown_cells(row) if unknown else _cells(row) for row in rows]
        header = UNKNOWN_COLUMNS if unknown else COLUMNS
        if form == "csv":
            csv.writer(sys.stdout, lineterminator="\n").writerows([header, *cells])
        else:
            _table([header, *cells])


def _table(lines: list[tuple[str, ...]]) -> None:
    """Columns as wide as their widest cell, the last one open."""
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]) - 1)]
    for line in lines:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        click.echo("  ".join([*padded, line[-1]]))


def _cells(row: Row) -> tuple[str, ...]:
    long = row.long or " / ".join(row.candidates)
    places = "; ".join(str(place) for place in row.places)
    return row.short, long, HOW[row.origin], str(row.count), str(len(row.articles)), places


def _unknown_cells(row: Row) -> tuple[str, ...]:
    first = row.places[0]
    return row.short, str(row.count), str(len(row.articles)), str(first), first.context


def _object(row: Row) -> dict[str, object]:
    places = [
        {"article": p.article, "field": p.field, "start": p.span.start, "end": p.span.end, "context": p.context}
        for p in row.places
    ]
    return {
        "short": row.short,
        "long": row.long,
        "origin": row.origin,
        "candidates": list(row.candidates),
        "uses": row.count,
        "articles": len(row.articles),
        "places": places,
    }
