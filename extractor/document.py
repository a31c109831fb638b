"""What the stages hand to each other: an article in its normalised view, with all spans in view coordinates.

The view is the title (where it came apart from the text), a blank line, and the text, cleaned for matching.
Only the pipeline maps spans back into the text as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from extractor.frozen import frozen
from extractor.lookup import WordPlaces
from extractor.span import Span


@dataclass(frozen=True)
class View:
    """A text normalised for matching, and the way back.

    `text` is composed (NFC) with the tone mark of oa, oe, uy on its first-choice letter (hòa, not hoà), plain
    spaces and hyphens and Đ for its look-alikes; line breaks are kept. `lower` is `text` in lower case, position
    for position. `starts[i]` and `ends[i]` are where the character `i` of the view starts and ends in the source;
    both are None where view and source are the same, character for character.

    Where the title came apart from the text, the view is title, blank line, text; `title` is then the view of the
    title alone, and `starts` and `ends` are those of the text alone.
    """

    text: str
    lower: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    title: View | None = None

    @cached_property
    def words(self) -> WordPlaces:
        """Where each word of `lower` starts."""
        return WordPlaces.of(self.lower)

    @property
    def title_end(self) -> int:
        """Where the title ends in the view; 0 if it did not come apart."""
        return 0 if self.title is None else len(self.title.text)

    @property
    def text_start(self) -> int:
        """Where the text begins in the view; 0 if no title came apart."""
        return 0 if self.title is None else len(self.title.text) + len("\n\n")

    @property
    def is_source(self) -> bool:
        """Whether the view is the text of the source, position for position."""
        return self.starts is None and self.title is None

    def to_source(self, span: Span) -> Span:
        """The span of the source (see `locate` for which field) that a non-empty span of the view came from."""
        return span if self.is_source else self.locate(span)[1]

    def locate(self, span: Span) -> tuple[Literal["title", "text"], Span]:
        """The field, ``title`` or ``text``, that a non-empty span of the view lies in, and its span there."""
        if self.is_source:
            return "text", span
        start, end = span
        if self.title is not None:
            if start < self.text_start:
                return "title", self.title.to_source(span)
            start, end = start - self.text_start, end - self.text_start
        if self.starts is None or self.ends is None:
            return "text", Span(start, end)
        return "text", Span(self.starts[start], self.ends[end - 1])


@frozen
class Block:
    """A paragraph-sized stretch and its role: title, dateline, teaser, caption, body, byline or boilerplate.

    `duplicate_of` is the index of the later or earlier block that this one repeats (a teaser of its body).
    """

    start: int
    end: int
    role: str
    duplicate_of: int | None = None


@frozen
class Sentence:
    """A sentence, and the index of the block it stands in."""

    start: int
    end: int
    block: int


@frozen
class Sense:
    """One reading of a short form."""

    long: str
    domain: str


@frozen
class Abbreviation:
    """One use of a short form. `origin` is ``article``, ``lexicon`` or ``ambiguous`` (then `long` is None)."""

    start: int
    end: int
    short: str
    long: str | None
    origin: str
    defined_at: Span | None = None
    candidates: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()


@frozen
class Reading:
    """The reading of a figure that was not taken, and why, in a few words."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    why: str


@frozen
class Quantity:
    """A figure as the figures stage finds it, before scope and relations.

    `start`..`end` cover modifier, number and unit where they are contiguous; `number` is the numeral alone.
    `value` is None for a range, which has `low` and `high` instead. `unit` is the unit as written (None if there
    is none) and `unit_code` its entry in the closed list of unit codes. `sentence` indexes the document's sentences.
    """

    start: int
    end: int
    number: Span
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: str
    kind: str
    unit: str | None
    unit_code: str | None
    unit_span: Span | None
    entity: Span | None
    sentence: int
    other: Reading | None = None
    found_by: tuple[str, ...] = ()


@frozen
class Place:
    """An administrative unit as written, with its official code and the province it belongs to today."""

    text: str
    level: str | None = None
    code: str | None = None
    current: str | None = None
    candidates: tuple[str, ...] = ()


@frozen
class Period:
    """A period as written; `first` and `last` day are None where it cannot be resolved."""

    text: str
    first: date | None = None
    last: date | None = None


@frozen
class Organization:
    """The body that holds, organises or reports, as written and with abbreviations expanded."""

    text: str
    expanded: str


@frozen
class Scope:
    """Whose figure it is, where, when, and whether achieved, planned or required."""

    status: str = "achieved"
    organization: Organization | None = None
    place: Place | None = None
    period: Period | None = None
    found_by: tuple[str, ...] = ()


@frozen
class Relation:
    """Figures that the article makes belong together, by their indices in the list of quantities.

    `roles` maps a role of the record format to an index or a tuple of indices: ``{"whole": 3, "parts": (4, 5)}``
    for parts_sum, ``{"parts": …}`` percent_sum, ``{"part", "whole", "percent"}`` percent_of,
    ``{"count", "each", "total"}`` product, ``{"figures": …}`` same, ``{"ratio", "percent"}`` ratio_percent,
    ``{"from", "to", "by"}`` change.
    """

    type: str
    roles: dict[str, int | tuple[int, ...]]
    found_by: tuple[str, ...] = ()
    exhaustive: bool = True


@frozen
class Finding:
    """The outcome of one check; `figures` are indices, the whole or total first."""

    check: str
    verdict: str
    figures: tuple[int, ...]
    expected: Decimal | None
    reported: Decimal | None
    message: dict[str, str]
    found_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """An article on its way through the stages; the pipeline sets one field after each stage, a stage changes none."""

    view: View
    title_end: int = 0
    published: date | None = None
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    scopes: tuple[Scope, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)
