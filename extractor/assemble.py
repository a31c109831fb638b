"""From the document of the stages to the record: ids, offsets into the text as given, repeats told."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Sequence

from extractor.abbreviations import expand
from extractor.article import Article
from extractor.blocks import BlockFinder
from extractor.document import Abbreviation, Document, Quantity, Relation, Scope
from extractor.model import (
    Figure,
    Interval,
    Message,
    OtherReading,
    Record,
    RecordAbbreviation,
    RecordBlock,
    RecordEntity,
    RecordFinding,
    RecordOrganization,
    RecordPeriod,
    RecordPlace,
    RecordRelation,
    RecordSource,
)
from extractor.span import Span


def assemble(article: Article, article_id: str, document: Document, blocks: BlockFinder) -> Record:
    """The record of a finished document."""
    return Record(
        id=article_id,
        source=RecordSource(
            uri=article.source.uri,
            media_type=article.source.media_type,
            encoding=article.source.encoding,
            sha256=article.source.sha256,
        ),
        url=article.url,
        title=article.title or _title(article, document),
        byline=article.byline or _byline(article, document),
        published=document.published,
        text=article.text,
        blocks=_blocks(document),
        abbreviations=tuple(_abbreviation(article, document, use) for use in document.abbreviations),
        figures=_figures(article, document, _twins(document, blocks)),
        # A partial list (trong đó …) is told by its finding, `incomplete`; it is no relation that should add up.
        relations=tuple(_relation(relation) for relation in document.relations if relation.exhaustive),
        findings=tuple(
            RecordFinding(
                check=finding.check,
                verdict=finding.verdict,
                figures=tuple(figure_id(index) for index in finding.figures),
                expected=finding.expected,
                reported=finding.reported,
                message=Message(en=finding.message["en"], vi=finding.message["vi"]),
                found_by=finding.found_by,
            )
            for finding in document.findings
        ),
        warnings=document.warnings,
    )


def figure_id(index: int) -> str:
    """The id of the figure at an index."""
    return f"f{index + 1}"


def _title(article: Article, document: Document) -> str | None:
    return _block_text(article, document, "title")


def _byline(article: Article, document: Document) -> str | None:
    return _block_text(article, document, "byline")


def _block_text(article: Article, document: Document, role: str) -> str | None:
    for block in document.blocks:
        if block.role == role:
            field, span = document.view.locate(Span(block.start, block.end))
            return span.of(article.text) if field == "text" else None
    return None


def _blocks(document: Document) -> tuple[RecordBlock, ...]:
    # The lines of a title that came apart are no blocks of the text; indices move up by them.
    apart = sum(block.start < document.title_end for block in document.blocks)
    rows = []
    for block in document.blocks[apart:]:
        _, span = document.view.locate(Span(block.start, block.end))
        twin = None if block.duplicate_of is None or block.duplicate_of < apart else block.duplicate_of - apart
        rows.append(RecordBlock(start=span.start, end=span.end, role=block.role, duplicate_of=twin))
    return tuple(rows)


def _abbreviation(article: Article, document: Document, use: Abbreviation) -> RecordAbbreviation:
    field, span = document.view.locate(Span(use.start, use.end))
    defined = None if use.defined_at is None else document.view.locate(use.defined_at)
    return RecordAbbreviation(
        start=span.start,
        end=span.end,
        field=field,
        # As written there, but composed: the view writes one dash and one space for all.
        short=unicodedata.normalize("NFC", span.of((article.title or "") if field == "title" else article.text)),
        long=use.long,
        origin=use.origin,
        defined_at=None
        if defined is None or defined[0] != field
        else Interval(start=defined[1].start, end=defined[1].end),
        candidates=use.candidates,
        found_by=use.found_by,
    )


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


def _figures(article: Article, document: Document, twins: dict[int, int]) -> tuple[Figure, ...]:
    scopes = document.scopes or (Scope(),) * len(document.quantities)
    starts = [use.start for use in document.abbreviations]
    return tuple(
        _figure(article, document, index, scopes[index], twins.get(index), starts)
        for index in range(len(document.quantities))
    )


def _figure(
    article: Article, document: Document, index: int, scope: Scope, twin: int | None, starts: Sequence[int]
) -> Figure:
    quantity, view = document.quantities[index], document.view
    field, span = view.locate(Span(quantity.start, quantity.end))
    source = (article.title or "") if field == "title" else article.text
    sentence = document.sentences[quantity.sentence]
    unit = quantity.unit
    if unit is not None and quantity.unit_span is not None:
        unit = view.to_source(quantity.unit_span).of(source)
    return Figure(
        id=figure_id(index),
        field=field,
        kind=quantity.kind,
        text=span.of(source),
        start=span.start,
        end=span.end,
        number=_interval(view.to_source(quantity.number)),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        modifier=quantity.modifier,
        unit=unit,
        unit_code=quantity.unit_code,
        entity=_entity(document, quantity.entity, source, starts),
        organization=_organization(scope),
        place=_place(scope),
        period=_period(scope),
        status=scope.status,
        evidence=_interval(view.to_source(Span(sentence.start, sentence.end))),
        duplicate_of=None if twin is None else figure_id(twin),
        ambiguous=_other(quantity),
        found_by=(*quantity.found_by, *scope.found_by),
    )


def _interval(span: Span) -> Interval:
    return Interval(start=span.start, end=span.end)


def _entity(document: Document, entity: Span | None, source: str, starts: Sequence[int]) -> RecordEntity | None:
    if entity is None:
        return None
    low, high = bisect.bisect_left(starts, entity.start), bisect.bisect_left(starts, entity.end)
    inside = [use for use in document.abbreviations[low:high] if use.end <= entity.end]
    stretch = entity.of(document.view.text)
    place = document.view.to_source(entity)
    expanded = expand(stretch, inside, entity.start) if inside else stretch
    return RecordEntity(start=place.start, end=place.end, text=place.of(source), expanded=expanded)


def _organization(scope: Scope) -> RecordOrganization | None:
    body = scope.organization
    return None if body is None else RecordOrganization(text=body.text, expanded=body.expanded)


def _place(scope: Scope) -> RecordPlace | None:
    place = scope.place
    if place is None:
        return None
    return RecordPlace(
        text=place.text, level=place.level, code=place.code, current=place.current, candidates=place.candidates
    )


def _period(scope: Scope) -> RecordPeriod | None:
    period = scope.period
    return None if period is None else RecordPeriod(text=period.text, first=period.first, last=period.last)


def _other(quantity: Quantity) -> OtherReading | None:
    other = quantity.other
    return None if other is None else OtherReading(value=other.value, low=other.low, high=other.high, why=other.why)


def _relation(relation: Relation) -> RecordRelation:
    names = {"from": "before", "to": "after"}
    roles = {
        names.get(role, role): figure_id(index) if isinstance(index, int) else tuple(figure_id(i) for i in index)
        for role, index in relation.roles.items()
    }
    return RecordRelation(type=relation.type, found_by=relation.found_by, **roles)
