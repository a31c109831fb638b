"""What must hold of every record whatever the article: offsets, ids, values, and the way to JSON and back."""

from __future__ import annotations

import itertools
import json
import unicodedata

from extractor.article import Article
from extractor.model import Figure, Record


def faults(article: Article, record: Record) -> list[str]:
    """Everything about the record that cannot be right; empty for a sound one."""
    fields = {"text": article.text, "title": record.title or ""}
    found = [] if record.text == article.text else ["the text was changed"]
    for figure in record.figures:
        found += [f"{figure.id} {figure.text[:40]!r}: {fault}" for fault in _of_figure(figure, fields[figure.field])]
    found += _of_offsets(record, fields)
    found += _of_ids(record)
    return found or _of_json(record)


def _of_figure(figure: Figure, source: str) -> list[str]:
    number, evidence, entity = figure.number, figure.evidence, figure.entity
    stated = [x for x in (figure.value, figure.low, figure.high) if x is not None]
    claims = {
        "empty": 0 <= figure.start < figure.end <= len(source),
        "text is not at its offsets": source[figure.start : figure.end] == figure.text,
        "number outside": figure.start <= number.start < number.end <= figure.end,
        "evidence outside": 0 <= evidence.start <= figure.start and figure.end <= evidence.end <= len(source),
        "entity is not at its offsets": entity is None or source[entity.start : entity.end] == entity.text,
        "empty entity": entity is None or 0 <= entity.start < entity.end <= len(source),
        "no value at all": bool(stated),
        "not finite": all(x.is_finite() for x in stated),
        "low above high": figure.low is None or figure.high is None or figure.low <= figure.high,
        "both value and bounds": figure.value is None or (figure.low is None and figure.high is None),
        "a range with a value": (figure.modifier == "range") == (figure.value is None),
        "begins inside a letter": not unicodedata.combining(figure.text[:1] or "x"),
        "not explained": bool(figure.found_by),
    }
    return [name for name, holds in claims.items() if not holds]


def _of_offsets(record: Record, fields: dict[str, str]) -> list[str]:
    found = []
    for use in record.abbreviations:
        written = unicodedata.normalize("NFC", fields[use.field][use.start : use.end])
        if not written or written != use.short:
            found.append(f"abbreviation {use.short!r} is not at its offsets: {written[:40]!r}")
        if use.defined_at and not 0 <= use.defined_at.start < use.defined_at.end <= len(fields[use.field]):
            found.append(f"definition of {use.short!r} outside")
        if use.origin == "ambiguous" and use.long is not None:
            found.append(f"{use.short!r} is called ambiguous and yet decided")
    end = 0
    for index, block in enumerate(record.blocks):
        if not end <= block.start < block.end <= len(fields["text"]):
            found.append(f"block {index} empty, outside or out of order")
        end = block.end
        if block.duplicate_of is not None and not 0 <= block.duplicate_of < len(record.blocks):
            found.append(f"block {index} repeats one that is not there")
    return found


def _of_ids(record: Record) -> list[str]:
    ids = [figure.id for figure in record.figures]
    known = set(ids)
    used = {figure.duplicate_of for figure in record.figures} - {None}
    used |= {member for relation in record.relations for member in relation.members()}
    used |= {member for finding in record.findings for member in finding.figures}
    found = [f"unknown id {name}" for name in used - known]
    found += [f"{figure.id} repeats itself" for figure in record.figures if figure.duplicate_of == figure.id]
    if len(known) < len(ids):
        found.append("an id is used twice")
    numbers = [(figure.field != "title", figure.number.start, figure.number.end) for figure in record.figures]
    if numbers != sorted(numbers):
        found.append("figures out of order")
    numbers.sort()
    if any(a[0] == b[0] and b[1] < a[2] for a, b in itertools.pairwise(numbers)):
        found.append("two numbers overlap")
    return found


def _of_json(record: Record) -> list[str]:
    written = json.dumps(record.as_json(), ensure_ascii=False, allow_nan=False)
    again = Record.model_validate(json.loads(written))
    if again.as_json() != record.as_json():
        return ["JSON there and back differs"]
    return [] if again == record else ["values there and back differ: " + _first_difference(record, again)]


def _first_difference(one: Record, other: Record) -> str:
    for name in type(one).model_fields:
        if getattr(one, name) != getattr(other, name):
            if name != "figures":
                return name
            pairs = zip(one.figures, other.figures, strict=True)
            return next(f"{a.text[:60]!r} {a.value} {b.value}" for a, b in pairs if a != b)
    return "?"


def places(text: str) -> list[tuple[int, int]]:
    """For each letter of a composed text its interval in the decomposed one, and one more for the end."""
    found, at = [], 0
    for letter in text:
        size = len(unicodedata.normalize("NFD", letter))
        found.append((at, at + size))
        at += size
    return [*found, (at, at)]


def meanings(record: Record, where: list[tuple[int, int]] | None = None) -> list[object]:
    """What was found, with text spans moved by `where`; to compare two forms of one article."""

    def moved(start: int, end: int) -> tuple[int, int]:
        return (start, end) if where is None else (where[start][0], where[end - 1][1])

    return [
        (
            moved(f.start, f.end), moved(f.number.start, f.number.end), f.kind, f.value, f.low, f.high, f.modifier,
            f.unit_code, None if f.entity is None else (moved(f.entity.start, f.entity.end), f.entity.expanded),
            f.organization, f.place, f.period, f.status, f.duplicate_of, f.found_by,
        )
        for f in record.figures
    ]  # fmt: skip
