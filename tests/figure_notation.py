"""Articles with their figures marked, for cases that do not depend on the figures stage.

``mở {gần 50 lớp|class_count} tập huấn`` marks a figure: hedge, number, unit; then its kind; then, where it is not
the unit and the words behind it up to a comma, its entity: ``đại học có {97 người|attendee_count|đại học}``.
A line is a block; a line that starts with ``# `` is the title, ``> `` a teaser, ``^ `` a caption, ``~ `` boilerplate.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.document import Block, Document, Quantity, View
from extractor.sentences import SentenceFinder
from extractor.span import Span

ROLES = {"# ": "title", "> ": "teaser", "^ ": "caption", "~ ": "boilerplate"}
HEDGES = {
    "gần": "almost", "hơn": "more_than", "trên": "more_than", "khoảng": "approximately", "ước": "approximately",
    "dưới": "less_than", "ít nhất": "at_least", "không quá": "at_most", "chừng": "approximately",
}  # fmt: skip
MAGNITUDES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
CODES = {"%": "percent", "đồng": "VND", "lượt": "person_times", "lượt người": "person_times"}
MARKED = re.compile(r"\{([^|}]+)\|(\w+)(?:\|([^}]*))?\}")
FIGURE = re.compile(
    rf"(?:({'|'.join(HEDGES)}) )?(\d[\d.,]*(?:/\d+)?(?: (?:{'|'.join(MAGNITUDES)})\b)?(?: \d+ (?:triệu|nghìn))?)\s?(.*)"
)


def marked_document(marked: str) -> Document:
    """The document of a marked article, up to its quantities."""
    finder = SentenceFinder.load()
    lines, blocks, figures, at = [], [], [], 0
    for line in marked.strip().split("\n"):
        role = ROLES.get(line[:2], "body")
        plain, found = _plain(line[2:] if role != "body" else line, at)
        figures += found
        lines.append(plain)
        if plain.strip():
            blocks.append(Block(at, at + len(plain), role))
        at += len(plain) + 1
    text = "\n".join(lines)
    sentences = finder.find(text, tuple(blocks))
    quantities = tuple(_quantity(text, f, sentences) for f in figures)
    return Document(view=View(text, text.lower()), blocks=tuple(blocks), sentences=sentences, quantities=quantities)


def _plain(line: str, at: int) -> tuple[str, list[tuple[int, str, str, str | None]]]:
    plain, figures, last = "", [], 0
    for found in MARKED.finditer(line):
        plain += line[last : found.start()]
        figures.append((at + len(plain), found[1], found[2], found[3]))
        plain += found[1]
        last = found.end()
    return plain + line[last:], figures


def _value(number: str) -> Decimal:
    total = Decimal(0)
    if "/" in number:
        a, b = number.split("/")
        return (Decimal(a) / Decimal(b)).quantize(Decimal("0.0001"))
    for digits, magnitude in re.findall(r"(\d[\d.,]*)(?: (\w+))?", number):
        grouped = re.fullmatch(r"\d{1,3}(\.\d{3})+", digits)
        plain = digits.replace(".", "") if grouped or "," in digits else digits
        total += Decimal(plain.replace(",", ".")).scaleb(MAGNITUDES.get(magnitude, 0))
    return total


def _quantity(text: str, figure: tuple[int, str, str, str | None], sentences) -> Quantity:
    start, marked, kind, entity = figure
    hedge, number, unit = FIGURE.fullmatch(marked[0].lower() + marked[1:]).groups()
    number = number.strip()
    first = start + marked.index(number)
    end = start + len(marked)
    if entity is None:
        behind = re.match(r"[^,;:.()\n]{0,40}", text[end:])[0]
        of = Span(end - len(unit), end + len(behind.rstrip())) if unit or behind.strip() else None
    else:
        place = text.rfind(entity, 0, start) if entity else -1
        place = place if place >= 0 else text.find(entity, end)
        of = Span(place, place + len(entity)) if entity else None
    return Quantity(
        start, end, Span(first, first + len(number)), _value(number), None, None, HEDGES.get(hedge, "exact"), kind,
        unit or None, CODES.get(unit.lower(), "VND" if kind == "money" else None),
        Span(end - len(unit), end) if unit else None, of,
        next(i for i, s in enumerate(sentences) if s.start <= start < s.end),
    )  # fmt: skip
