"""What the relations look at: the figures of an article in order, what they measure, and the cues between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import regex

from extractor.document import Document, Quantity, View
from extractor.intervals import Hedges, Interval
from extractor.lookup import PhraseFinder, alternatives
from extractor.relate.rules import Cue, RelationRules
from extractor.span import Span

PEOPLE = frozenset({"people_count", "attendee_count"})
NOUNS = frozenset({"item_count", "organization_count", "event_count", "class_count", "other_count"})


class CueHit(NamedTuple):
    """A cue found in the text."""

    start: int
    end: int
    role: str
    id: str


class Cues:
    """All cues of the data file; one pass finds them all."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._of: dict[str, list[tuple[str, str]]] = {}
        for cue in cues:
            for phrase in cue.phrases:
                self._of.setdefault(phrase, []).append((cue.role, cue.id))
        self._phrases = PhraseFinder(self._of, _loosely)

    def find(self, view: View) -> dict[str, list[CueHit]]:
        """Every cue of a text by role, in order; a phrase of several roles gives one hit for each."""
        hits: dict[str, list[CueHit]] = {}
        for found in self._phrases.find(view.lower, view.words):
            start, end = found.span()
            for role, name in self._of.get(found[0]) or self._of[" ".join(found[0].split())]:
                hits.setdefault(role, []).append(CueHit(start, end, role, name))
        return hits


def _loosely(phrases: Iterable[str]) -> str:
    """Whole phrases, with any white space between their words."""
    joined = alternatives(phrases).replace("\\ ", r"\s+")
    return rf"(?<![\p{{L}}\p{{N}}])(?:{joined})(?![\p{{L}}\p{{N}}])"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure as the relations see it.

    `dimension` says what may be added to it; `noun` is its counting word, `words` the syllables that say what is
    counted. `before` and `after` reach to the neighbouring figures, within the sentence. `bracket` is where the
    bracket that it stands in opens, -1 outside brackets. `marks` say what the words right before it make of it: a step
    (by how much something changed), for each, an average, an extreme, the rest of a list, or where something is.
    """

    index: int
    quantity: Quantity
    number: str
    dimension: str
    noun: str
    words: frozenset[str]
    before: Span
    after: Span
    sentence: int
    block: int
    bracket: int
    interval: Interval
    status: str
    marks: frozenset[str]

    @property
    def start(self) -> int:
        """Where the figure starts, its modifier included."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where the figure ends, its unit included."""
        return self.quantity.end


class Scene:
    """The figures of one article, in order, outside boilerplate, with the cues between them."""

    def __init__(self, document: Document, rules: RelationRules, cues: Cues, hedges: Hedges) -> None:
        self.document = document
        self.rules = rules
        self.hedges = hedges
        self.lower = document.view.lower
        self._hits = cues.find(document.view)
        self._starts = {role: [hit.start for hit in hits] for role, hits in self._hits.items()}
        self._stop = frozenset(rules.stop.words)
        self._long = {
            use.short.lower(): tuple(_SYLLABLE.findall(use.long.lower()))
            for use in document.abbreviations
            if use.long is not None
        }
        numbers = sorted(q.number for q in document.quantities)
        self._number_starts = [number.start for number in numbers]
        self._number_ends = [number.end for number in numbers]
        self.facts = self._facts()
        self._fact_starts = [fact.start for fact in self.facts]
        self._by_sentence: dict[int, list[Fact]] = {}
        for fact in self.facts:
            self._by_sentence.setdefault(fact.sentence, []).append(fact)
        self.levels: dict[tuple[int, int], list[Fact]] = {}
        self.order = {fact.index: at for at, fact in enumerate(self.facts)}

    def sentence(self, number: int) -> list[Fact]:
        """The figures of a sentence, in order."""
        return self._by_sentence.get(number, [])

    def beside(self, fact: Fact) -> list[Fact]:
        """The figures of the same sentence near the figure, itself among them."""
        at = self.order[fact.index]
        near = self.facts[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        return [other for other in near if other.sentence == fact.sentence]

    def between(self, start: int, end: int, *, most: int = 24) -> list[Fact]:
        """The figures that start in ``[start, end)``, the first so many."""
        first = bisect_left(self._fact_starts, start)
        return self.facts[first : min(first + most, bisect_left(self._fact_starts, end))]

    def before(self, offset: int, start: int) -> list[Fact]:
        """The figures that start in ``[start, offset)``, the last first, as many as a whole may stand back."""
        last = bisect_left(self._fact_starts, offset)
        first = bisect_left(self._fact_starts, start)
        return self.facts[max(first, last - self.rules.reach.whole_back_figures) : last][::-1]

    def sentence_end(self, offset: int) -> int:
        """Where the sentence ends that holds the offset."""
        sentences = self.document.sentences
        return sentences[self.sentence_at(offset)].end if sentences else len(self.lower)

    def cues(self, role: str, start: int, end: int) -> list[CueHit]:
        """The cues of a role that lie inside ``[start, end)``, in order."""
        starts = self._starts.get(role, [])
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return [hit for hit in self._hits[role][first : bisect_left(starts, end, first)] if hit.end <= end]

    def all_cues(self, role: str) -> list[CueHit]:
        """Every cue of a role, in order."""
        return self._hits.get(role, [])

    def has(self, role: str, span: Span) -> bool:
        """Whether a cue of the role lies inside the span."""
        return bool(self.cues(role, span.start, span.end))

    def unread(self, start: int, end: int) -> bool:
        """Whether a number stands between two offsets that is no figure and neither a date nor a label."""
        if end - start > _UNREAD_REACH:
            return True
        for found in _NUMBER.finditer(self.lower, start, end):
            at = bisect_right(self._number_starts, found.start()) - 1
            if at >= 0 and found.start() < self._number_ends[at]:
                continue
            word = _WORD_BEFORE.search(self.lower, max(0, found.start() - 12), found.start())
            if not word or word.group(1) not in self.rules.label.words:
                return True
        return False

    def clause_before(self, fact: Fact) -> Span:
        """What stands before the figure in its own clause: back to the last comma, semicolon, colon or bracket."""
        return self._last_clause(fact.before)

    def _last_clause(self, before: Span) -> Span:
        start, end = before
        for mark in ",;:()":
            start = max(start, self.lower.rfind(mark, start, end) + 1)
        return Span(start, end)

    def _marks(self, before: Span, number: int) -> frozenset[str]:
        """What the cues in the clause before a figure make of it; hedges between them and the number are looked past."""
        clause = self._last_clause(before)
        near = max(clause.start, before.end - STEP)
        told = {role for role in ("each", "average", "remainder") if self.cues(role, clause.start, before.end)}
        if self.cues("rise", near, before.end) or self.cues("fall", near, before.end):
            told.add("step")
        if self.cues("extreme", clause.start, number):
            told.add("extreme")
        if self.cues("where", max(before.start, before.end - 8), before.end):
            told.add("where")
        return frozenset(told)

    def clause_after(self, fact: Fact) -> Span:
        """What stands after the figure in its own clause."""
        start, end = fact.end, max(fact.end, fact.after.end)
        for mark in ",;:()":
            cut = self.lower.find(mark, start, end)
            end = cut if cut >= 0 else end
        return Span(start, end)

    def sentence_at(self, offset: int) -> int:
        """The sentence that holds the offset, or the one before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def syllables(self, text: str) -> frozenset[str]:
        """The syllables of a phrase that say something, in lower case."""
        words = _SYLLABLE.findall(text.lower())
        return frozenset(w for word in words for w in self._long.get(word, (word,)) if w not in self._stop)

    def _facts(self) -> list[Fact]:
        document = self.document
        self._sentence_starts = [s.start for s in document.sentences]
        skip = {i for i, block in enumerate(document.blocks) if block.role in ("boilerplate", "byline")}
        order = sorted(range(len(document.quantities)), key=lambda i: (document.quantities[i].start, i))
        kept = [
            i
            for i in order
            if self._block(document.quantities[i]) not in skip and not self._torn(document.quantities[i])
        ]
        return [self._fact(i, kept[at - 1] if at else None, kept[at + 1] if at + 1 < len(kept) else None)
                for at, i in enumerate(kept)]  # fmt: skip

    def _torn(self, quantity: Quantity) -> bool:
        """Whether the number is the tail of another that was not read: ``10,4`` glued to a word, of which 4 is left."""
        at = quantity.number.start
        return at > 1 and self.lower[at - 1] in ".," and self.lower[at - 2].isdigit()

    def _block(self, quantity: Quantity) -> int:
        sentences = self.document.sentences
        return sentences[quantity.sentence].block if sentences else 0

    def _fact(self, index: int, left: int | None, right: int | None) -> Fact:
        document = self.document
        quantity = document.quantities[index]
        if document.sentences:
            sentence = document.sentences[quantity.sentence]
            first, last = sentence.start, sentence.end
        else:
            first, last = 0, len(self.lower)
        if left is not None:
            first = max(first, document.quantities[left].end)
        if right is not None:
            last = min(last, document.quantities[right].start)
        first, last = max(first, quantity.start - _NEAR), min(last, quantity.end + _NEAR)
        number = quantity.number.of(document.view.text)
        before = Span(min(first, quantity.start), quantity.start)
        return Fact(
            index=index,
            quantity=quantity,
            number=number,
            dimension=self._dimension(quantity),
            noun=" ".join((quantity.unit or "").lower().split()),
            words=self._words(quantity),
            before=before,
            after=Span(quantity.end, max(last, quantity.end)),
            sentence=quantity.sentence,
            block=self._block(quantity),
            bracket=self._bracket(quantity),
            interval=self.hedges.interval(quantity, number),
            status=document.scopes[index].status if index < len(document.scopes) else "",
            marks=self._marks(before, quantity.number.start),
        )

    def _words(self, quantity: Quantity) -> frozenset[str]:
        text = self.document.view.lower
        entity = quantity.entity.of(text) if quantity.entity else ""
        return self.syllables(f"{quantity.unit or ''} {entity}")

    def _dimension(self, quantity: Quantity) -> str:
        times = self.rules.person_times
        if quantity.kind in PEOPLE:
            unit = (quantity.unit or "").lower()
            lot = quantity.unit_code in times.codes or unit in times.words or unit.split(" ")[0] in times.words
            return "person-times" if lot else "people"
        if quantity.kind == "money":
            return f"money {quantity.unit_code or ''}"
        if quantity.kind in ("percentage", "ratio"):
            return quantity.kind
        if quantity.kind in NOUNS:
            return quantity.kind
        return f"{quantity.kind} {''.join((quantity.unit or '').lower().split())}"

    def _bracket(self, quantity: Quantity) -> int:
        start = self.document.sentences[quantity.sentence].start if self.document.sentences else 0
        return self.bracket_at(quantity.start, start)

    def bracket_at(self, offset: int, start: int = 0) -> int:
        """Where the bracket opens that is still open at the offset, not before `start`; -1 where none is."""
        opened = self.lower.rfind("(", max(start, offset - _BRACKET_REACH), offset)
        return opened if opened >= 0 and self.lower.find(")", opened, offset) < 0 else -1


_SYLLABLE = regex.compile(r"[\p{L}\p{M}]+(?:[-–&][\p{L}\p{M}]+)*|\d+")
STEP = 16
"""How many characters before a figure a word of rising or falling still makes it a step."""
NEIGHBOURS = 12
"""How many figures on either side count as near."""
_NUMBER = regex.compile(
    r"(?<![\p{L}\d])(?!\d{1,2}[/.-]\d{1,2}(?:\D|$)|\d{1,2}[/.-](?:\d{1,2}[/.-])?\d{4}|(?:19|20)\d\d(?!\d))\d[\d.,]*+(?![/-]\d)"
)
_WORD_BEFORE = regex.compile(r"([\p{L}]+)\s*$")
_NEAR = 600
_UNREAD_REACH = 1500
_BRACKET_REACH = 300
