"""Comparisons, answers and series as tables and text for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from unicodedata import combining

from extractor.check.numbers import Numbers
from extractor.check.rules import load_rules
from extractor.model import to_json_number
from extractor.store.claims import Answer, overall
from extractor.store.compare import Comparison
from extractor.store.facts import Fact
from extractor.store.rules import Words
from extractor.store.series import Point


def table(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The lines of a table of comparisons, conflicts first; below it the sentences of the conflicts."""
    ranked = sorted(comparisons, key=lambda comparison: comparison.verdict != "conflict")
    rows = [(c.verdict, _short(c.a.entity_expanded or ""), c.a.said, c.a.source, c.b.said, c.b.source) for c in ranked]
    yield from aligned(("verdict", "what", "a", "article a", "b", "article b"), rows)
    for comparison in ranked:
        if comparison.verdict == "conflict":
            yield ""
            yield comparison.message["vi"]
            yield comparison.message["en"]
            yield from (_quoted(side) for side in (comparison.a, comparison.b))


def told(answers: Sequence[Answer], words: Words, language: str = "vi") -> Iterator[str]:
    """The lines that answer a claim: the verdict, a message for each figure, and the sentences that say so."""
    yield words.verdict(overall(answers), language)
    for answer in answers:
        yield f"{answer.claim.said}: {words.verdict(answer.verdict, language)}"
        yield f"  {answer.message[language]}"
        yield from (f"{_quoted(fact)}" for fact in (*answer.agree, *answer.differ))


_ROOM = 40
_HEADER = ("from", "to", "value", "low", "high", "figure", "action", "articles")


def series_table(points: Iterable[Point]) -> Iterator[str]:
    """The lines of a table of points, numbers as Vietnamese readers write them."""
    numbers = Numbers(load_rules().style)

    def written(number: Decimal | None) -> str:
        return "" if number is None else numbers.plain(number)

    yield from aligned(
        _HEADER, [_cells(point, [written(n) for n in (point.value, point.low, point.high)]) for point in points]
    )


def series_csv(points: Iterable[Point]) -> Iterator[str]:
    """The lines of a CSV file of points, with plain numbers."""
    for cells in (
        _HEADER,
        *(_cells(p, ["" if n is None else f"{to_json_number(n)}" for n in (p.value, p.low, p.high)]) for p in points),
    ):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        yield line.getvalue()


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table: header, a rule, and the rows, each column as wide as its widest cell."""
    cells = [list(header), *(list(row) for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(header))]
    for number, row in enumerate(cells):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _cells(point: Point, numbers: Sequence[str]) -> list[str]:
    who = ", ".join(dict.fromkeys(fact.article for fact in point.told))
    return [point.first.isoformat(), point.last.isoformat(), *numbers, point.told[0].said, point.deed, who]


def _quoted(fact: Fact) -> str:
    where = fact.url or fact.uri
    return f"  {fact.source}{f' ({where})' if where else ''}: {fact.sentence or fact.said}"


def _short(words: str) -> str:
    """Words cut to the room of a column."""
    return words if len(words) <= _ROOM else words[: _ROOM - 1].rstrip() + "…"


def _width(cell: str) -> int:
    """The columns of a terminal that a cell takes: marks that stand over letters take none."""
    return sum(not combining(letter) for letter in cell)
