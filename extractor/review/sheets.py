"""What is on screen as a table, with what was decided: the columns of `extractor convert`, as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractor.model import Record
from extractor.review.added import figure_of
from extractor.review.decisions import Decision
from extractor.review.library import Library
from extractor.web.index import figure_target, finding_target, heading
from extractor.write.csv_file import BOM, cell
from extractor.write.rows import ARTICLES, FIGURES, FINDINGS, rows_of

Cells = dict[str, Any]
DECIDED = {"decision": "VARCHAR", "reviewer": "VARCHAR", "note": "VARCHAR"}
COUNTS = {"figures": "BIGINT", "findings": "BIGINT", "alarms": "BIGINT"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "figures": {**FIGURES, **DECIDED},
    "findings": {**FINDINGS, "figure_texts": "VARCHAR[]", **DECIDED},
    "articles": {**{k: v for k, v in ARTICLES.items() if k != "record"}, **COUNTS, **DECIDED},
}
"""View → column → type, the types being DuckDB's."""
NUMERIC = frozenset({"DOUBLE", "BIGINT"})
MOST_ROWS = 1_048_575
WIDEST, NARROWEST = 60, 8
Standing = dict[tuple[str, str], Decision]
"""The decisions in force, by the key of their article and the name of their target."""


def table_rows(library: Library, view: str, rows: Sequence[int], standing: Standing) -> Iterator[Cells]:
    """The cells of each row that the browser shows; `rows` are numbers of the index. IndexError for an unknown one."""
    if view == "articles":
        for number in rows:
            yield from _of_article(library, "articles", number, standing)
        return
    columns = library.index.figures if view == "figures" else library.index.findings
    starts: dict[int, int] = {}
    for i, article in enumerate(columns["article"]):
        starts.setdefault(article, i)
    held: tuple[int, list[Cells]] = (-1, [])
    for row in rows:
        article = columns["article"][row]
        if held[0] != article:
            held = (article, _of_article(library, view, article, standing))
        yield held[1][row - starts[article]]
    if view == "figures":
        yield from _of_reviewers(library, {columns["article"][row] for row in rows}, standing)


def _of_reviewers(library: Library, articles: Iterable[int], standing: Standing) -> Iterator[Cells]:
    """The figures that reviewers added to the articles on screen; no filter knows them, so that all are given."""
    numbers = set(articles)
    added: dict[int, list[Decision]] = {}
    for (key, _), decision in standing.items():
        number = library.number(key)
        if number in numbers and decision.addition is not None:
            added.setdefault(number, []).append(decision)
    for number, decisions in sorted(added.items()):
        record = library.record(number)
        figures = tuple(f for f in map(figure_of, decisions) if f is not None)
        alone = record.model_copy(update={"figures": figures, "relations": (), "findings": ()})
        yield from _of_article(library, "figures", number, standing, alone)


def _of_article(
    library: Library, view: str, number: int, standing: Standing, record: Record | None = None
) -> list[Cells]:
    """All rows that an article, or what is given of it, has in a view."""
    record = record or library.record(number)
    key = library.keys[number]
    made = list(rows_of(record.as_json(), number + 1, view))
    for cells, target, more in zip(made, _targets(record, view), _more(record, view), strict=True):
        decision = standing.get((key, target))
        cells |= {name: getattr(decision, {"decision": "action"}.get(name, name), None) for name in DECIDED}
        cells |= {"title": heading(record), **more}
    return made


def _targets(record: Record, view: str) -> list[str]:
    if view == "figures":
        return [figure_target(f) for f in record.figures]
    return [finding_target(record, f) for f in record.findings] if view == "findings" else ["article"]


def _more(record: Record, view: str) -> list[Cells]:
    """What the desk tells besides the columns of a conversion."""
    if view == "figures":
        return [{} for _ in record.figures]
    if view == "findings":
        texts = {f.id: f.text for f in record.figures}
        return [{"figure_texts": [texts[x] for x in f.figures]} for f in record.findings]
    alarms = sum(f.alarm for f in record.findings)
    return [{"figures": len(record.figures), "findings": len(record.findings), "alarms": alarms}]


def as_csv(view: str, rows: Iterable[Cells]) -> bytes:
    """The table as CSV with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS[view])
    writer.writerows([cell(row[name]) for name in COLUMNS[view]] for row in rows)
    return BOM + out.getvalue().encode("utf-8", "replace")


def as_xlsx(view: str, rows: Iterable[Cells]) -> bytes:
    """The table as a workbook: numbers are numbers, text is never a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 (only for who downloads a workbook)

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(view)
        widths = [max(NARROWEST, len(name) + 2) for name in COLUMNS[view]]
        sheet.write_row(0, 0, list(COLUMNS[view]), book.add_format({"bold": True}))
        for line, row in enumerate(rows, 1):
            for column, (name, kind) in enumerate(COLUMNS[view].items()):
                widths[column] = max(widths[column], _put(sheet, (line, column), row[name], numeric=kind in NUMERIC))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(COLUMNS[view]) - 1)
    return out.getvalue()


def _put(sheet: Any, place: tuple[int, int], value: Any, *, numeric: bool) -> int:
    """Write one cell; gives the width that it asks for."""
    if value is None:
        return 0
    if numeric:
        sheet.write_number(*place, value)
        return 0
    text = "; ".join(value) if isinstance(value, list) else str(value)
    sheet.write_string(*place, text.encode("utf-8", "replace").decode())
    return min(WIDEST, len(text) + 1)
