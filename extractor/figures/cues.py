"""Moving a figure from one kind to another by what happens in its clause (`data/kind_cues.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
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
    near_left_units: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class ShiftFile(Table):
    """`data/kind_cues.toml`."""

    shift: tuple[ShiftTable, ...]


def _holds(phrases: Phrases[str], tokens: Tokens, start: int, stop: int) -> bool:
    for index in range(start, stop):
        found = phrases.match(tokens, index)
        if found is not None and found[0] <= stop:
            return True
    return False


class KindShifter:
    """Applies the first shift rule whose cues stand in the clause."""

    def __init__(self, shifts: Sequence[ShiftTable]) -> None:
        self._shifts = [
            (
                shift,
                Phrases((w, w) for w in shift.left),
                Phrases((w, w) for w in shift.right),
                Phrases((w, w) for w in shift.unless),
            )
            for shift in shifts
        ]

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> KindShifter:
        """From the package's and the users' `kind_cues.toml`, the users' rules first."""
        tables = [load(path, ShiftFile) for path in files("kind_cues.toml", folders)]
        return cls([shift for table in reversed(tables) for shift in table.shift])

    def shift(
        self, unit: Unit, tokens: Tokens, clause: tuple[int, int], number: int, after_unit: int, before: str | None
    ) -> tuple[str, str] | None:
        """The new kind and the rule's id, or None. `clause` is a token range, `before` the unit code of the figure before."""
        start, stop = clause
        for shift, left, right, unless in self._shifts:
            if unit.kind not in shift.kinds or (shift.codes and unit.code not in shift.codes):
                continue
            if _holds(unless, tokens, start, stop):
                continue
            if (
                _holds(right, tokens, after_unit, stop)
                or _holds(left, tokens, start, number)
                or (before is not None and before in shift.near_left_units)
            ):
                return shift.to, shift.id
        return None
