"""Reviewed articles as gold data, in the form of the annotation guide: what people decided becomes test data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.model import Figure, Record, to_json_number
from extractor.review.added import is_added
from extractor.review.applying import apply
from extractor.review.decisions import Decisions
from extractor.review.library import Library
from extractor.web.index import figure_target, text_digest

BETWEEN = "\n\n"


def gold_rows(library: Library, decisions: Decisions) -> Iterator[dict[str, Any]]:
    """A row for each article that is marked done, or of which every figure was decided on."""
    for number in range(len(library)):
        record = library.record(number)
        if is_reviewed(record, decisions):
            yield gold_row(apply(record, decisions))


def is_reviewed(record: Record, decisions: Decisions) -> bool:
    """Whether people are through with the article."""
    targets = {d.target for d in decisions.on(record.id, text_digest(record))}
    figures = {figure_target(f) for f in record.figures}
    return "article" in targets or (bool(figures) and figures <= targets)


def gold_row(record: Record) -> dict[str, Any]:
    """The record as a row of gold data. A title that came apart from the text stands before it, offsets follow."""
    shift = len(record.title) + len(BETWEEN) if record.title and any(f.field == "title" for f in record.figures) else 0
    text = f"{record.title}{BETWEEN}{record.text}" if shift else record.text or ""
    figures = sorted(record.figures, key=lambda f: _start(f, shift))
    places = {f.id: i for i, f in enumerate(figures)}
    row = {
        "id": record.id,
        "source": record.source.uri,
        "url": record.url,
        "published": record.published.isoformat() if record.published else None,
        "text": text,
        "figures": [_figure(f, text, shift) for f in figures],
        "relations": [_relation(r.model_dump(by_alias=True, exclude_none=True), places) for r in record.relations],
        "abbreviations": _abbreviations(record),
        "findings": [
            {"check": f.check, "verdict": f.verdict, "figures": [places[x] for x in f.figures], "why": f.message.en}
            for f in record.findings
        ],
        "scope": [_scope(f, i) for i, f in enumerate(figures)],
    }
    return {k: v for k, v in row.items() if v is not None}


def _start(figure: Figure, shift: int) -> int:
    return figure.number.start + (shift if figure.field == "text" else 0)


def _figure(figure: Figure, text: str, shift: int) -> dict[str, Any]:
    start = _start(figure, shift)
    end = start + figure.number.end - figure.number.start
    numbers = {
        name: None if value is None else to_json_number(value)
        for name, value in (("value", figure.value), ("low", figure.low), ("high", figure.high))
    }
    return {
        "start": start,
        "end": end,
        "number": text[start:end],
        **numbers,
        "modifier": figure.modifier,
        "kind": figure.kind,
        "unit": figure.unit,
        "entity": figure.entity.text if figure.entity else None,
        **({"origin": "reviewer"} if is_added(figure) else {}),
    }


def _relation(relation: dict[str, Any], places: dict[str, int]) -> dict[str, Any]:
    members = {k: v for k, v in relation.items() if k not in {"type", "found_by"}}
    return {
        "type": relation["type"],
        **{role: places[x] if isinstance(x, str) else [places[i] for i in x] for role, x in members.items()},
    }


def _abbreviations(record: Record) -> list[dict[str, str | None]]:
    distinct = dict.fromkeys((a.short, a.long) for a in record.abbreviations)
    return [{"short": short, "long": long} for short, long in distinct]


def _scope(figure: Figure, i: int) -> dict[str, Any]:
    period = figure.period
    known = period is not None and period.first is not None and period.last is not None
    days = [period.first.isoformat(), period.last.isoformat()] if known else None  # type: ignore[union-attr]
    return {
        "i": i,
        "status": figure.status,
        "period": days,
        "place": figure.place.text if figure.place else None,
        "organization": figure.organization.text if figure.organization else None,
    }
