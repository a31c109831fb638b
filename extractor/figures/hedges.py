"""The hedge of a number: which modifier the words around it make, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.datafile import Table, merged
from extractor.frozen import frozen
from extractor.tokens import Phrases, Tokens, syllables

if TYPE_CHECKING:
    from extractor.figures.draft import Draft


# So many neutral words may stand between a hedge and its number.
MOST_NEUTRAL = 2


class HedgeTable(Table):
    """The words that make one modifier; none where one of `not_after` stands before it (cao hơn)."""

    id: str
    modifier: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class TrapTable(Table):
    """A hedge word in another sense: beside one of `left`, or right after a figure."""

    id: str
    word: str
    reading: str
    left: tuple[str, ...] = ()
    after_figure: bool = False
    examples: tuple[str, ...] = ()


class SpreadTable(Table):
    """A word that hedges all figures behind it in its sentence: ước số người … là 5 triệu, số thẻ là 4 triệu."""

    id: str
    word: str
    modifier: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class HedgeFile(Table):
    """`data/modifiers.toml`."""

    neutral: tuple[str, ...]
    adjacent: tuple[str, ...]
    opens_late: tuple[str, ...]
    hedge: tuple[HedgeTable, ...]
    trap: tuple[TrapTable, ...] = ()
    spread: tuple[SpreadTable, ...] = ()


@frozen
class Hedge:
    """A hedge found: its modifier, rule, and the token range it takes (first token, index behind the last)."""

    modifier: str
    rule: str
    first: int
    stop: int


class HedgeFinder:
    """Finds the hedge before or after a number."""

    def __init__(self, table: HedgeFile) -> None:
        self._before = Phrases((word, hedge) for hedge in table.hedge for word in hedge.before)
        self._after = Phrases((word, hedge) for hedge in table.hedge for word in hedge.after)
        # Most words are no hedge by their first or last syllable alone.
        behind = [word for hedge in table.hedge for word in hedge.before]
        self._opening = frozenset(syllables(word)[0].lower() for hedge in table.hedge for word in hedge.after)
        self._ending = frozenset(syllables(word)[-1].lower() for word in (*behind, *table.neutral))
        self._adjacent = frozenset(table.adjacent)
        self.opens_late = frozenset(table.opens_late)
        self._neutral = Phrases((word, word) for word in table.neutral)
        self._not_after = {h.id: Phrases((word, word) for word in h.not_after) for h in table.hedge}
        self._spreads = [
            (
                syllables(table.word)[0].lower(),
                Phrases([(table.word, table)]),
                Phrases((word, word) for word in table.not_after),
                Phrases((word, word) for word in table.not_before),
            )
            for table in table.spread
        ]
        self._traps = {
            trap.word: [(t, Phrases((word, word) for word in t.left)) for t in table.trap if t.word == trap.word]
            for trap in table.trap
        }

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> HedgeFinder:
        """From the package's and the users' `modifiers.toml`."""
        return cls(merged("modifiers.toml", HedgeFile, folders))

    def before(self, tokens: Tokens, number: int, figure_stop: int) -> Hedge | None:
        """The hedge left of the token `number`; `figure_stop` is the token behind the figure before it (0 if none).

        Neutral words may stand between (ước đạt 95%), at most two of them.
        """
        index, steps = number, 0
        while index > figure_stop and tokens.lowers[index - 1] in self._ending:
            found = self._before.match_back(tokens, index)
            if found is not None and found[0] >= figure_stop:
                first, table = found
                if self._trapped(tokens, first, index, table, figure_stop, adjacent=index == number):
                    return None
                return Hedge(table.modifier, table.id, first, index)
            skipped = self._neutral.match_back(tokens, index)
            if skipped is None or steps == MOST_NEUTRAL:
                return None
            index, steps = skipped[0], steps + 1
        return None

    def _trapped(
        self, tokens: Tokens, first: int, stop: int, table: HedgeTable, figure_stop: int, *, adjacent: bool
    ) -> bool:
        word = " ".join(tokens.lowers[first:stop])
        if not adjacent and word in self._adjacent:
            return True
        if self._not_after[table.id].match_back(tokens, first) is not None:
            return True
        for trap, left in self._traps.get(word, ()):
            if left.match_back(tokens, first) is not None:
                return True
            if trap.after_figure and figure_stop and first == figure_stop:
                return True
        return False

    def after(self, tokens: Tokens, index: int) -> Hedge | None:
        """The hedge that starts at the token `index`: behind the number, its unit or its noun phrase."""
        if index >= len(tokens.lowers) or tokens.lowers[index] not in self._opening:
            return None
        found = self._after.match(tokens, index)
        if found is None:
            return None
        stop, table = found
        return Hedge(table.modifier, table.id, index, stop)

    def spread(self, tokens: Tokens, drafts: Sequence[Draft]) -> None:
        """Give the modifier of a spreading word to every exact figure behind it in the sentence."""
        for first, word, not_after, not_before in self._spreads:
            if first not in tokens.lowers:
                continue
            start = 0
            while (found := word.find(tokens, start, len(tokens.texts))) is not None:
                first_token, start, table = found
                if not_after.match_back(tokens, first_token) or not_before.match(tokens, start):
                    continue
                for draft in drafts:
                    if draft.first >= start and draft.modifier == "exact" and draft.kind not in ("percentage", "ratio"):
                        draft.modifier = table.modifier
                        draft.rules.append(table.id)
                break
