"""From the document of the stages to the record: ids, offsets into the text as given, repeats told.

The parts are put together as plain rows and become a record in one validation: pydantic then makes and checks all
parts in one go, several times faster than one by one.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Sequence
from typing import Any

from extractor.abbreviations import expand
from extractor.article import Article
from extractor.blocks import BlockFinder
from extractor.document import (
    Abbreviation,
    Document,
    Finding,
    Organization,
    Period,
    Place,
    Reading,
    Relation,
    Scope,
    Sentence,
    View,
)
from extractor.model import Record
from extractor.span import Span

Row = dict[str, Any]
"""A part of the record before it is validated."""


def assemble(article: Article, article_id: str, document: Document, blocks: BlockFinder) -> Record:
    """The record of a finished document."""
    source = article.source
    return Record.model_validate(
        {
            "id": article_id,
            "source": {
                "uri": source.uri,
                "media_type": source.media_type,
                "encoding": source.encoding,
                "sha256": source.sha256,
            },
            "url": article.url,
            "title": article.title or _block_text(article, document, "title"),
            "byline": article.byline or _block_text(article, document, "byline"),
            "published": document.published,
            "text": article.text,
            "blocks": _blocks(document),
            "abbreviations": tuple([_abbreviation(article, document, use) for use in document.abbreviations]),
            "figures": _figures(article, document, _twins(document, blocks)),
            # A partial list (trong đó …) is told by its finding, `incomplete`; it is no relation that should add up.
            "relations": tuple([_relation(relation) for relation in document.relations if relation.exhaustive]),
            "findings": tuple([_finding(finding) for finding in document.findings]),
            "warnings": document.warnings,
        }
    )


def figure_id(index: int) -> str:
    """The id of the figure at an index."""
    return f"f{index + 1}"


def _block_text(article: Article, document: Document, role: str) -> str | None:
    for block in document.blocks:
        if block.role == role:
            field, span = document.view.locate(Span(block.start, block.end))
            return span.of(article.text) if field == "text" else None
    return None


def _blocks(document: Document) -> tuple[Row, ...]:
    # The lines of a title that came apart are no blocks of the text; indices move up by them.
    apart = sum(block.start < document.title_end for block in document.blocks)
    rows = []
    for block in document.blocks[apart:]:
        _, span = document.view.locate(Span(block.start, block.end))
        twin = None if block.duplicate_of is None or block.duplicate_of < apart else block.duplicate_of - apart
        rows.append({"start": span.start, "end": span.end, "role": block.role, "duplicate_of": twin})
    return tuple(rows)


def _abbreviation(article: Article, document: Document, use: Abbreviation) -> Row:
    field, (start, end) = document.view.locate(Span(use.start, use.end))
    defined = None if use.defined_at is None else document.view.locate(use.defined_at)
    source = (article.title or "") if field == "title" else article.text
    return {
        "start": start,
        "end": end,
        "field": field,
        # As written there, but composed: the view writes one dash and one space for all.
        "short": unicodedata.normalize("NFC", source[start:end]),
        "long": use.long,
        "origin": use.origin,
        "defined_at": None
        if defined is None or defined[0] != field
        else {"start": defined[1].start, "end": defined[1].end},
        "candidates": use.candidates,
        "found_by": use.found_by,
    }


def _twins(document: Document, blocks: BlockFinder) -> dict[int, int]:
    """Which figure repeats which, by the stretches that two blocks share letter for letter."""
    by_number = {(q.number.start, q.number.end): index for index, q in enumerate(document.quantities)}
    starts = [q.number.start for q in document.quantities]
    twins: dict[int, int] = {}
    for part, twin in blocks.repeats(document.view, document.blocks):
        shift = twin.start - part.start
        for index in range(bisect.bisect_left(starts, part.start), bisect.bisect_left(starts, part.end)):
            number = document.quantities[index].number
            other = by_number.get((number.start + shift, number.end + shift))
            if other is not None and other != index:
                twins.setdefault(index, other)
    return twins


def _figures(article: Article, document: Document, twins: dict[int, int]) -> tuple[Row, ...]:
    scopes = document.scopes or (Scope(),) * len(document.quantities)
    starts = [use.start for use in document.abbreviations]
    return tuple(
        [
            _figure(article, document, index, scope, twins.get(index), starts)
            for index, scope in zip(range(len(document.quantities)), scopes, strict=True)
        ]
    )


def _figure(
    article: Article, document: Document, index: int, scope: Scope, twin: int | None, starts: Sequence[int]
) -> Row:
    quantity, view = document.quantities[index], document.view
    field, (start, end) = view.locate(Span(quantity.start, quantity.end))
    source = (article.title or "") if field == "title" else article.text
    sentence = document.sentences[quantity.sentence]
    unit = quantity.unit
    if unit is not None and quantity.unit_span is not None:
        unit = view.to_source(quantity.unit_span).of(source)
    return {
        "id": figure_id(index),
        "field": field,
        "kind": quantity.kind,
        "text": source[start:end],
        "start": start,
        "end": end,
        "number": _interval(view, quantity.number),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "modifier": quantity.modifier,
        "unit": unit,
        "unit_code": quantity.unit_code,
        "entity": None if quantity.entity is None else _entity(document, quantity.entity, source, starts),
        "organization": None if scope.organization is None else _organization(scope.organization),
        "place": None if scope.place is None else _place(scope.place),
        "period": None if scope.period is None else _period(scope.period),
        "status": scope.status,
        "evidence": _interval(view, sentence),
        "duplicate_of": None if twin is None else figure_id(twin),
        "ambiguous": None if quantity.other is None else _other(quantity.other),
        "found_by": (*quantity.found_by, *scope.found_by),
    }


def _interval(view: View, span: Span | Sentence) -> Row:
    if view.is_source:
        return {"start": span.start, "end": span.end}
    start, end = view.to_source(Span(span.start, span.end))
    return {"start": start, "end": end}


def _entity(document: Document, entity: Span, source: str, starts: Sequence[int]) -> Row:
    stretch = entity.of(document.view.text)
    start, end = document.view.to_source(entity)
    low, high = bisect.bisect_left(starts, entity.start), bisect.bisect_left(starts, entity.end)
    inside = [use for use in document.abbreviations[low:high] if use.end <= entity.end] if low < high else ()
    expanded = expand(stretch, inside, entity.start) if inside else stretch
    return {"start": start, "end": end, "text": source[start:end], "expanded": expanded}


def _organization(body: Organization) -> Row:
    return {"text": body.text, "expanded": body.expanded}


def _place(place: Place) -> Row:
    return {
        "text": place.text,
        "level": place.level,
        "code": place.code,
        "current": place.current,
        "candidates": place.candidates,
    }


def _period(period: Period) -> Row:
    return {"text": period.text, "first": period.first, "last": period.last}


def _other(other: Reading) -> Row:
    return {"value": other.value, "low": other.low, "high": other.high, "why": other.why}


def _relation(relation: Relation) -> Row:
    names = {"from": "before", "to": "after"}
    roles = {
        names.get(role, role): figure_id(index) if isinstance(index, int) else tuple([figure_id(i) for i in index])
        for role, index in relation.roles.items()
    }
    return {"type": relation.type, "found_by": relation.found_by, **roles}


def _finding(finding: Finding) -> Row:
    return {
        "check": finding.check,
        "verdict": finding.verdict,
        "figures": tuple([figure_id(index) for index in finding.figures]),
        "expected": finding.expected,
        "reported": finding.reported,
        "message": {"en": finding.message["en"], "vi": finding.message["vi"]},
        "found_by": finding.found_by,
    }
