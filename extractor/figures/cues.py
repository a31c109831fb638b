"""Moving a figure from one kind to another by what happens in its clause (`data/kind_cues.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.datafile import Table, files, load
from extractor.figures.kinds import Unit
from extractor.tokens import Phrases, Tokens


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
    carry: bool = False
    carry_openers: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class ShiftFile(Table):
    """`data/kind_cues.toml`."""

    shift: tuple[ShiftTable, ...]


def _holds(phrases: Phrases[str], tokens: Tokens, start: int, stop: int) -> bool:
    while (found := phrases.find(tokens, start, stop)) is not None:
        if found[2]:
            return True
        start = found[1]
    return False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a figure stands: token ranges of its clause and sentence, and who was counted before it.

    `before_code` and `before_stop` are unit code and end of the figure before in the sentence; `people_before` is the
    kind of the people counted last, in this sentence or, where `first_in_sentence`, in the one before.
    """

    start: int
    stop: int
    first: int
    after_unit: int
    before_code: str | None
    before_stop: int
    people_before: str | None
    first_in_sentence: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    table: ShiftTable
    left: Phrases[str]
    right: Phrases[str]
    unless: Phrases[str]
    before: Phrases[str]
    links: Phrases[str]
    openers: Phrases[str]

    @classmethod
    def of(cls, table: ShiftTable) -> _Rule:
        lists = (table.left, table.right, table.unless, table.before, table.near_left_links, table.carry_openers)
        but = [(word, "") for word in table.but]
        return cls(table, *(Phrases([*((word, word) for word in words), *but]) for words in lists))

    def fits(self, tokens: Tokens, around: Surroundings) -> bool:
        if _holds(self.unless, tokens, 0, len(tokens)):
            return False
        return (
            _holds(self.right, tokens, around.after_unit, around.stop)
            or _holds(self.left, tokens, around.start, around.first)
            or self.before.match_back(tokens, around.first) is not None
            or self._handed_over(tokens, around)
            or self._carried(tokens, around)
        )

    def _handed_over(self, tokens: Tokens, around: Surroundings) -> bool:
        if around.before_code not in self.table.near_left_units:
            return False
        link = self.links.match_back(tokens, around.first)
        if link is None or link[0] < around.before_stop:
            return False
        return link[1] in self.table.over_comma or "," not in tokens.texts[around.before_stop : link[0] - 1]

    def _carried(self, tokens: Tokens, around: Surroundings) -> bool:
        if not self.table.carry or not around.bare or around.people_before != self.table.to:
            return False
        return not around.first_in_sentence or self.openers.match(tokens, 0) is not None


class KindShifter:
    """Applies the first shift rule whose cues stand in the clause."""

    def __init__(self, shifts: Sequence[ShiftTable]) -> None:
        self._rules = [_Rule.of(shift) for shift in shifts]

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> KindShifter:
        """From the package's and the users' `kind_cues.toml`, the users' rules first."""
        tables = [load(path, ShiftFile) for path in files("kind_cues.toml", folders)]
        return cls([shift for table in reversed(tables) for shift in table.shift])

    def shift(self, unit: Unit, tokens: Tokens, around: Surroundings) -> tuple[str, str] | None:
        """The new kind and the rule's id, or None."""
        for rule in self._rules:
            table = rule.table
            if unit.kind not in table.kinds or (table.codes and unit.code not in table.codes):
                continue
            if rule.fits(tokens, around):
                return table.to, table.id
        return None
