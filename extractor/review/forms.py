"""What the browser may send as a decision, checked against the record that it speaks of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from extractor.model import Figure, Interval, Modifier, Record, RecordFinding
from extractor.review.applying import locate
from extractor.review.decisions import Addition, Anchor, Correction
from extractor.web.index import figure_target, finding_target

NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,24})(?:,\d{1,12})?")
KIND = re.compile(r"[a-z][a-z_]{1,39}")
LONGEST_NOTE = 2000
LONGEST_ENTITY = 300
LONGEST_FIGURE = 300


class Sent(BaseModel):
    """Base of everything that a browser sends: unknown keys are refused, no value is made to fit another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SentCorrection(Sent):
    """The correction form; numbers as a reader writes them."""

    value: str = Field(default="", max_length=40)
    low: str = Field(default="", max_length=40)
    high: str = Field(default="", max_length=40)
    kind: str = Field(max_length=40)
    modifier: str = Field(max_length=40)
    entity: str = Field(default="", max_length=LONGEST_ENTITY)


class SentPlace(Sent):
    """A stretch of a field, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class SentAddition(Sent):
    """A figure that the program missed: the place of its number, and unless that is undone what the form says of it.

    `span` is where the figure stands with its hedge and unit.
    """

    field: Literal["text", "title"]
    number: SentPlace
    span: SentPlace | None = None
    unit: str = Field(default="", max_length=LONGEST_ENTITY)
    unit_code: str | None = Field(default=None, max_length=40, pattern=r"^[A-Za-z_]+$")


class SentDecision(Sent):
    """A decision on a figure (by its id, or the place where it was missed), a finding (by its place), or the article."""

    article: str = Field(max_length=1000)
    figure: str | None = Field(default=None, max_length=100)
    finding: int | None = Field(default=None, ge=0)
    added: SentAddition | None = None
    action: Literal["confirm", "reject", "correct", "accept", "dismiss", "done", "add", "undo"]
    base: int = Field(ge=0)
    note: str = Field(default="", max_length=LONGEST_NOTE)
    correction: SentCorrection | None = None


class FormError(Exception):
    """Something in a form that cannot be taken: `fields` maps the field to a word that the page knows how to say."""

    def __init__(self, **fields: str) -> None:
        super().__init__(", ".join(f"{k}: {v}" for k, v in fields.items()))
        self.fields = fields


ON_FIGURES = ("confirm", "reject", "correct", "undo")
ON_ADDED = ("add", "undo")
ON_FINDINGS = ("accept", "dismiss", "undo")
ON_ARTICLES = ("done", "undo")


def target_and_body(sent: SentDecision, record: Record, kinds: frozenset[str]) -> tuple[str, dict[str, Any]]:
    """The name of what is decided on, and what the decision holds besides who and when. Raises FormError."""
    if sent.figure is not None:
        return _on_figure(sent, record, kinds)
    if sent.added is not None:
        return _on_added(sent, sent.added, record, kinds)
    if sent.finding is not None:
        if sent.finding >= len(record.findings):
            raise FormError(finding="unknown")
        _allow(sent, ON_FINDINGS)
        finding = record.findings[sent.finding]
        body = {"figures": _anchors(record, finding), "check": finding.check, "note": sent.note}
        return finding_target(record, finding), body
    _allow(sent, ON_ARTICLES)
    return "article", {"note": sent.note}


def _on_figure(sent: SentDecision, record: Record, kinds: frozenset[str]) -> tuple[str, dict[str, Any]]:
    figure = next((f for f in record.figures if f.id == sent.figure), None)
    if figure is None:
        raise FormError(figure="unknown")
    _allow(sent, ON_FIGURES)
    body: dict[str, Any] = {"figures": [anchor_of(record, figure).model_dump()], "note": sent.note}
    if sent.action == "correct":
        if sent.correction is None:
            raise FormError(correction="missing")
        correction = checked_correction(sent.correction, record, figure, kinds)
        body["correction"] = correction.model_dump(mode="json", exclude_none=True)
    return figure_target(figure), body


def _on_added(
    sent: SentDecision, added: SentAddition, record: Record, kinds: frozenset[str]
) -> tuple[str, dict[str, Any]]:
    _allow(sent, ON_ADDED)
    text = getattr(record, added.field) or ""
    start, end = added.number.start, added.number.end
    if not text[start:end].strip() or end > len(text):
        raise FormError(words="entity")
    if taken(record, added.field, start, end):
        raise FormError(words="taken")
    anchor = Anchor(field=added.field, start=start, end=end, text=text[start:end])
    body: dict[str, Any] = {"figures": [anchor.model_dump()], "note": sent.note}
    if sent.action == "add":
        if sent.correction is None or added.span is None:
            raise FormError(correction="missing")
        addition = checked_addition(added, added.span, sent.correction, record, kinds)
        body["addition"] = addition.model_dump(mode="json", exclude_none=True)
    return f"figure:{added.field}:{start}-{end}", body


def taken(record: Record, field: str, start: int, end: int) -> bool:
    """Whether a figure that the program found has its number there."""
    return any(f.field == field and f.number.start < end and start < f.number.end for f in record.figures)


def checked_addition(
    added: SentAddition, span: SentPlace, sent: SentCorrection, record: Record, kinds: frozenset[str]
) -> Addition:
    """The figure that was missed, every field checked. Raises FormError with all that is wrong at once."""
    text = getattr(record, added.field) or ""
    start, end = span.start, span.end
    if not (start <= added.number.start < added.number.end <= end <= min(len(text), start + LONGEST_FIGURE)):
        raise FormError(words="entity")
    place, number = {"start": start, "end": end}, added.number.model_dump()
    bare = {"value": None, "modifier": "exact", "unit": None, "unit_code": None, "kind": "other_count", "id": "r"}
    figure = Figure.model_validate(
        {**place, **bare, "field": added.field, "text": text[start:end], "number": number, "evidence": place}
    )
    unit = added.unit.strip()
    wrong = {"unit": "entity"} if unit and locate(text, unit, figure) is None else {}
    try:
        correction = checked_correction(sent, record, figure, kinds)
    except FormError as error:
        raise FormError(**error.fields, **wrong) from error
    if wrong:
        raise FormError(**wrong)
    said = {"text": text[start:end], "unit": unit or None, "unit_code": added.unit_code if unit else None}
    return Addition.model_validate({**correction.model_dump(), **place, **said, "evidence": _sentence(record, figure)})


def _sentence(record: Record, figure: Figure) -> Interval:
    """The sentence around a place: that of another figure there, else the line."""
    start, end = figure.start, figure.end
    for other in record.figures:
        if other.field == figure.field and other.evidence.start <= start and end <= other.evidence.end:
            return other.evidence
    text = getattr(record, figure.field) or ""
    after = text.find("\n", end)
    return Interval(start=text.rfind("\n", 0, start) + 1, end=after if after >= 0 else len(text))


def _allow(sent: SentDecision, actions: tuple[str, ...]) -> None:
    if sent.action not in actions:
        raise FormError(action="unknown")


def anchor_of(record: Record, figure: Figure) -> Anchor:
    """Where the figure's number stands, and its letters."""
    start, end = figure.number.start, figure.number.end
    return Anchor(field=figure.field, start=start, end=end, text=(getattr(record, figure.field) or "")[start:end])


def _anchors(record: Record, finding: RecordFinding) -> list[dict[str, Any]]:
    return [anchor_of(record, record.figure(x)).model_dump() for x in finding.figures]


def checked_correction(sent: SentCorrection, record: Record, figure: Figure, kinds: frozenset[str]) -> Correction:
    """The correction, every field checked. Raises FormError with all that is wrong at once."""
    wrong: dict[str, str] = {}
    if sent.kind not in kinds or not KIND.fullmatch(sent.kind):
        wrong["kind"] = "kind"
    if sent.modifier not in get_args(Modifier):
        wrong["modifier"] = "modifier"
    numbers: dict[str, Decimal] = {}
    for name in ("low", "high") if sent.modifier == "range" else ("value",):
        try:
            numbers[name] = parse_number(getattr(sent, name))
        except ValueError:
            wrong[name] = "number"
    if not wrong and sent.modifier == "range" and numbers["low"] >= numbers["high"]:
        wrong["high"] = "order"
    entity = sent.entity.strip()
    at = locate(getattr(record, figure.field) or "", entity, figure) if entity else None
    if entity and at is None:
        wrong["entity"] = "entity"
    if wrong:
        raise FormError(**wrong)
    place = Interval(start=at.start, end=at.end) if at else None
    words = {"kind": sent.kind, "modifier": sent.modifier, "entity": at.text if at else None, "entity_at": place}
    return Correction.model_validate({**numbers, **words})


def parse_number(text: str) -> Decimal:
    """A number as the articles write it: points between groups of three, a comma before decimals. Else ValueError.

    >>> parse_number("8.500"), parse_number("32,83"), parse_number("1640")
    (Decimal('8500'), Decimal('32.83'), Decimal('1640'))
    """
    plain = text.strip()
    if not NUMBER.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain.replace(".", "").replace(",", "."))
