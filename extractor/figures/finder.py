"""Figures of a document: every numeral outside dates and labels is tried as a quantity, sentence by sentence.

The steps: units (right of the number, shared along a list, or left of it), then hedges, then kinds by cue, then the
phrases that are counted, which may borrow from the figure before. Each goes over all sentences before the next begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extractor.document import Abbreviation, Document, Quantity, Sentence
from extractor.figures.cues import KindShifter, Surroundings
from extractor.figures.draft import Draft
from extractor.figures.hedges import HedgeFinder
from extractor.figures.kinds import UnitTables, load_kinds
from extractor.figures.lexicon import Lexicon
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.phrases import PhraseOfDraft
from extractor.figures.units import UnitResolver
from extractor.lookalikes import Lookalike, LookalikeFinder
from extractor.numerals import MarkScanner, Numeral, NumeralFinder
from extractor.tokens import Tokens
from extractor.trace import NO_TRACE, Trace
from extractor.words import Vocabulary, Words

# So many figures before one may be what it is said of.
NEAR = 4
# Kinds of look-alikes that say when; the others are labels and codes, which may stand inside a phrase.
TIMES = frozenset({"date", "period", "year", "time", "clock"})
# Signs that a clause begins behind, or ends before.
CLAUSE_OPENS = frozenset(";:(\n.")
CLAUSE_CLOSES = frozenset(";)\n.")


class FigureFinder:
    """Finds the quantities of a document. Built once from data; holds no state between documents."""

    def __init__(
        self,
        numerals: NumeralFinder,
        lookalikes: LookalikeFinder,
        units: UnitResolver,
        hedges: HedgeFinder,
        shifter: KindShifter,
        phrases: PhraseOfDraft,
        lists: EntityLists,
        tables: UnitTables,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self.words = words
        self._numerals = numerals
        self._lookalikes = lookalikes
        self._marks = MarkScanner((*numerals.lexicon.words, *lookalikes.words))
        self._units = units
        self._hedges = hedges
        self._shifter = shifter
        self._phrases = phrases
        self._lists = lists
        self._tables = tables
        self._lexicon = lexicon

    @classmethod
    def load(cls, words: Words, vocabulary: Vocabulary, folders: Sequence[Path] = ()) -> FigureFinder:
        """From the package's data files and those of the users' folders; `vocabulary` is that of `words`."""
        tables = UnitTables(load_kinds(folders))
        lists = EntityLists.load(folders)
        return cls(
            NumeralFinder.load(folders),
            LookalikeFinder.load(folders),
            UnitResolver.load(tables, words, folders),
            HedgeFinder.load(folders),
            KindShifter.load(folders),
            PhraseOfDraft(lists, tables),
            lists,
            tables,
            Lexicon.load(vocabulary, folders),
            words,
        )

    def find(self, document: Document, trace: Trace = NO_TRACE) -> tuple[Quantity, ...]:
        """The quantities of the document in the order of the text, in view coordinates."""
        text, lower = document.view.text, document.view.lower
        marks = self._marks.read(lower)
        lookalikes = self._lookalikes.find(text, lower, marks)
        for seen in lookalikes if trace is not NO_TRACE else ():
            trace.note(seen.span, seen.rule, "rejected", f"{seen.kind}: no figure")
        masked = [seen.span for seen in lookalikes]
        numerals = self._numerals.find(text, lower, masked, self._units.unit_at(text, lower), marks)
        groups = _by_sentence(document, numerals)
        # One step after the other over all sentences, so that each finds its rules and data at hand.
        lines = self._lines(document, [index for index, _ in groups], lookalikes)
        drafts = [
            [Draft.of(numeral, line.tokens) for numeral in group]
            for line, (_, group) in zip(lines, groups, strict=True)
        ]
        drafts = [self._units.resolve(line, group, trace) for line, group in zip(lines, drafts, strict=True)]
        drafts = [self._hedged(line, group, trace) for line, group in zip(lines, drafts, strict=True)]
        self._shift(lines, drafts)
        self._assign(lines, drafts)
        return tuple(
            draft.quantity(line.tokens, index, trace)
            for line, (index, _), group in zip(lines, groups, drafts, strict=True)
            for draft in group
        )

    def _lines(self, document: Document, indexes: Sequence[int], lookalikes: Sequence[Lookalike]) -> list[Line]:
        """The sentences at these indexes, with their dates, labels and abbreviations noted."""
        text, lower, lists, tables = document.view.text, document.view.lower, self._lists, self._tables
        look_starts = [seen.span.start for seen in lookalikes]
        use_starts = [use.start for use in document.abbreviations]
        lines: list[Line] = []
        for index in indexes:
            sentence = document.sentences[index]
            tokens = Tokens.of(text, lower, sentence.start, sentence.end)
            parts = self._lexicon.read(tokens)
            line = Line(tokens, parts, lists.begin(tokens), lists.end(tokens), tables.told(tokens))
            if seen := lookalikes[_within(look_starts, sentence)]:
                _note_skips(line, seen)
            if uses := document.abbreviations[_within(use_starts, sentence)]:
                _note_abbreviations(line, uses)
            lines.append(line)
        return lines

    def _hedged(self, line: Line, kept: list[Draft], trace: Trace) -> list[Draft]:
        """The figures of a sentence that count something, with the hedges before and behind them."""
        tokens = line.tokens
        for position, draft in enumerate(kept):
            draft.take_hedge(self._hedges, tokens, kept[position - 1].stop if position else 0)
        kept = [draft for draft in kept if self._units.accept(draft, trace, tokens)]
        for position, draft in enumerate(kept):
            for token in range(draft.first, draft.stop):
                line.figure[token] = position
            limit = kept[position + 1].first if position + 1 < len(kept) else len(tokens.texts)
            for token in draft.take_late_hedge(self._hedges, tokens, limit):
                line.figure[token] = position
        self._hedges.spread(tokens, kept)
        return kept

    def _shift(self, lines: Sequence[Line], drafts: Sequence[list[Draft]]) -> None:
        """Say of each figure what kind it is by its cues."""
        people = None
        for line, kept in zip(lines, drafts, strict=True):
            self._shift_in(line, kept, people)
            people = next((draft.kind for draft in reversed(kept) if draft.unit and draft.unit.person), None)

    def _shift_in(self, line: Line, kept: list[Draft], people: str | None) -> None:
        """The same in one sentence; `people` is the kind of the people counted last in the sentence before."""
        inherited, cues = people, None
        for position, draft in enumerate(kept):
            unit = draft.unit
            if unit is not None and draft.kind == unit.kind and self._shifter.knows(unit):
                cues = self._shifter.cues(line.tokens) if cues is None else cues
                around = self._surroundings(line, kept, position, cues)
                around.people_before, around.first_in_sentence = people, people is inherited
                shifted = self._shifter.shift(unit, line.tokens, around)
                if shifted is not None:
                    draft.kind = shifted[0]
                    draft.rules.append(shifted[1])
            if unit is not None and unit.person:
                people, inherited = draft.kind, None

    def _assign(self, lines: Sequence[Line], drafts: Sequence[list[Draft]]) -> None:
        """Say of each figure what it counts."""
        for line, kept in zip(lines, drafts, strict=True):
            for position, draft in enumerate(kept):
                self._phrases.assign(line, draft, kept[max(0, position - NEAR) : position])
            self._phrases.rows(line, kept)

    def _surroundings(self, line: Line, kept: list[Draft], position: int, cues: frozenset[str]) -> Surroundings:
        draft = kept[position]
        before = kept[position - 1] if position else None
        before_stop = before.stop if before is not None else 0
        start, stop = _clause(line.texts, draft, before_stop, self._limit(line, kept, position))
        return Surroundings(
            cues=cues,
            start=start,
            stop=stop,
            first=draft.first,
            after_unit=draft.stop,
            before_code=before.unit.code if before is not None and before.unit is not None else None,
            before_stop=before_stop,
            bare=partial(self._phrases.says_nothing, line, draft),
        )

    def _limit(self, line: Line, kept: Sequence[Draft], position: int) -> int:
        """Where the words said of a figure end: at the next figure that tells more than where its people come from."""
        following = position + 1
        while following < len(kept) and self._phrases.only_origin(line, kept[following]):
            following += 1
        return kept[following].first if following < len(kept) else len(line)


def _clause(texts: list[str], draft: Draft, first: int, stop: int) -> tuple[int, int]:
    """The clause around a figure: between semicolons, from the figure before (`first`) at most up to the next (`stop`)."""
    start = draft.first - (draft.first > first and texts[draft.first - 1] == "(")  # what a bracket says goes on
    while start > first and texts[start - 1] not in CLAUSE_OPENS:
        start -= 1
    end = draft.stop
    while end < stop and texts[end] not in CLAUSE_CLOSES:
        end += 1
    return max(start, first), end


def _by_sentence(document: Document, numerals: Sequence[Numeral]) -> list[tuple[int, list[Numeral]]]:
    starts = [sentence.start for sentence in document.sentences]
    groups: dict[int, list[Numeral]] = {}
    for numeral in numerals:
        index = bisect_right(starts, numeral.start) - 1
        if index >= 0:
            groups.setdefault(index, []).append(numeral)
    return sorted(groups.items())


def _within(starts: Sequence[int], sentence: Sentence) -> slice:
    """Which of the things that start at `starts` do so within the sentence."""
    return slice(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))


def _note_skips(line: Line, lookalikes: Sequence[Lookalike]) -> None:
    """Tell the line which of its tokens are dates and labels."""
    at = line.tokens.at
    for seen in lookalikes:
        first, stop = at(seen.span.start), at(seen.span.end)
        if seen.kind in TIMES:
            line.skip[first] = stop
            line.skip_back[stop] = first
        else:
            line.labels.update(range(first, stop))


def _note_abbreviations(line: Line, uses: Sequence[Abbreviation]) -> None:
    """Tell the line which of its tokens are abbreviations, and what they stand for."""
    for use in uses:
        first, stop = line.tokens.at(use.start), line.tokens.at(use.end)
        line.short[first] = stop
        line.short_back[stop] = first
        if use.long:
            line.longs[first] = use.long
