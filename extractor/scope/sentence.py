"""A sentence with everything about scope that stands in it, and what its shape says about carrying scope on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import regex

from extractor.datafile import Table
from extractor.document import Block, Document
from extractor.lookup import alternatives
from extractor.scope.organizations import OrganizationMention
from extractor.scope.periods import TimeMention
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


@dataclass(frozen=True, slots=True)
class Passage:
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


_PLAIN = _Shape("body", heading=False, item=False, caption=False)


class PassageReader:
    """Makes passages of a document's sentences. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        persons, offices = alternatives(table.persons), alternatives(table.offices)
        self._person = regex.compile(
            rf"(?<![\p{{L}}\d])(?i:{persons})\s+((?:\p{{Lu}}[\p{{L}}.]*\s+){{0,4}}\p{{Lu}}\p{{L}}*)(?![\p{{L}}])"
        )
        self._office = regex.compile(
            rf"[,\s(–-]{{1,3}}(?:nguyên |quyền |là )?(?:{offices})(?![\p{{L}}])", regex.IGNORECASE
        )
        self._held = regex.compile(rf"(?<![\p{{L}}])(?:{offices})[\p{{L}}\s]{{0,80}}$", regex.IGNORECASE)
        self._quote = regex.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»")
        self._ending = regex.compile(r"[.!?…;:][”\"’)\]]*\s*$|\./\.\s*$")
        self._item = regex.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
        self._head = regex.compile(r"[\s\-–+•*(\[“\"\d.)]*")
        self._openers = {
            name: regex.compile(rf"(?:{alternatives(words)})(?![\p{{L}}])")
            for name, words in (("detail", table.detail), ("example", table.example), ("back", table.back_to_event))
        }
        self._caption = regex.compile(alternatives(table.caption))

    def read(
        self,
        document: Document,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        bodies: Sequence[OrganizationMention],
    ) -> list[Passage]:
        """The passages in order. Mentions are given in order of place."""
        quotes, names = self._quotations(document)
        bodies = _outside(bodies, names)
        officials = self._officials(document.view.text)
        figures = _by_sentence(document)
        shapes = [self._shape(document, block) for block in document.blocks]
        found: list[Passage] = []
        for index, sentence in enumerate(document.sentences):
            span = Span(sentence.start, sentence.end)
            shape = shapes[sentence.block] if sentence.block < len(shapes) else _PLAIN
            private, official = self._persons(document.view.text, span, officials)
            found.append(
                Passage(
                    span=span,
                    block=sentence.block,
                    role=shape.role,
                    opens=not found or sentence.block != found[-1].block,
                    heading=shape.heading,
                    item=shape.item,
                    times=_slice(times, span),
                    places=_slice(places, span),
                    bodies=_slice(bodies, span),
                    figures=tuple(figures.get(index, ())),
                    speech=_over(quotes, span),
                    private=private,
                    official=official,
                    detail=self._opens("detail", document.view.lower, span),
                    example=self._opens("example", document.view.lower, span),
                    back=self._opens("back", document.view.lower, span),
                    caption=shape.caption,
                )
            )
        return found

    def _shape(self, document: Document, block: Block) -> _Shape:
        """A block's role, and what its first and last letters show."""
        text = document.view.text
        item = self._item.match(text, block.start, block.end) is not None
        ended = self._ending.search(text, max(block.start, block.end - TAIL), block.end) is not None
        caption = block.role == "caption" or self._caption.match(document.view.lower, block.start) is not None
        return _Shape(block.role, not ended and not item, item, caption)

    def _opens(self, name: str, lower: str, span: Span) -> bool:
        """Whether a sentence begins with words of one sort."""
        head = self._head.match(lower, span.start, span.end)
        return self._openers[name].match(lower, head.end() if head else span.start, span.end) is not None

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

    def _officials(self, text: str) -> frozenset[str]:
        """The given names of persons who are named with an office somewhere in the article."""
        return frozenset(m[1].split()[-1] for m in self._person.finditer(text) if self._in_office(text, m))

    def _in_office(self, text: str, match: regex.Match[str]) -> bool:
        if self._office.match(text, match.end()):
            return True
        return bool(self._held.search(text[max(0, match.start() - 90) : match.start()].rsplit("\n", maxsplit=1)[-1]))

    def _persons(self, text: str, span: Span, officials: frozenset[str]) -> tuple[int | None, bool]:
        private, official = None, False
        for match in self._person.finditer(text, span.start, span.end):
            if match[1].split()[-1] in officials or self._in_office(text, match):
                official = True
            elif private is None:
                private = match.start()
        return private, official


def _by_sentence(document: Document) -> dict[int, list[int]]:
    figures: dict[int, list[int]] = {}
    for index, quantity in enumerate(document.quantities):
        figures.setdefault(quantity.sentence, []).append(index)
    for indices in figures.values():
        indices.sort(key=lambda i: document.quantities[i].number.start)
    return figures


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


def _slice(mentions: Sequence[M], span: Span) -> tuple[M, ...]:
    low = bisect_left(mentions, span.start, key=lambda m: m.start)
    return tuple(mentions[low : bisect_left(mentions, span.end, key=lambda m: m.start)])


def _over(quotes: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The quotations that share a letter with a sentence; they may run over several."""
    low = max(0, bisect_left(quotes, (span.start,)) - 1)
    return tuple(q for q in quotes[low : bisect_left(quotes, (span.end,))] if q.overlaps(span))
