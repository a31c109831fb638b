"""What the relations look at: the figures of an article in order, what they measure, and the cues between them."""

from __future__ import annotations

from bisect import bisect_left

from extractor.document import Document, Quantity
from extractor.intervals import Hedges
from extractor.relate.cues import CueHit, Cues
from extractor.relate.facts import NOUNS, PEOPLE, REACH, Fact
from extractor.relate.rules import RelationRules
from extractor.relate.wording import Wording
from extractor.span import Span

__all__ = ["NOUNS", "PEOPLE", "CueHit", "Fact", "Scene"]

NEIGHBOURS = 12
"""How many figures on either side count as near."""


class Scene(Wording):
    """The figures of one article, in order, outside boilerplate, with the cues between them."""

    def __init__(self, document: Document, rules: RelationRules, cues: Cues, hedges: Hedges) -> None:
        told = _told(document)
        wording = Wording(document, rules, cues, hedges, _stretches(document, told, rules, cues))
        # The facts hold the wording, not this scene that holds them: a circle would wait for the garbage collector.
        self.__dict__.update(wording.__dict__)
        self.facts = self._facts(told, wording)
        self._fact_starts = [fact.start for fact in self.facts]
        self._by_sentence: dict[int, list[Fact]] = {}
        for fact in self.facts:
            self._by_sentence.setdefault(fact.sentence, []).append(fact)
        self.levels: dict[tuple[int, int], list[Fact]] = {}
        self.order = {fact.index: at for at, fact in enumerate(self.facts)}

    def _facts(self, told: list[int], wording: Wording) -> list[Fact]:
        """The figures at these indices, each with what stands before and behind it up to its neighbours."""
        document, facts, left = self.document, [], 0
        quantities = [document.quantities[index] for index in told]
        for at, quantity in enumerate(quantities):
            first, last = 0, len(self.lower)
            if document.sentences:
                sentence = document.sentences[quantity.sentence]
                first, last = sentence.start, sentence.end
            right = quantities[at + 1].start if at + 1 < len(quantities) else last
            start = min(max(first, left, quantity.start - REACH), quantity.start)
            end = max(min(last, right, quantity.end + REACH), quantity.end)
            facts.append(Fact(wording, told[at], Span(start, quantity.start), Span(quantity.end, end)))
            left = quantity.end
        return facts

    def sentence(self, number: int) -> list[Fact]:
        """The figures of a sentence, in order."""
        return self._by_sentence.get(number, [])

    def crowds(self) -> list[list[Fact]]:
        """The figures of each sentence that has more than one, in order."""
        return [facts for facts in self._by_sentence.values() if len(facts) > 1]

    def beside(self, fact: Fact) -> list[Fact]:
        """The figures of the same sentence near the figure, itself among them."""
        at = self.order[fact.index]
        near = self.facts[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        return [other for other in near if other.sentence == fact.sentence]

    def between(self, start: int, end: int, *, most: int = 24) -> list[Fact]:
        """The figures that start in ``[start, end)``, the first so many."""
        first = bisect_left(self._fact_starts, start)
        return self.facts[first : min(first + most, bisect_left(self._fact_starts, end, first))]

    def after(self, offset: int) -> list[Fact]:
        """The first figure that starts at the offset or behind it, if there is one."""
        first = bisect_left(self._fact_starts, offset)
        return self.facts[first : first + 1]

    def before(self, offset: int, start: int) -> list[Fact]:
        """The figures that start in ``[start, offset)``, the last first, as many as a whole may stand back."""
        last = bisect_left(self._fact_starts, offset)
        first = bisect_left(self._fact_starts, start)
        return self.facts[max(first, last - self.rules.reach.whole_back_figures) : last][::-1]


def _told(document: Document) -> list[int]:
    """The indices of the figures that the relations look at, in order of their place."""
    skip = {i for i, block in enumerate(document.blocks) if block.role in ("boilerplate", "byline")}
    quantities, sentences, lower = document.quantities, document.sentences, document.view.lower
    order = sorted(range(len(quantities)), key=lambda i: (quantities[i].start, i))
    return [
        i
        for i in order
        if (sentences[quantities[i].sentence].block if sentences else 0) not in skip and not _torn(lower, quantities[i])
    ]


def _torn(lower: str, quantity: Quantity) -> bool:
    """Whether the number is the tail of another that was not read: ``10,4`` glued to a word, of which 4 is left."""
    at = quantity.number.start
    return at > 1 and lower[at - 1] in ".," and lower[at - 2].isdigit()


def _stretches(document: Document, told: list[int], rules: RelationRules, cues: Cues) -> list[Span]:
    """The sentences whose cues can matter: those with figures, and those between them in which a list opens."""
    sentences = document.sentences
    if not sentences:
        return [Span(0, len(document.view.lower))]
    back, ahead = rules.reach.whole_back_sentences, rules.reach.parts_ahead_sentences
    lower = document.view.lower
    found: list[Span] = []
    last = len(sentences)
    for number in sorted({document.quantities[index].sentence for index in told}):
        for between in range(last + 1, min(last + back + 1, number)):
            start, end = sentences[between].start, sentences[between].end
            if (number - between <= ahead or lower.endswith(":", start, end)) and cues.opens(lower, start, end):
                found.append(Span(start, end))
        found.append(Span(sentences[number].start, sentences[number].end))
        last = number
    return found
