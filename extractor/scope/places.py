"""Places in a text: words for sorts of units with the names after them, and names of provinces and districts alone.

One scan over the capitals of the text; each stretch of them is held against the gazetteer, longest name first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import regex

from extractor.document import Place, View
from extractor.lookup import (
    Leads,
    Openings,
    PhraseFinder,
    Phrases,
    PhrasesBefore,
    Words,
    alternatives,
    right_before,
    united,
)
from extractor.scope.gazetteer import Gazetteer, Unit
from extractor.scope.runs import PlaceTable, PlaceType, Run, RunReader
from extractor.span import Span

REFORM = date(2025, 7, 1)
"""Since this day there are 34 provinces and no districts."""
REACH = 48
"""How far before a name the word is looked for that makes it the name of a thing."""


class PlaceMention(NamedTuple):
    """A place named in the text. `role` is typed, bare, reference (``LĐLĐ tỉnh``) or country.

    `units` are the units that it can be; several peers in a row (``Chiêm Hóa, Hàm Yên``) are one mention with
    `several` set. `level` is that of a reference or of a place that no gazetteer knows.
    """

    start: int
    end: int
    role: str
    rule: str
    level: str
    units: tuple[Unit, ...] = ()
    several: bool = False
    locative: bool = False
    levels: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where the mention stands."""
        return Span(self.start, self.end)


class PlaceFinder:
    """Finds places. `gazetteer` is only read."""

    def __init__(self, table: PlaceTable, gazetteer: Gazetteer) -> None:
        self.words = table.words
        self._gazetteer = gazetteer
        self._runs = RunReader(table, gazetteer)
        self._types = self._runs.types
        plain = [w for t in table.type if not t.open for w in t.words if w.islower() and "." not in w]
        qualifiers = alternatives(table.words.qualifiers)
        self._thing = right_before(table.words.things, r"(?:\s+[\p{L}\d.&]+){0,4}?[\s“\"]*")
        self._reference = PhraseFinder(
            plain,
            lambda words: (
                rf"(?<![\p{{L}}\d])({alternatives(words)})(?![\p{{L}}\d])(?!\s+[\p{{Lu}}\d])(?!\s+(?:{qualifiers})\s+\p{{Lu}})"
            ),
        )
        self._plural = regex.compile(rf"(?r)(?<![\p{{L}}])(?:{alternatives(table.words.plural)}|\d+)\s+")
        self._several = PhrasesBefore({"several": table.words.several})
        self._locative = PhrasesBefore({"locative": table.words.locative}, table.words.many)
        self._country = Phrases(table.words.country)
        self.openings: Openings = united(self._runs.openings, self._reference.openings, self._country.openings)
        self._apart = re.compile(r",? \(?|\s*-\s*")
        together = table.words.together
        self._between = re.compile(rf"\s*(?:,|{together}|,\s*{together})\s+")

    def scan(self, view: View, published: date | None, words: Leads | None = None) -> list[PlaceMention]:
        """All mentions in order; bare districts only where a province of the article supports them.

        `words` are those of the openings.
        """
        text, lower = view.text, view.lower
        words = view.words.among(self.openings) if words is None else words
        runs = list(self._runs.read(text, words))
        found = [m for run in runs if (m := self._typed(text, run))]
        taken = {m.start for m in found}
        bare = [m for run in runs if run.start not in taken for m in self._bare(text, run)]
        known = self._provinces(found + [m for m in bare if m.level == "province"])
        found += [m for m in bare if m.level == "province" or self._supported(m, known)]
        found += [
            PlaceMention(start, end, "country", "place.country", "country")
            for start, end, _ in self._country.find(lower, words)
        ]
        found += self._references(text, words)
        found.sort(key=lambda m: (m.start, -m.end))
        districts = frozenset(u.name for m in found if m.level == "district" for u in m.units)
        settled = [self._settled(m, districts, known, published) for m in found]
        return list(self._joined(text, settled))

    def place(self, mention: PlaceMention, text: str) -> Place:
        """The place of the record, `text` being how it is written."""
        units = mention.units
        if mention.several or not units:
            return Place(text, mention.level, None, self._common(units))
        if len(units) > 1:
            return Place(text, units[0].level, None, None, tuple(self._told(u) for u in units))
        unit = units[0]
        return Place(text, unit.level, unit.code, self._gazetteer.current(unit))

    def national(self, name: str) -> bool:
        """Whether a body's name says that it is the whole country's."""
        return any(name.endswith(word) for word in self.words.national)

    def within(self, unit: Unit, province: Unit) -> bool:
        """Whether a unit lies in a province."""
        above = self._gazetteer.province(unit)
        return above is not None and above.name == province.name

    def _common(self, units: Sequence[Unit]) -> str | None:
        current = {self._gazetteer.current(u) for u in units}
        return current.pop() if len(current) == 1 else None

    def _told(self, unit: Unit) -> str:
        above = [self._gazetteer.district(unit), self._gazetteer.province(unit)]
        names = [f"{unit.type} {unit.name}"] + [u.name for u in above if u and u is not unit]
        return ", ".join(names) + (f" ({unit.code})" if unit.code else "")

    def _typed(self, text: str, run: Run) -> PlaceMention | None:
        if run.type is None:
            return None
        if text[run.tokens[0].start : run.tokens[0].end] in self.words.no_names:
            return None
        start, end = run.tokens[0]
        longest = self._gazetteer.longest(text[start:end])
        for count in range(min(len(run.tokens), longest), 0, -1):
            end = run.tokens[count - 1].end
            name = text[start:end]
            units = [u for u in self._gazetteer.named(name) if u.level in run.type.levels]
            if units:
                return self._mention(text, run, end, _same_type(units, run.type), units[0].level)
        if not run.type.open:
            return None
        end = run.tokens[min(len(run.tokens), 3) - 1].end
        return self._mention(text, run, end, (), run.type.levels[0])

    def _mention(self, text: str, run: Run, end: int, units: tuple[Unit, ...], level: str) -> PlaceMention:
        assert run.type is not None  # noqa: S101 (for the type checker)
        locative = self._is_locative(text, run.start)
        return PlaceMention(run.start, end, "typed", run.type.id, level, units, locative=locative)

    def _bare(self, text: str, run: Run) -> Iterator[PlaceMention]:
        tokens, at = run.tokens, 0
        while at < len(tokens):
            count, units = self._longest(text, run, at)
            if not units:
                at += 1
                continue
            start, end = tokens[at].start, tokens[at + count - 1].end
            if self._stands_alone(text, run, at, count) and not self._names_thing(text, start, end, units[0]):
                level = units[0].level
                rule = "place.bare-province" if level == "province" else "place.bare-district"
                locative = self._is_locative(text, start)
                yield PlaceMention(start, end, "bare", rule, level, units, locative=locative)
            at += count

    def _names_thing(self, text: str, start: int, end: int, unit: Unit) -> bool:
        """Whether a name is that of a road or a school, or of a district in capitals, which may be any word."""
        if unit.level != "province" and text[start:end].isupper():
            return True
        return self._thing.match(text, _line_start(text, start), start) is not None

    def _is_locative(self, text: str, at: int) -> bool:
        return self._locative.sort(text[max(0, at - REACH) : at].lower(), 0, REACH) is not None

    def _longest(self, text: str, run: Run, at: int) -> tuple[int, tuple[Unit, ...]]:
        """The longest name that begins at a token, and how many tokens it has."""
        start, end = run.tokens[at]
        longest = self._gazetteer.longest_bare(text[start:end])
        if not longest:
            return 1, ()
        words = [text[start:end] for start, end in run.tokens[at : at + longest]]
        for count in range(len(words), 0, -1):
            units = self._gazetteer.bare(words[:count])
            if units and " ".join(words[:count]).lower() not in self.words.never_bare:
                return count, units
        return 1, ()

    def _stands_alone(self, text: str, run: Run, at: int, count: int) -> bool:
        """No other capital belongs to the name: Thái Bình, but not Nguyễn Thái Bình or Thái Bình Dương."""
        if at and not run.glued[at - 1]:
            before = text[run.tokens[at - 1].start : run.tokens[at - 1].end]
            name = text[run.tokens[at].start : run.tokens[at + count - 1].end]
            if before not in self.words.openers and (not before.isupper() or len(before) < 2 or name.isupper()):  # noqa: PLR2004
                return False
        after = at + count
        if after < len(run.tokens) and not run.glued[after - 1]:
            follower = text[run.tokens[after].start : run.tokens[after].end]
            return (follower.isupper() and len(follower) > 1) or (follower.isdigit() is False and follower.isupper())
        return True

    def _references(self, text: str, words: Words) -> Iterator[PlaceMention]:
        for match in self._reference.find(text, words):
            if not self._plural.match(text, max(0, match.start() - 12), match.start()):
                kind = self._types[match[1]]
                yield PlaceMention(
                    match.start(), match.end(), "reference", kind.id, kind.levels[-1], levels=kind.levels
                )

    def _provinces(self, mentions: Sequence[PlaceMention]) -> frozenset[str]:
        """The old provinces' names that the article tells for certain."""
        names = set()
        for mention in mentions:
            provinces = {p.name for u in mention.units if u.era == "old" and (p := self._gazetteer.province(u))}
            if len(provinces) == 1:
                names |= provinces
        return frozenset(names)

    def _supported(self, mention: PlaceMention, known: frozenset[str]) -> bool:
        provinces = {p.name for u in mention.units if (p := self._gazetteer.province(u))}
        return bool(provinces & known) or (not known and len(mention.units) == 1)

    def _settled(
        self, mention: PlaceMention, districts: frozenset[str], known: frozenset[str], published: date | None
    ) -> PlaceMention:
        """The mention with those units only that fit the day, the article's provinces and the places around."""
        units = mention.units
        if len(units) < 2 or mention.role == "reference":  # noqa: PLR2004
            return mention
        wanted = "new" if published and published >= REFORM else "old"
        units = tuple(u for u in units if u.era == wanted) or units
        if len(units) > 1:
            near = tuple(u for u in units if (d := self._gazetteer.district(u)) and d.name in districts)
            units = near or units
        if len(units) > 1:
            units = tuple(u for u in units if (p := self._gazetteer.province(u)) and p.name in known) or units
        return mention._replace(units=units)

    def _joined(self, text: str, mentions: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
        """Peers in a row as one mention."""
        held: PlaceMention | None = None
        address = 0
        for mention in mentions:
            if held is not None and self._above(text, held, mention, max(address, held.end)):
                address = mention.end
                continue
            if held is not None and self._peers(text, held, mention):
                held = held._replace(end=mention.end, units=(*held.units[:9], *mention.units[:1]), several=True)
                continue
            if held is not None:
                yield held
            held = mention
        if held is not None:
            yield held

    def _above(self, text: str, first: PlaceMention, second: PlaceMention, end: int) -> bool:
        """Whether the second only says where the first lies: huyện Tân Kỳ, tỉnh Nghệ An."""
        if not first.units or not second.units or not self._apart.fullmatch(text, end, second.start):
            return False
        if second.level == "province" and first.level in ("district", "commune"):
            return any(self.within(u, second.units[0]) for u in first.units)
        return second.level == "district" and first.level == "commune" and second.role == "typed"

    def _peers(self, text: str, first: PlaceMention, second: PlaceMention) -> bool:
        if first.role not in ("typed", "bare") or first.level != second.level:
            return False
        if second.role != "bare" and not (second.role == "typed" and first.role == "bare"):
            return False
        if second.start - first.end > 8 or not self._between.fullmatch(text, first.end, second.start):  # noqa: PLR2004
            return False
        if first.role == "typed" and self.words.together in text[first.end : second.start]:
            return True
        if first.several or first.role == "bare":
            return True
        return self._several.sort(text[max(0, first.start - 12) : first.start].lower(), 0, 12) is not None


def _same_type(units: Sequence[Unit], kind: PlaceType) -> tuple[Unit, ...]:
    """Those of the very sort that the text says; where there are none (a town since made a city), all."""
    words = {w.lower() for w in kind.words}
    return tuple(u for u in units if u.type in words) or tuple(units)


def _line_start(text: str, at: int) -> int:
    """Where the line or clause begins, at most `REACH` letters before a place."""
    start = max(0, at - REACH)
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in "\n,;:.()"))
