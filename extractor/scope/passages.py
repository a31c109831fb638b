"""Makes passages of sentences: what was found in the text is put where it stands, and the sentence's own look is told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from extractor.document import Document, Sentence
from extractor.lookup import LETTER, Leads, Openings, alternatives
from extractor.scope.mention import TimeMention
from extractor.scope.organizations import OrganizationMention
from extractor.scope.persons import PersonFinder
from extractor.scope.places import PlaceMention
from extractor.scope.sentence import CarryTable, M, Passage, Shape
from extractor.scope.state import Stretch
from extractor.span import Span

SPEECH = 12
"""Words at least that make what stands in quotation marks somebody's speech, not a name, if there is no figure in it."""
END_MARKS = (".", "!", "?", "…", ";", ":")
CLOSERS = '”"’)]'
"""What may stand behind an end mark."""
OPENING_MARKS = '“"«'
TAIL = 12
"""Letters at the end of a line in which its end mark is looked for."""
_NONE: frozenset[str] = frozenset()
_PLAIN = Shape.of("body", heading=False, item=False, caption=False)


class PassageReader:
    """Makes passages of a document's sentences. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        self._persons = PersonFinder(table.persons, table.offices, table.before_office)
        self.openings: Openings = self._persons.openings
        self._quote = re.compile(r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|«[^»\n]*»")
        self._item = re.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
        self._section = re.compile(r"\s*[IVX]{1,4}[.)/]\s*\S")
        head = r"[\s\-–+•*(\[“\"\d.)]*"
        openers = {"detail": table.detail, "example": table.example, "back": table.back_to_event}
        self._openers = {
            name: re.compile(rf"{head}(?:{alternatives(words)})(?!{LETTER})") for name, words in openers.items()
        }
        self._opening = _by_letter(chain(*openers.values()))
        self._slug = re.compile(table.slug)
        self._captions = tuple(table.caption)

    def read(
        self,
        document: Document,
        words: Leads,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        bodies: Sequence[OrganizationMention],
        told: Sequence[Sentence],
    ) -> list[Passage]:
        """The passages of the sentences as told, in order. Mentions are given in order of place."""
        sentences = document.sentences[: len(told)]
        passages = self._bare(document, told)
        quotes, names = self._quotations(document)
        rows = _Rows(sentences)
        for index, some_times in rows.cut(times):
            passages[index].times = some_times
        for index, some_places in rows.cut(places):
            passages[index].places = some_places
        for index, some_bodies in rows.cut(_outside(bodies, names)):
            passages[index].bodies = some_bodies
        for index, speech in rows.over(quotes):
            passages[index].speech = speech
        persons = self._persons.find(document.view, words)
        for index, named in rows.cut(persons.named):
            passages[index].private, passages[index].official = persons.within(named, passages[index].span)
        for index, figures in _by_sentence(document).items():
            passage, quantities = passages[index], [document.quantities[i] for i in figures]
            passage.figures, passage.quantities = figures, quantities
            passage.starts = [quantity.number.start for quantity in quantities]
        return passages

    def reach(self, document: Document) -> int:
        """How many sentences matter: up to the last figure, at least to the first sentence of the body."""
        last = max(quantity.sentence for quantity in document.quantities) + 1
        block = -1
        for index, sentence in enumerate(document.sentences, 1):
            if sentence.block != block:
                block = sentence.block
                shape = self._shape(document, block)
                if shape.role == "body" and not shape.heading:
                    return max(last, index)
        return len(document.sentences)

    def told(self, document: Document) -> Sequence[Sentence]:
        """The sentences, each from its own first word on: without the paper's mark before a paragraph."""
        text, found = document.view.text, list(document.sentences)
        last = -1
        for index, sentence in enumerate(found):
            if sentence.block != last:
                last = sentence.block
                slug = self._slug.match(text, sentence.start, sentence.end)
                if slug is not None:
                    found[index] = Sentence(slug.end(), sentence.end, sentence.block)
        return found

    def _bare(self, document: Document, sentences: Sequence[Sentence]) -> list[Passage]:
        """The passages with nothing in them yet."""
        lower, last, shape = document.view.lower, -1, _PLAIN
        found = []
        for sentence in sentences:
            opens = sentence.block != last
            if opens:
                last = sentence.block
                shape = self._shape(document, last)
            found.append(Passage(sentence, shape, self._opened(lower, sentence), opens=opens))
        return found

    def _shape(self, document: Document, number: int) -> Shape:
        """A block's role, and what its first and last letters show."""
        if number >= len(document.blocks):
            return _PLAIN
        text, block = document.view.text, document.blocks[number]
        item = (
            not text[block.start : block.start + 1].isupper()
            and self._item.match(text, block.start, block.end) is not None
        )
        tail = text[max(block.start, block.end - TAIL) : block.end].rstrip().rstrip(CLOSERS)
        caption = block.role == "caption" or document.view.lower.startswith(self._captions, block.start)
        heading = not item and not tail.endswith(END_MARKS)
        section = heading and self._section.match(text, block.start, block.end) is not None
        return Shape.of(block.role, heading=heading, item=item, caption=caption, section=section)

    def _opened(self, lower: str, span: Stretch) -> frozenset[str]:
        """The sorts of words that a sentence begins with."""
        first = lower[span.start : span.start + 1]
        if first.isalpha() and not lower.startswith(self._opening.get(first, ()), span.start):
            return _NONE
        return frozenset(name for name, words in self._openers.items() if words.match(lower, span.start, span.end))

    def _quoted(self, text: str) -> Iterator[re.Match[str]]:
        """What stands in quotation marks, in order."""
        end = 0
        for at in sorted(at for mark in OPENING_MARKS for at in _places_of(mark, text)):
            match = self._quote.match(text, at) if at >= end else None
            if match is not None:
                end = match.end()
                yield match

    def _quotations(self, document: Document) -> tuple[list[Span], list[Span]]:
        """What stands in quotation marks: somebody's words (long, or with a figure), and names."""
        numbers = sorted(q.number.start for q in document.quantities)
        speech: list[Span] = []
        names: list[Span] = []
        for match in self._quoted(document.view.text):
            low, high = bisect_left(numbers, match.start()), bisect_left(numbers, match.end())
            length = len(match[0].split())
            spoken = length >= SPEECH or (low < high and length > high - low + 2)
            (speech if spoken else names).append(Span(*match.span()))
        return speech, names


def _by_sentence(document: Document) -> dict[int, list[int]]:
    """The places of the figures in the document by sentence, in the order of their numbers."""
    figures: dict[int, list[int]] = {}
    for _, index, sentence in sorted((q.number.start, i, q.sentence) for i, q in enumerate(document.quantities)):
        figures.setdefault(sentence, []).append(index)
    return figures


def _places_of(mark: str, text: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _by_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first letters."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[0]] = (*found.get(word[0], ()), word)
    return found


def _outside(bodies: Sequence[OrganizationMention], names: Sequence[Span]) -> Sequence[OrganizationMention]:
    """Bodies that do not begin within one of the spans."""
    if not names:
        return bodies
    starts = [n.start for n in names]
    kept = []
    for body in bodies:
        place = bisect_right(starts, body.start) - 1
        if place < 0 or body.start >= names[place].end:
            kept.append(body)
    return kept


class _Rows:
    """Cuts what stands in the text by sentence."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._starts = [sentence.start for sentence in sentences]
        self._ends = [sentence.end for sentence in sentences]

    def cut(self, mentions: Sequence[M]) -> Iterator[tuple[int, Sequence[M]]]:
        """Those that begin in each sentence in which any does."""
        low, starts = 0, [mention.start for mention in mentions]
        while low < len(starts):
            index = bisect_right(self._starts, starts[low]) - 1
            high = bisect_left(starts, self._ends[index], low) if index >= 0 else low
            if low < high:
                yield index, mentions[low:high]
            low = max(high, low + 1)

    def over(self, quotes: Sequence[Span]) -> Iterator[tuple[int, list[Span]]]:
        """The quotations that share a letter with a sentence; they may run over several."""
        found: dict[int, list[Span]] = {}
        for quote in quotes:
            for index in range(bisect_right(self._ends, quote.start), bisect_left(self._starts, quote.end)):
                found.setdefault(index, []).append(quote)
        yield from found.items()
