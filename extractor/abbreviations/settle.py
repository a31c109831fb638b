"""Which sense each use has, once all uses of an article are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.abbreviations.definitions import Definition
from extractor.abbreviations.letters import same_words
from extractor.abbreviations.lexicon import Lexicon, Sense
from extractor.abbreviations.senses import LIST, SAME, USUAL, best, by_words
from extractor.abbreviations.uses import COMPOSITE, SHORT, Use
from extractor.document import Abbreviation

_LIST_GAP = re.compile(r"(?:,| -|-|/| và| &)? ?")


class Settler:
    """Settles the uses of one text; `lower` is the text in lower case."""

    def __init__(self, lexicon: Lexicon, text: str, lower: str, uses: Sequence[Use]) -> None:
        self._lexicon = lexicon
        self._text = text
        self._lower = lower
        self._uses = uses
        self._local = [use.local for use in uses]
        self._told: dict[str, set[str]] = {}
        self._words: dict[str, float] = {}
        for use, sense in zip(uses, self._local, strict=True):
            if sense and not use.definition:
                self._told.setdefault(use.key, set()).add(sense.id)

    def settle(self) -> Iterator[Abbreviation]:
        """Each use as what it stands for: the article's definition, a sense of the lexicon, or candidates."""
        for index, use in enumerate(self._uses):
            if use.definition and not _overruled(use, use.definition):
                yield self._by_definition(use, use.definition)
            else:
                yield self._by_lexicon(use, self._local[index] or self._by_context(index))

    def _by_context(self, index: int) -> Sense | None:
        """The sense by neighbours in a list, other uses in the article, its words, and what is usual."""
        use = self._uses[index]
        near = {sense.domain for sense in self._list_neighbours(index)}
        told = self._told.get(use.key, set())
        scores = []
        for sense, vote in zip(use.senses, use.votes, strict=True):
            if sense.id not in self._words:
                self._words[sense.id] = by_words(sense, self._lower)
            score = vote + self._words[sense.id] + LIST * (sense.domain in near)
            score += SAME * (told == {sense.id}) + USUAL * sense.entry.usual
            scores.append((sense, score))
        return best(scores)

    def _list_neighbours(self, index: int) -> Iterator[Sense]:
        """The senses of the uses beside this one in a list: ``CB, CC, VC``, ``ĐH - CĐ``."""
        for first, second, other in ((index - 1, index, index - 1), (index, index + 1, index + 1)):
            if first >= 0 and second < len(self._uses):
                gap = self._lower[self._uses[first].end : self._uses[second].start]
                sense = self._local[other]
                if sense and _LIST_GAP.fullmatch(gap):
                    yield sense

    def _by_definition(self, use: Use, definition: Definition) -> Abbreviation:
        composite = definition.rule == COMPOSITE
        return Abbreviation(
            start=use.start,
            end=use.end,
            short=self._text[use.start : use.end],
            long=self._spelling(use.key, definition.long),
            origin="lexicon" if composite else "article",
            defined_at=None if composite else definition.span,
            found_by=(f"abbreviations.{definition.rule}",),
        )

    def _spelling(self, key: str, long: str) -> str:
        """A long form as the lexicon spells it, where that holds the same words or the article's is half short."""
        senses = self._lexicon.of(key)
        for sense in senses:
            if same_words(sense.long) == same_words(long):
                return sense.long
        half_short = any(len(word) > 1 and word.isupper() for word in long.split())
        return senses[0].long if half_short and len(senses) == 1 else long

    def _by_lexicon(self, use: Use, sense: Sense | None) -> Abbreviation:
        short = self._text[use.start : use.end]
        if sense is None:
            longs = dict.fromkeys(sense.long for sense in use.senses)
            if len(longs) > 1:
                found_by = tuple(sense.id for sense in use.senses)
                return Abbreviation(use.start, use.end, short, None, "ambiguous", None, tuple(longs), found_by)
            sense = use.senses[0]
        return Abbreviation(use.start, use.end, short, sense.long, "lexicon", None, (), (sense.id,))


def _overruled(use: Use, definition: Definition) -> bool:
    """Whether the phrases beside a use speak for another sense of two letters than the one the article defines."""
    sense = use.local
    if sense is None or definition.site.start == use.start or len(use.key) > SHORT or len(use.senses) == 1:
        return False
    return max(use.votes) > 0 and same_words(sense.long) != same_words(definition.long)
