"""Documents made of gold figures, so that scope, relations and checks can be measured apart from detection.

The text is cleaned and cut by the program's own stages; kinds, units, entities and modifiers come from the gold row.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

from extractor.abbreviations import AbbreviationFinder
from extractor.blocks import BlockFinder
from extractor.clean import Cleaner
from extractor.document import Block, Document, Quantity, Sentence, View
from extractor.sentences import SentenceFinder
from extractor.span import Span

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"
REACH = 400

UNIT_CODES = {
    "%": "percent", "phần trăm": "percent", "đồng": "VND", "tỷ đồng": "VND", "triệu đồng": "VND", "usd": "USD",
    "đô la": "USD", "lượt": "person_times", "lượt người": "person_times", "lớp": "class", "khóa": "class",
    "khoá": "class", "người": "person", "học viên": "person", "đoàn viên": "person", "công nhân": "person",
    "cán bộ": "person", "lao động": "person", "đại biểu": "person", "hv": "person", "thợ": "person",
    "đồng chí": "person", "công chức": "person", "nữ": "person",
}  # fmt: skip


def gold_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a gold file, ``dev``, ``genre`` or ``seeds``; an empty list when the folder is not there."""
    path = GOLD / f"{name}.gold.jsonl"
    if not path.exists():
        return []
    return [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines() if line]


def gold_document(row: dict[str, Any]) -> Document:
    """The document of a gold row, up to its quantities: same order, same indices as the row's figures."""
    text = row["text"]
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    view = Cleaner.load().clean(text)
    blocks, sentences = _segments(view)
    starts = [s.start for s in sentences]
    quantities = tuple(_quantity(f, text, view, starts) for f in row["figures"])
    return Document(
        view=view,
        published=published,
        blocks=blocks,
        sentences=sentences,
        abbreviations=AbbreviationFinder.load().find(view.text, view.lower),
        quantities=quantities,
    )


def gold_documents(name: str) -> Iterator[tuple[dict[str, Any], Document]]:
    """Every row of a gold file with its document."""
    for row in gold_rows(name):
        yield row, gold_document(row)


def view_span(view: View, span: Span) -> Span:
    """A span of the source in view coordinates."""
    if view.starts is None or view.ends is None:
        return span
    return Span(bisect_right(view.ends, span.start), bisect_left(view.starts, span.end))


def _segments(view: View) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    blocks = BlockFinder.load().find(view)
    return blocks, SentenceFinder.load().find(view.text, blocks)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _quantity(figure: dict[str, Any], text: str, view: View, starts: list[int]) -> Quantity:
    number = Span(figure["start"], figure["end"])
    unit = figure["unit"]
    unit_span = _after(text, number, unit) if unit else None
    plain = normalize("NFC", unit) if unit else None
    entity = _nearest(text, number, figure["entity"]) if figure["entity"] else None
    whole = Span(number.start, unit_span.end) if unit_span else number
    at = view_span(view, whole)
    return Quantity(
        start=at.start,
        end=at.end,
        number=view_span(view, number),
        value=_decimal(figure["value"]),
        low=_decimal(figure.get("low")),
        high=_decimal(figure.get("high")),
        modifier=figure["modifier"],
        kind=figure["kind"],
        unit=plain,
        unit_code=_unit_code(plain, figure["kind"]),
        unit_span=view_span(view, unit_span) if unit_span else None,
        entity=view_span(view, entity) if entity else None,
        sentence=max(0, bisect_right(starts, at.start) - 1),
        found_by=("gold",),
    )


def _unit_code(unit: str | None, kind: str) -> str | None:
    if unit is None:
        return "VND" if kind == "money" else None
    low = unit.lower()
    return UNIT_CODES.get(low, low)


def _after(text: str, number: Span, unit: str) -> Span | None:
    """The unit right after the number (a space or hyphen between), else None."""
    at = text.find(unit, number.end, number.end + len(unit) + 3)
    return Span(at, at + len(unit)) if at >= 0 else None


def _nearest(text: str, number: Span, entity: str) -> Span | None:
    """The occurrence of the entity nearest to the number, those after it first."""
    after = text.find(entity, number.end, number.end + REACH)
    before = text.rfind(entity, max(0, number.start - REACH), number.start)
    if after >= 0 and (before < 0 or after - number.end <= number.start - before - len(entity)):
        return Span(after, after + len(entity))
    return Span(before, before + len(entity)) if before >= 0 else None
