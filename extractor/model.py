"""The record: what the program writes for one article, format 1. Frozen, validated, published as a JSON Schema.

Offsets are half-open and count Unicode code points of the field that they name (`text`, or `title` where the
title came apart from the text). Values are exact: `Decimal` in Python, a plain number in JSON.
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Context, Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

FORMAT: Final = 1


def to_json_number(value: Decimal) -> int | float:
    """The JSON number of an exact value: an integer where it is whole, else its shortest decimal form.

    >>> to_json_number(Decimal("8500")), to_json_number(Decimal("32.83"))
    (8500, 32.83)
    """
    whole = int(value)
    return whole if whole == value else float(value)


def as_json_holds(value: Decimal) -> Decimal:
    """The value if JSON gives it back unchanged, else (a quotient that does not end) its first 15 digits.

    >>> as_json_holds(Decimal("32.83")), as_json_holds(Decimal(8) / 9)
    (Decimal('32.83'), Decimal('0.888888888888889'))
    """
    if value == int(value) or Decimal(repr(float(value))) == value:
        return value
    return Context(prec=sys.float_info.dig).plus(value)


Number = Annotated[
    Decimal,
    AfterValidator(as_json_holds),
    PlainSerializer(to_json_number, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
Role = Literal["title", "dateline", "teaser", "caption", "body", "byline", "boilerplate"]
FieldName = Literal["text", "title"]
Kind = str
Modifier = Literal[
    "exact",
    "approximately",
    "almost",
    "more_than",
    "less_than",
    "at_least",
    "at_most",
    "range",
    "order_of_magnitude",
]
Status = Literal["achieved", "planned", "required"]
Verdict = Literal["consistent", "incomplete", "does_not_add_up", "exceeds_total", "conflict", "impossible"]
RelationType = Literal["parts_sum", "percent_sum", "percent_of", "product", "same", "ratio_percent", "change"]
ALARMS: frozenset[str] = frozenset({"does_not_add_up", "exceeds_total", "conflict", "impossible"})


class Part(BaseModel):
    """Base of everything in a record: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(Part):
    """A half-open interval of code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class RecordSource(Part):
    """Where the article came from; `sha256` is of the article's raw bytes."""

    uri: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    sha256: str | None = None


class RecordBlock(Interval):
    """A stretch of the text and its role; `duplicate_of` is the index of the block that it repeats."""

    role: Role
    duplicate_of: int | None = None


class RecordAbbreviation(Interval):
    """One use of a short form, with what it stands for and how that is known."""

    field: FieldName = "text"
    short: str
    long: str | None
    origin: Literal["article", "lexicon", "ambiguous"]
    defined_at: Interval | None = None
    candidates: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()


class RecordEntity(Interval):
    """The words that say what is counted, and the same with abbreviations expanded."""

    text: str
    expanded: str


class RecordOrganization(Part):
    """The body that holds, organises or reports."""

    text: str
    expanded: str


class RecordPlace(Part):
    """An administrative unit, its official code, and the province it belongs to today."""

    text: str
    level: str | None = None
    code: str | None = None
    current: str | None = None
    candidates: tuple[str, ...] = ()


class RecordPeriod(Part):
    """A period; `from` and `to` are its first and last day, null where they cannot be resolved."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    text: str
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")


class OtherReading(Part):
    """The reading that was not taken, where the text allows two, and why it was not."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    why: str


class Figure(Interval):
    """A quantity that the article reports."""

    id: str
    field: FieldName = "text"
    kind: Kind
    text: str
    number: Interval
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    modifier: Modifier
    unit: str | None
    unit_code: str | None
    entity: RecordEntity | None = None
    organization: RecordOrganization | None = None
    place: RecordPlace | None = None
    period: RecordPeriod | None = None
    status: Status = "achieved"
    evidence: Interval
    duplicate_of: str | None = None
    ambiguous: OtherReading | None = None
    found_by: tuple[str, ...] = ()


class RecordRelation(BaseModel):
    """Figures that belong together, by id. Which of the roles are there depends on the type."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    type: RelationType
    whole: str | None = None
    parts: tuple[str, ...] | None = None
    part: str | None = None
    percent: str | None = None
    count: str | None = None
    each: str | None = None
    total: str | None = None
    figures: tuple[str, ...] | None = None
    ratio: str | None = None
    before: str | None = Field(default=None, alias="from")
    after: str | None = Field(default=None, alias="to")
    by: str | None = None
    found_by: tuple[str, ...] = ()

    def members(self) -> tuple[str, ...]:
        """The ids of all figures involved."""
        single = (
            self.whole, self.part, self.percent, self.count, self.each, self.total,
            self.ratio, self.before, self.after, self.by,
        )  # fmt: skip
        return tuple(x for x in single if x) + (self.parts or ()) + (self.figures or ())


class Message(Part):
    """The same message in both languages."""

    en: str
    vi: str


class RecordFinding(Part):
    """The outcome of one check: what the arithmetic gives beside what the article says."""

    check: str
    verdict: Verdict
    figures: tuple[str, ...]
    expected: Number | None = None
    reported: Number | None = None
    message: Message
    found_by: tuple[str, ...] = ()

    @property
    def alarm(self) -> bool:
        """Whether the finding says that something is wrong."""
        return self.verdict in ALARMS


class Record(Part):
    """Everything that the program found in one article."""

    format: Literal[1] = FORMAT
    id: str
    source: RecordSource
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    text: str | None = None
    offset_unit: Literal["codepoint"] = "codepoint"
    blocks: tuple[RecordBlock, ...] = ()
    tokens: tuple[tuple[int, int], ...] | None = None
    abbreviations: tuple[RecordAbbreviation, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[RecordRelation, ...] = ()
    findings: tuple[RecordFinding, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record as JSON-ready values; a relation's unused roles and absent text or tokens are left out."""
        row = self.model_dump(mode="json", by_alias=True)
        for name in ("text", "tokens", "url"):
            if row[name] is None:
                del row[name]
        row["relations"] = [{k: v for k, v in r.items() if v is not None} for r in row["relations"]]
        return row

    def figure(self, figure_id: str) -> Figure:
        """The figure of that id; KeyError if there is none."""
        for figure in self.figures:
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)
