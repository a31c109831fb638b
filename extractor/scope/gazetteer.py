"""The administrative units of Vietnam, by name: those of before July 2025, and those since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.datafile import DATA, Table, load
from extractor.errors import DataError
from extractor.lookup import Openings, Words, openings

_JOINS = re.compile(r"[\s\-'’.]+")


class Unit(NamedTuple):
    """A unit. `code` is official within its era and level; `province` is the code of the old or new province above."""

    era: str
    level: str
    code: str | None
    parent: str
    type: str
    name: str


class _Former(Table):
    name: str
    type: str
    level: str
    parent: str
    code: str | None = None


class _Alias(Table):
    name: str
    code: str


class _FormerTable(Table):
    unit: tuple[_Former, ...] = ()
    alias: tuple[_Alias, ...] = ()


def key(name: str) -> str:
    """What names are compared by: lower case, hyphens, dots and apostrophes as spaces, i for y at a syllable's end.

    >>> key("Bà Rịa - Vũng Tàu") == key("BÀ RỊA-VŨNG TÀU")
    True
    """
    return " ".join(_JOINS.sub(" ", name.lower()).split())


class Gazetteer:
    """Units by name. Built once; look-ups only read.

    `named` gives all units of a name, provinces first; `bare` the provinces and districts only, which are
    recognised without a word like huyện before them.
    """

    def __init__(self, units: Iterable[Unit], aliases: Sequence[tuple[str, str]] = ()) -> None:
        self._units: dict[str, list[Unit]] = {}
        self._old: dict[str, Unit] = {}
        self._new: dict[str, Unit] = {}
        self._districts: dict[str, Unit] = {}
        for unit in units:
            self._units.setdefault(key(unit.name), []).append(unit)
            if unit.level == "province":
                (self._old if unit.era == "old" else self._new)[unit.code or ""] = unit
            elif unit.level == "district" and unit.code:
                self._districts[unit.code] = unit
        for name, code in aliases:
            self._units.setdefault(key(name), []).insert(0, self._old[code])
        self._bare = self._without_type()
        self._longest, self._longest_bare = _longest(self._units), _longest(self._bare)
        self.openings: Openings = openings(self._bare)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Gazetteer:
        """The package's units, with those of ``gazetteer/former.toml`` in it and in the user's folders."""
        units, aliases = _read(DATA / "gazetteer" / "units.tsv"), list[tuple[str, str]]()
        for root in (DATA, *folders):
            path = root / "gazetteer" / "former.toml"
            if path.is_file():
                table = load(path, _FormerTable)
                units += [Unit("old", u.level, u.code, u.parent, u.type, u.name) for u in table.unit]
                aliases += [(a.name, a.code) for a in table.alias]
        return cls(units, aliases)

    def knows(self, name: str) -> bool:
        """Whether any unit has that name."""
        return bool(self.named(name))

    def named(self, name: str) -> Sequence[Unit]:
        """All units of that name, in whatever spelling of case and hyphens."""
        return self._units.get(key(name), ())

    def longest(self, syllable: str) -> int:
        """How many syllables the longest name has that begins with one; 0 if none does."""
        return self._longest.get(key(syllable).partition(" ")[0], 0)

    def longest_bare(self, syllable: str) -> int:
        """The same for names that are recognised without a word like huyện."""
        return self._longest_bare.get(syllable.lower().partition("'")[0], 0)

    def bare_places(self, text: str, words: Words) -> list[int]:
        """Where a name that is recognised without a word like huyện may begin, with a capital, in order."""
        return [at for at, _, _ in words.among(self.openings) if text[at].isupper()]

    def bare(self, syllables: Sequence[str]) -> tuple[Unit, ...]:
        """Provinces of the name that the syllables make, else districts."""
        return self._bare.get(" ".join(syllables).lower().replace("'", " ").replace("’", " "), ())

    def _without_type(self) -> dict[str, tuple[Unit, ...]]:
        """Provinces, and districts of two syllables or more: one alone (Huế apart) may be any word."""
        found = {}
        for name, units in self._units.items():
            old = [u for u in units if u.era == "old" and u.level != "commune"]
            provinces = tuple(u for u in old if u.level == "province")
            if provinces or (old and " " in name):
                found[name] = provinces or tuple(old)
        return found

    def province(self, unit: Unit) -> Unit | None:
        """The province that a unit belongs to in its own era."""
        if unit.level == "province":
            return unit
        if unit.era == "new":
            return self._new.get(unit.parent)
        district = self._districts.get(unit.parent) if unit.level == "commune" else unit
        return self._old.get(district.parent if district else unit.parent)

    def current(self, unit: Unit) -> str | None:
        """The name of the province that a unit belongs to today."""
        province = self.province(unit)
        if province is None:
            return None
        return province.name if province.era == "new" else self._new[province.parent].name

    def district(self, unit: Unit) -> Unit | None:
        """The district of an old commune."""
        return self._districts.get(unit.parent) if unit.level == "commune" and unit.era == "old" else None


def _longest(names: Iterable[str]) -> dict[str, int]:
    """The most syllables of any name, by the first of them."""
    found: dict[str, int] = {}
    for name in names:
        first = name.partition(" ")[0]
        found[first] = max(found.get(first, 0), name.count(" ") + 1)
    return found


def _read(path: Path) -> list[Unit]:
    try:
        lines = path.read_text("utf-8").splitlines()[1:]
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    units = []
    for number, line in enumerate(lines, 2):
        fields = line.split("\t")
        if len(fields) != len(Unit._fields):
            raise DataError(f"{path}: line {number}: {len(fields)} columns where {len(Unit._fields)} are needed.")
        units.append(Unit(*fields))
    return units
