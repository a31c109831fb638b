"""A sentence with everything about scope that stands in it, and what its shape says about carrying scope on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

import regex

from extractor.datafile import Table
from extractor.document import Document
from extractor.lookup import Openings, WordPlaces, alternatives
from extractor.scope.organizations import OrganizationMention
from extractor.scope.periods import TimeMention
from extractor.scope.persons import PersonFinder
from extractor.scope.places import PlaceMention
from extractor.span import Span

SPEECH = 12
"""Words at least that make what stands in quotation marks somebody's speech, not a name, if there is no figure in it."""


class CarryTable(Table):
    """The schema of ``carry.toml``."""

    back_to_event: tuple[str, ...]
    detail: tuple[str, ...]
    example: tuple[str, ...]
    persons: tuple[str, ...]
    offices: tuple[str, ...]
    before_office: tuple[str, ...]
    qualities: tuple[str, ...]
    existential: tuple[str, ...]
    changes: tuple[str, ...]
    caption: tuple[str, ...]
    respectively: tuple[str, ...]
    then: tuple[str, ...]


TAIL = 12
"""Letters at the end of a line in which its end mark is looked for."""
NEAR = 400
"""Letters beyond which nothing in the same sentence is looked for any more."""
BEFORE, AFTER = 16, 6
"""Mentions at most that are weighed before and after a figure."""


class Passage(NamedTuple):
    """One sentence. `role` is the block's; a line without an end mark counts as a heading unless it is an item.

    `speech` are quotations long enough to be someone's words; `private` is where a person without an office is named.
    """

    span: Span
    block: int
    role: str
    opens: bool
    heading: bool
    item: bool
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    bodies: tuple[OrganizationMention, ...]
    figures: tuple[int, ...]
    speech: tuple[Span, ...] = ()
    private: int | None = None
    official: bool = False
    detail: bool = False
    example: bool = False
    back: bool = False
    caption: bool = False

    def spoken(self, at: int) -> bool:
        """Whether a place stands in someone's words."""
        place = bisect_left(self.speech, (at + 1,)) - 1
        return place >= 0 and at < self.speech[place].end


class _Shape(NamedTuple):
    """What a block's look says of its sentences."""

    role: str
    heading: bool
    item: bool
    caption: bool


_NONE: frozenset[str] = frozenset()
_PLAIN = _Shape("body", heading=False, item=False, caption=False)


class PassageReader:
    """Makes passages of a document's sentences. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        self._persons = PersonFinder(table.persons, table.offices, table.before_office)
        self.openings: Openings = self._persons.openings
        self._quote = regex.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»")
        self._ending = regex.compile(r"[.!?…;:][”\"’)\]]*\s*$|\./\.\s*$")
        self._item = regex.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
        head = r"[\s\-–+•*(\[“\"\d.)]*"
        openers = {"detail": table.detail, "example": table.example, "back": table.back_to_event}
        self._opener = regex.compile(rf"{head}(?:{alternatives(chain(*openers.values()))})(?![\p{{L}}])")
        self._openers = {
            name: regex.compile(rf"{head}+(?:{alternatives(words)})(?![\p{{L}}])") for name, words in openers.items()
        }
        self._caption = regex.compile(alternatives(table.caption))

    def read(
        self,
        document: Document,
        words: WordPlaces,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        bodies: Sequence[OrganizationMention],
        reach: int,
    ) -> list[Passage]:
        """The passages in order, up to the last that matters. Mentions are given in order of place."""
        quotes, names = self._quotations(document)
        times_of, places_of, bodies_of = _Row(times), _Row(places), _Row(_outside(bodies, names))
        persons = self._persons.find(document.view, words)
        figures = _by_sentence(document)
        found: list[Passage] = []
        last = -1
        shape = _PLAIN
        for index, sentence in enumerate(document.sentences[:reach]):
            span = Span(sentence.start, sentence.end)
            if sentence.block != last:
                shape = self._shape(document, sentence.block)
            private, official = persons.within(span)
            openers = self._opened(document.view.lower, span)
            found.append(
                Passage(
                    span=span,
                    block=sentence.block,
                    role=shape.role,
                    opens=sentence.block != last,
                    heading=shape.heading,
                    item=shape.item,
                    times=times_of.within(span),
                    places=places_of.within(span),
                    bodies=bodies_of.within(span),
                    figures=figures.get(index, ()),
                    speech=_over(quotes, span) if quotes else (),
                    private=private,
                    official=official,
                    detail="detail" in openers,
                    example="example" in openers,
                    back="back" in openers,
                    caption=shape.caption,
                )
            )
            last = sentence.block
        return found

    def reach(self, document: Document) -> int:
        """How many sentences matter: up to the last figure, at least to the first sentence of the body."""
        last = max(quantity.sentence for quantity in document.quantities) + 1
        for index, sentence in enumerate(document.sentences, 1):
            shape = self._shape(document, sentence.block)
            if shape.role == "body" and not shape.heading:
                return max(last, index)
        return len(document.sentences)

    def _shape(self, document: Document, number: int) -> _Shape:
        """A block's role, and what its first and last letters show."""
        if number >= len(document.blocks):
            return _PLAIN
        text, block = document.view.text, document.blocks[number]
        item = self._item.match(text, block.start, block.end) is not None
        ended = self._ending.search(text, max(block.start, block.end - TAIL), block.end) is not None
        caption = block.role == "caption" or self._caption.match(document.view.lower, block.start) is not None
        return _Shape(block.role, not ended and not item, item, caption)

    def _opened(self, lower: str, span: Span) -> frozenset[str]:
        """The sorts of words that a sentence begins with."""
        if not self._opener.match(lower, span.start, span.end):
            return _NONE
        return frozenset(name for name, words in self._openers.items() if words.match(lower, span.start, span.end))

    def _quotations(self, document: Document) -> tuple[list[Span], list[Span]]:
        """What stands in quotation marks: somebody's words (long, or with a figure), and names."""
        numbers = sorted(q.number.start for q in document.quantities)
        speech: list[Span] = []
        names: list[Span] = []
        for match in self._quote.finditer(document.view.text):
            low, high = bisect_left(numbers, match.start()), bisect_left(numbers, match.end())
            spoken = len(match[0].split()) >= SPEECH or (low < high and len(match[0].split()) > high - low + 2)
            (speech if spoken else names).append(Span(*match.span()))
        return speech, names


def _by_sentence(document: Document) -> dict[int, tuple[int, ...]]:
    figures: dict[int, list[int]] = {}
    for index, quantity in enumerate(document.quantities):
        figures.setdefault(quantity.sentence, []).append(index)
    return {
        sentence: tuple(sorted(indices, key=lambda i: document.quantities[i].number.start))
        for sentence, indices in figures.items()
    }


M = TypeVar("M", TimeMention, PlaceMention, OrganizationMention)


def around(mentions: Sequence[M], at: int) -> Sequence[M]:
    """Those of a sentence's mentions that are weighed for a figure at a place."""
    place = bisect_left(mentions, at, key=lambda m: m.start)
    return mentions[max(0, place - BEFORE) : place + AFTER]


def _outside(bodies: Sequence[OrganizationMention], names: Sequence[Span]) -> list[OrganizationMention]:
    """Bodies that do not begin within one of the spans."""
    starts = [n.start for n in names]
    kept = []
    for body in bodies:
        place = bisect_left(starts, body.start + 1) - 1
        if place < 0 or body.start >= names[place].end:
            kept.append(body)
    return kept


class _Row(Generic[M]):
    """Mentions in order, cut by sentence."""

    def __init__(self, mentions: Sequence[M]) -> None:
        self._mentions: Sequence[M] = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, span: Span) -> tuple[M, ...]:
        """Those that begin in a sentence."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end, low)
        return tuple(self._mentions[low:high]) if low < high else ()


def _over(quotes: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The quotations that share a letter with a sentence; they may run over several."""
    low = max(0, bisect_left(quotes, (span.start,)) - 1)
    return tuple(q for q in quotes[low : bisect_left(quotes, (span.end,))] if q.overlaps(span))
