"""Administrative units as keys: one key for one unit, however an article names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractor.scope.gazetteer import Gazetteer, Unit
from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import AreaWords


class Area(NamedTuple):
    """A unit: its level, its name in lower case, and the province it belongs to today (itself, for a province)."""

    level: str
    name: str
    province: str

    def key(self) -> str:
        """What areas are compared by."""
        return f"{self.level}:{self.name}" if self.level == "province" else f"{self.level}:{self.name}@{self.province}"


class Areas:
    """Reads units out of places and out of the names of bodies. Built once; keeps no state."""

    def __init__(self, words: AreaWords, gazetteer: Gazetteer) -> None:
        sorts = {level: getattr(words, level) for level in ("province", "district", "city", "commune")}
        self.sorts = PhraseBook((word, level) for level, entries in sorts.items() for word in entries)
        self._gazetteer = gazetteer

    def of_place(self, place: Mapping[str, Any] | None) -> Area | None:
        """The unit of a record's place; None where it is unsettled or below the commune."""
        if place is None or place["level"] not in ("province", "district", "commune"):
            return None
        words = syllables(place["text"])
        sort = self.sorts.at(words, 0)
        name = " ".join(words[sort[0] :] if sort and len(words) > sort[0] else words)
        level = place["level"]
        return Area(level, name, name if level == "province" else _lower(place["current"]))

    def province_of(self, area: Area, code: str | None) -> Area:
        """The province that a unit belonged to when it was named, as an area."""
        if area.level == "province":
            return area
        for unit in self._gazetteer.named(area.name):
            if unit.level == area.level and code in (None, unit.code):
                above = self._gazetteer.province(unit)
                if above is not None and _lower(self._gazetteer.current(unit)) == area.province:
                    name = _lower(above.name)
                    return Area("province", name, name)
        return Area("province", area.province, area.province)

    def named(self, sort: str, name: Sequence[str], near: Area | None) -> Area | None:
        """The unit of that sort and name; of several, the one in the province of `near`."""
        words = " ".join(name)
        units = self._gazetteer.named(words)
        if sort == "city":
            sort = "province" if any(_is_city(unit) for unit in units) else "district"
        if sort == "province":
            return Area("province", words, words) if any(u.level == "province" for u in units) else None
        homes = {_lower(self._gazetteer.current(unit)) for unit in units if unit.level == sort}
        if near is not None and near.name == words:
            return near
        if near is not None and (home := self._current(near)) in homes:
            return Area(sort, words, home)
        return Area(sort, words, homes.pop()) if len(homes) == 1 else None

    def named_whole(self, text: str) -> Area | None:
        """The unit that a text names: ``huyện Lộc Bình``, ``Long An``."""
        words = syllables(text)
        found = self.sorts.at(words, 0)
        if found is not None and len(words) > found[0]:
            return self.named(found[1], words[found[0] :], None)
        if (province := self.province(words)) is not None:
            return province
        return self.named("district", words, None)

    def province(self, name: Sequence[str]) -> Area | None:
        """The province of that bare name."""
        words = " ".join(name)
        known = any(unit.level == "province" for unit in self._gazetteer.named(words))
        return Area("province", words, words) if known else None

    def _current(self, area: Area) -> str:
        """The present name of an area's province."""
        if area.level != "province":
            return area.province
        for unit in self._gazetteer.named(area.name):
            if unit.level == "province":
                return _lower(self._gazetteer.current(unit))
        return area.name

    def holds(self, outer: Area, inner: Area) -> bool:
        """Whether one unit lies in the other."""
        return outer.level == "province" != inner.level and self._current(outer) == inner.province


def _is_city(unit: Unit) -> bool:
    return unit.level == "province" and unit.type.startswith("thành phố")


def _lower(name: str | None) -> str:
    return " ".join(syllables(name or ""))
