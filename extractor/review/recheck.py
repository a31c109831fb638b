"""The arithmetic of a record worked out anew after a reviewer changed figures, by the program's own checks."""

from __future__ import annotations

from collections.abc import Collection

from extractor.check import Checker
from extractor.document import Block, Document, Finding, Quantity, Relation, Sentence, View
from extractor.model import Figure, Message, Record, RecordFinding, RecordRelation
from extractor.span import Span

BETWEEN = "\n\n"
COMPLETE = frozenset({"does_not_add_up", "consistent"})


def recheck(record: Record, changed: Collection[str]) -> tuple[RecordFinding, ...]:
    """The findings on those relations that hold a changed figure, and on the changed figures themselves.

    `record` has the changed figures already, and still the findings from before: from these it is known which sums
    name all their parts. A sum of which that is not known is taken to leave some out, so that it raises no alarm.
    """
    ids = [figure.id for figure in record.figures]
    touched = tuple(r for r in record.relations if not set(changed).isdisjoint(r.members()))
    found = Checker.load().check(_document(record, touched))
    return tuple(_finding(f, ids) for f in found if any(ids[i] in changed for i in f.figures))


def _document(record: Record, relations: tuple[RecordRelation, ...]) -> Document:
    """The record as the checks read it: source and view are the same, the title before the text."""
    shift = len(record.title) + len(BETWEEN) if record.title else 0
    text = f"{record.title}{BETWEEN}{record.text}" if record.title else record.text or ""
    lower = text.lower()
    blocks = tuple(Block(b.start + shift, b.end + shift, b.role, b.duplicate_of) for b in record.blocks)
    places = {figure.id: i for i, figure in enumerate(record.figures)}
    quantities = tuple(_quantity(f, i, shift if f.field == "text" else 0) for i, f in enumerate(record.figures))
    sentences = tuple(_sentence(f, shift if f.field == "text" else 0, blocks) for f in record.figures)
    return Document(
        view=View(text, lower if len(lower) == len(text) else text),
        title_end=max(0, shift - len(BETWEEN)),
        published=record.published,
        blocks=blocks or (Block(0, len(text), "body"),),
        sentences=sentences,
        quantities=quantities,
        relations=tuple(_relation(r, places, exhaustive=_names_all_parts(record, r)) for r in relations),
    )


def _quantity(figure: Figure, sentence: int, shift: int) -> Quantity:
    return Quantity(
        start=figure.start + shift,
        end=figure.end + shift,
        number=Span(figure.number.start + shift, figure.number.end + shift),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        modifier=figure.modifier,
        kind=figure.kind,
        unit=figure.unit,
        unit_code=figure.unit_code,
        unit_span=None,
        entity=Span(figure.entity.start + shift, figure.entity.end + shift) if figure.entity else None,
        sentence=sentence,
        found_by=figure.found_by,
    )


def _sentence(figure: Figure, shift: int, blocks: tuple[Block, ...]) -> Sentence:
    start, end = figure.evidence.start + shift, figure.evidence.end + shift
    block = next((i for i, b in enumerate(blocks) if b.start <= start < b.end), 0)
    return Sentence(start, end, block)


def _relation(relation: RecordRelation, places: dict[str, int], *, exhaustive: bool) -> Relation:
    named = relation.model_dump(by_alias=True, exclude={"type", "found_by"}, exclude_none=True)
    roles = {role: places[x] if isinstance(x, str) else tuple(places[i] for i in x) for role, x in named.items()}
    return Relation(relation.type, roles, relation.found_by, exhaustive)


def _names_all_parts(record: Record, relation: RecordRelation) -> bool:
    """Whether the earlier finding on a sum shows that all its parts are told."""
    same = (f for f in record.findings if f.check == relation.type and set(f.figures) == set(relation.members()))
    return relation.type != "parts_sum" or any(f.verdict in COMPLETE for f in same)


def _finding(finding: Finding, ids: list[str]) -> RecordFinding:
    return RecordFinding(
        check=finding.check,
        verdict=finding.verdict,
        figures=tuple(ids[i] for i in finding.figures),
        expected=finding.expected,
        reported=finding.reported,
        message=Message(**finding.message),
        found_by=(*finding.found_by, "review.rechecked"),
    )
