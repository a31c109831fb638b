"""A sentence with everything about scope that stands in it, and what its shape says about carrying scope on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import regex

from extractor.datafile import Table
from extractor.document import Block, Document
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
        return any(span.start <= at < span.end for span in self.speech)


class PassageReader:
    """Makes passages of a document's sentences. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        persons, offices = _alternatives(table.persons), _alternatives(table.offices)
        self._person = regex.compile(
            rf"(?<![\p{{L}}\d])(?i:{persons})\s+((?:\p{{Lu}}[\p{{L}}.]*\s+){{0,4}}\p{{Lu}}\p{{L}}*)(?![\p{{L}}])"
        )
        self._office = regex.compile(rf"[,\s(–-]{{1,3}}(?:nguyên |quyền |là )?(?:{offices})(?![\p{{L}}])", regex.IGNORECASE)
        self._held = regex.compile(rf"(?<![\p{{L}}])(?:{offices})[\p{{L}}\s]{{0,80}}$", regex.IGNORECASE)
        self._quote = regex.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»")
        self._ending = regex.compile(r"[.!?…;:][”\"’)\]]*\s*$|\./\.\s*$")
        self._item = regex.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
        self._head = regex.compile(r"[\s\-–+•*(\[“\"\d.)]*")
        self._openers = {
            name: regex.compile(rf"(?:{_alternatives(words)})(?![\p{{L}}])")
            for name, words in (("detail", table.detail), ("example", table.example), ("back", table.back_to_event))
        }
        self._caption = regex.compile(_alternatives(table.caption))

    def read(
        self,
        document: Document,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        bodies: Sequence[OrganizationMention],
    ) -> list[Passage]:
        """The passages in order. Mentions are given in order of place."""
        text = document.view.text
        quotes, names = self._quotations(document)
        bodies = _outside(bodies, names)
        officials = self._officials(text)
        starts = {"time": [m.start for m in times], "place": [m.start for m in places], "body": [m.start for m in bodies]}
        figures = _by_sentence(document)
        quoted = [q.start for q in quotes]
        found: list[Passage] = []
        last = -1
        for index, sentence in enumerate(document.sentences):
            span = Span(sentence.start, sentence.end)
            low = max(0, bisect_left(quoted, span.start) - 1)
            speech = tuple(q for q in quotes[low : bisect_left(quoted, span.end)] if q.overlaps(span))
            mentions = (
                _slice(times, starts["time"], span),
                _slice(places, starts["place"], span),
                _slice(bodies, starts["body"], span),
            )
            private, official = self._persons(text, span, officials)
            block = _block(document, sentence.block)
            line = text[block.start : block.end] if block else text[span.start : span.end]
            found.append(
                Passage(
                    span,
                    sentence.block,
                    block.role if block else "body",
                    sentence.block != last,
                    not self._ending.search(line) and not self._item.match(line),
                    bool(self._item.match(line)),
                    *mentions,
                    tuple(figures.get(index, ())),
                    speech,
                    private,
                    official,
                    caption=bool(block and block.role == "caption") or bool(self._caption.match(document.view.lower, span.start)),
                    **self._opening(document.view.lower, span),
                )
            )
            last = sentence.block
        return found

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

    def _opening(self, lower: str, span: Span) -> dict[str, bool]:
        begin = self._head.match(lower, span.start, span.end).end()
        return {name: bool(pattern.match(lower, begin, span.end)) for name, pattern in self._openers.items()}

    def _officials(self, text: str) -> frozenset[str]:
        """The given names of persons who are named with an office somewhere in the article."""
        return frozenset(m[1].split()[-1] for m in self._person.finditer(text) if self._in_office(text, m))

    def _in_office(self, text: str, match: regex.Match[str]) -> bool:
        if self._office.match(text, match.end()):
            return True
        return bool(self._held.search(text[max(0, match.start() - 90) : match.start()].split("\n")[-1]))

    def _persons(self, text: str, span: Span, officials: frozenset[str]) -> tuple[int | None, bool]:
        private, official = None, False
        for match in self._person.finditer(text, span.start, span.end):
            if match[1].split()[-1] in officials or self._in_office(text, match):
                official = True
            elif private is None:
                private = match.start()
        return private, official


def _block(document: Document, index: int) -> Block | None:
    return document.blocks[index] if index < len(document.blocks) else None


def _by_sentence(document: Document) -> dict[int, list[int]]:
    figures: dict[int, list[int]] = {}
    for index, quantity in enumerate(document.quantities):
        figures.setdefault(quantity.sentence, []).append(index)
    for indices in figures.values():
        indices.sort(key=lambda i: document.quantities[i].number.start)
    return figures


M = TypeVar("M")


def _outside(bodies: Sequence[OrganizationMention], names: Sequence[Span]) -> list[OrganizationMention]:
    """Bodies that do not begin within one of the spans."""
    starts = [n.start for n in names]
    kept = []
    for body in bodies:
        place = bisect_left(starts, body.start + 1) - 1
        if place < 0 or body.start >= names[place].end:
            kept.append(body)
    return kept


def _slice(mentions: Sequence[M], starts: Sequence[int], span: Span) -> tuple[M, ...]:
    return tuple(mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)])


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted({regex.escape(w) for w in words}, key=lambda w: (-len(w), w)))

