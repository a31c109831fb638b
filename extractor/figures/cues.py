"""Moving a figure from one kind to another by what happens in its clause (`data/kind_cues.toml`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.datafile import Table, files, load
from extractor.figures.kinds import Unit
from extractor.figures.unit_rules import phrases
from extractor.tokens import Phrases, Tokens, syllables


class ShiftTable(Table):
    """One rule; the file's head says what each key means."""

    id: str
    kinds: tuple[str, ...]
    to: str
    codes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    near_left_units: tuple[str, ...] = ()
    near_left_links: tuple[str, ...] = ()
    over_comma: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    carry: bool = False
    carry_openers: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class ShiftFile(Table):
    """`data/kind_cues.toml`."""

    shift: tuple[ShiftTable, ...]


@dataclass(slots=True)
class Surroundings:
    """Where a figure stands: token ranges of its clause and sentence, and who was counted before it.

    `cues` are the words of the sentence that may begin a cue. `before_code` and `before_stop` are unit code and end of
    the figure before in the sentence; `people_before` is the kind of the people counted last, in this sentence or,
    where `first_in_sentence`, in the one before; `bare` tells whether the unit says nothing of whom it counts.
    """

    cues: frozenset[str]
    start: int
    stop: int
    first: int
    after_unit: int
    before_code: str | None
    before_stop: int
    bare: Callable[[], bool]
    people_before: str | None = None
    first_in_sentence: bool = False


class _Cues:
    """The cues of one side of a rule; an entry of `but` begins like one and is none."""

    def __init__(self, cues: Sequence[str], but: Sequence[str]) -> None:
        self._phrases = Phrases([*((word, True) for word in cues), *((word, False) for word in but)])
        self.words = frozenset(syllables(word)[0].lower() for word in cues)

    def hold(self, tokens: Tokens, start: int, stop: int, present: frozenset[str]) -> bool:
        """Whether one stands in the token range; `present` are the words of the sentence that may begin one."""
        if self.words.isdisjoint(present):
            return False
        while (found := self._phrases.find(tokens, start, stop)) is not None:
            if found[2]:
                return True
            start = found[1]
        return False


class _Rule:
    """A shift rule with its lists made ready."""

    def __init__(self, table: ShiftTable) -> None:
        self.table = table
        self._left = _Cues(table.left, table.but)
        self._right = _Cues(table.right, table.but)
        self._unless = _Cues(table.unless, table.but)
        self._sessions = _Cues(table.sessions, table.but)
        self._before = phrases(table.before)
        self._before_ends = frozenset(syllables(word)[-1].lower() for word in (*table.before, *table.but))
        self._links = phrases(table.near_left_links)
        self._openers = phrases(table.carry_openers)
        self.words = self._left.words | self._right.words | self._unless.words | self._sessions.words

    def fits(self, tokens: Tokens, around: Surroundings) -> bool:
        """Whether a cue stands in the figure's clause and none of `unless` in the sentence."""
        return not self._unless.hold(tokens, 0, len(tokens.texts), around.cues) and (
            self._right.hold(tokens, around.after_unit, around.stop, around.cues)
            or self._left.hold(tokens, around.start, around.first, around.cues)
            or self._stands_before(tokens, around.first)
            or self._handed_over(tokens, around)
            or self._carried(tokens, around)
        )

    def _stands_before(self, tokens: Tokens, index: int) -> bool:
        index -= index > 1 and tokens.texts[index - 1] == ":"  # có mặt: 95 đồng chí
        if index == 0 or tokens.lowers[index - 1] not in self._before_ends:
            return False
        return self._before.match_back(tokens, index) is not None

    def _handed_over(self, tokens: Tokens, around: Surroundings) -> bool:
        if around.before_code not in self.table.near_left_units:
            return False
        link = self._links.match_back(tokens, around.first)
        if link is None or link[0] < around.before_stop:
            return False
        if self.table.sessions and not self._sessions.hold(tokens, 0, around.before_stop, around.cues):
            return False
        return link[1] in self.table.over_comma or "," not in tokens.texts[around.before_stop : link[0] - 1]

    def _carried(self, tokens: Tokens, around: Surroundings) -> bool:
        if not self.table.carry or around.people_before != self.table.to:
            return False
        opens = not around.first_in_sentence or self._openers.match(tokens, 0) is not None
        return opens and around.bare()


class KindShifter:
    """Applies the first shift rule whose cues stand in the clause."""

    def __init__(self, shifts: Sequence[ShiftTable]) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        for rule in map(_Rule, shifts):
            for kind in dict.fromkeys(rule.table.kinds):
                self._rules.setdefault(kind, []).append(rule)
        self._words = frozenset[str]().union(*(rule.words for rules in self._rules.values() for rule in rules))

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> KindShifter:
        """From the package's and the users' `kind_cues.toml`, the users' rules first."""
        tables = [load(path, ShiftFile) for path in files("kind_cues.toml", folders)]
        return cls([shift for table in reversed(tables) for shift in table.shift])

    def knows(self, unit: Unit) -> bool:
        """Whether any rule moves figures with the unit."""
        return unit.kind in self._rules

    def cues(self, tokens: Tokens) -> frozenset[str]:
        """The words of a sentence that may begin a cue."""
        return self._words.intersection(tokens.lowers)

    def shift(self, unit: Unit, tokens: Tokens, around: Surroundings) -> tuple[str, str] | None:
        """The new kind and the rule's id, or None."""
        for rule in self._rules.get(unit.kind, ()):
            table = rule.table
            if (not table.codes or unit.code in table.codes) and rule.fits(tokens, around):
                return table.to, table.id
        return None
