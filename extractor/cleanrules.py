"""The schema of ``clean.toml``: which characters become which, which are left out, where tone marks stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from extractor.datafile import Table


class Entry(Table):
    """An entry of any table: why it is there, and texts with what becomes of them."""

    id: str
    why: str
    examples: list[tuple[str, str]]


class MapRule(Entry):
    """Characters that one other stands for."""

    to: str
    characters: list[str]


class ShiftRule(Entry):
    """A run of characters that another run stands for, in the same order."""

    first: str
    last: str
    to: str


class RemoveRule(Entry):
    """Characters that are left out."""

    characters: list[str]


class ToneRule(Entry):
    """Pairs of vowels, and which of the two carries the tone, by the letters around them."""

    pairs: list[str]
    tone_on: Literal["first", "second"]
    after: str | None = None
    not_after: str | None = None
    followed_by: str | None = None


class CleanRules(Table):
    """The schema of ``clean.toml``."""

    map: list[MapRule]
    shift: list[ShiftRule]
    remove: list[RemoveRule]
    tone: list[ToneRule]

    def entries(self) -> list[Entry]:
        """All entries, of whatever table, in the order of the file."""
        return [*self.map, *self.shift, *self.remove, *self.tone]

    def removed(self) -> list[str]:
        """The characters that are left out."""
        return _characters(entry.characters for entry in self.remove)

    def one_for_one(self) -> dict[str, str]:
        """Each character that is replaced, and what stands in its place."""
        table: dict[str, str] = {}
        for entry in self.map:
            table.update(dict.fromkeys(_characters([entry.characters]), entry.to))
        for shift in self.shift:
            first, last, to = int(shift.first, 16), int(shift.last, 16), int(shift.to, 16)
            table.update({chr(code): chr(code - first + to) for code in range(first, last + 1)})
        return table


def _characters(groups: Iterable[Iterable[str]]) -> list[str]:
    """The characters that entries like ``"2010-2015"`` or ``"00A0"`` (hexadecimal code points) stand for."""
    found: list[str] = []
    for entry in (entry for group in groups for entry in group):
        first, _, last = entry.partition("-")
        found += map(chr, range(int(first, 16), int(last or first, 16) + 1))
    return found
