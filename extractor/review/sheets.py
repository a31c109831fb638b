"""What is on screen as a table: rows of plain values, as CSV for spreadsheets and as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from extractor.model import Figure, Record
from extractor.review.decisions import Decision
from extractor.review.library import Library
from extractor.web.index import figure_target, finding_target, heading, number_text

Cell = str | int | float | Decimal | None
FIGURES = (
    "article", "title", "published", "source", "figure", "kind", "text", "modifier", "value", "low", "high", "unit",
    "unit_code", "entity", "entity_expanded", "organization", "place", "period", "from", "to", "status", "sentence",
    "other_reading", "repeats", "decision", "reviewer", "note",
)  # fmt: skip
FINDINGS = (
    "article", "title", "published", "source", "check", "verdict", "message_vi", "message_en", "expected", "reported",
    "figures", "decision", "reviewer", "note",
)  # fmt: skip
ARTICLES = (
    "article",
    "title",
    "published",
    "source",
    "figures",
    "findings",
    "alarms",
    "warnings",
    "decision",
    "reviewer",
)
COLUMNS = {"figures": FIGURES, "findings": FINDINGS, "articles": ARTICLES}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 1_048_575
WIDEST, NARROWEST = 60, 8
Standing = dict[tuple[str, str], Decision]
"""The decisions in force, by the key of their article and the name of their target."""


def rows_of(library: Library, view: str, rows: Sequence[int], standing: Standing) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row that the browser shows; `rows` are numbers of the index. IndexError for an unknown one."""
    columns: dict[str, list[Any]] = {"figures": library.index.figures, "findings": library.index.findings}.get(view, {})
    at, record = -1, None
    starts: dict[int, int] = {}
    for i, article in enumerate(columns.get("article", ())):
        starts.setdefault(article, i)
    for row in rows:
        article = columns["article"][row] if columns else row
        if record is None or at != article:
            at, record = article, library.record(article)
        key = library.keys[article]
        if view == "figures":
            yield _figure_cells(record, record.figures[row - starts[article]], key, standing)
        elif view == "findings":
            yield _finding_cells(record, columns["n"][row], key, standing)
        else:
            yield _article_cells(record, key, standing)


def _article(record: Record) -> tuple[Cell, ...]:
    day = record.published.isoformat() if record.published else None
    return record.id, heading(record), day, record.url or record.source.uri


def _decided(standing: Standing, key: str, target: str) -> tuple[Cell, ...]:
    decision = standing.get((key, target))
    return (decision.action, decision.reviewer, decision.note) if decision else (None, None, None)


def _figure_cells(record: Record, figure: Figure, key: str, standing: Standing) -> tuple[Cell, ...]:
    field = getattr(record, figure.field) or ""
    entity, period = figure.entity, figure.period
    days = (None, None) if period is None else (period.first, period.last)
    other = figure.ambiguous
    return (
        *_article(record), figure.id, figure.kind, figure.text, figure.modifier, figure.value, figure.low, figure.high,
        figure.unit, figure.unit_code, entity.text if entity else None, entity.expanded if entity else None,
        figure.organization.expanded if figure.organization else None, figure.place.text if figure.place else None,
        period.text if period else None, *(day.isoformat() if day else None for day in days), figure.status,
        field[figure.evidence.start : figure.evidence.end].strip(),
        f"{number_text(other.value) or ''} ({other.why})" if other else None, figure.duplicate_of,
        *_decided(standing, key, figure_target(figure)),
    )  # fmt: skip


def _finding_cells(record: Record, n: int, key: str, standing: Standing) -> tuple[Cell, ...]:
    finding = record.findings[n]
    texts = " | ".join(f.text for f in record.figures if f.id in finding.figures)
    return (
        *_article(record), finding.check, finding.verdict, finding.message.vi, finding.message.en, finding.expected,
        finding.reported, texts, *_decided(standing, key, finding_target(record, finding)),
    )  # fmt: skip


def _article_cells(record: Record, key: str, standing: Standing) -> tuple[Cell, ...]:
    alarms = sum(f.alarm for f in record.findings)
    counts = (len(record.figures), len(record.findings), alarms, len(record.warnings))
    return *_article(record), *counts, *_decided(standing, key, "article")[:2]


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets an apostrophe before it.

    >>> guarded("=1+1"), guarded("12 lớp"), guarded(Decimal("-3"))
    ("'=1+1", '12 lớp', Decimal('-3'))
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(view: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV with a byte order mark, which tells spreadsheets that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS[view])
    for row in rows:
        writer.writerow([guarded(_plain(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: Cell) -> Cell:
    return number_text(cell) if isinstance(cell, Decimal) else cell


def as_xlsx(view: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a workbook: numbers are numbers, text is never a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 (only for who downloads a workbook)

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(view)
        bold = book.add_format({"bold": True})
        widths = [max(NARROWEST, len(name) + 2) for name in COLUMNS[view]]
        sheet.write_row(0, 0, COLUMNS[view], bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                    widths[column] = min(WIDEST, max(widths[column], len(cell) + 1))
                elif cell is not None:
                    sheet.write_number(line, column, cell)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(COLUMNS[view]) - 1)
    return out.getvalue()
