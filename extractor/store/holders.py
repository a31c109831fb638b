"""Whose figure it is, as a key: one key for one body, however an article names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import regex

from extractor.store.areas import Area, Areas
from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import HolderWords

_BRACKET = regex.compile(r"\([^()]*\)")
_CAPITAL = regex.compile(r"\s\p{P}*\p{Lu}")


class Holder(NamedTuple):
    """A body. `sort`: ``union`` and ``levels`` of an area, the ``area`` itself, or a body ``named`` otherwise."""

    key: str
    sort: str


class Holders:
    """Reads bodies out of a figure's organisation and place. Built once; keeps no state."""

    def __init__(self, words: HolderWords, areas: Areas) -> None:
        pairs = [(name, "union") for name in words.union] + [(name, "levels") for name in words.levels]
        self._unions = PhraseBook(pairs)
        self._bare = words.bare
        self._areas = areas

    def find(self, organization: Mapping[str, Any] | None, place: Mapping[str, Any] | None) -> Holder | None:
        """The body; None where the article leaves open which one."""
        area = self._areas.of_place(place)
        if organization is None:
            return None if area is None else Holder(area.key(), "area")
        name = _BRACKET.sub(" ", organization["expanded"])
        words = syllables(name)
        stem, own = self._split(words, area, None if place is None else place["code"])
        sort = self._sort(stem)
        if own is not None:
            return Holder(own.key(), sort) if sort else Holder(f"{' '.join(stem)} / {own.key()}", "named")
        if sort == "levels" and area is not None and len(stem) == len(words):
            return Holder(area.key(), sort)
        if " ".join(words) in self._bare or self._vague(words):
            return None
        if not _CAPITAL.search(name):
            return None if area is None else Holder(f"{' '.join(words)} / {area.key()}", "named")
        return Holder(" ".join(words), "named")

    def _sort(self, stem: Sequence[str]) -> str | None:
        found = self._unions.at(stem, 0)
        return found[1] if found and found[0] == len(stem) else None

    def _vague(self, words: Sequence[str]) -> bool:
        """Whether the name ends with a word for a sort of unit, and no place says which."""
        return any(end == len(words) for _, end, _ in self._areas.sorts.find(words))

    def _split(self, words: Sequence[str], area: Area | None, code: str | None) -> tuple[Sequence[str], Area | None]:
        """The name without the unit at its end, and that unit; the whole and None where it names none."""
        for start, end, sort in reversed(list(self._areas.sorts.find(words))):
            unit = self._unsaid(sort, area, code) if end == len(words) else self._areas.named(sort, words[end:], area)
            if unit is not None:
                return words[:start], unit
        for length in range(len(words) - 1, 0, -1):
            if self._sort(words[:length]):
                unit = self._areas.province(words[length:])
                return (words[:length], unit) if unit else (words, None)
        return words, None

    def _unsaid(self, sort: str, area: Area | None, code: str | None) -> Area | None:
        """The unit that a bare ``tỉnh``, ``huyện`` … means beside a place."""
        if area is None:
            return None
        if sort in (area.level, "city") and (sort != "city" or area.level != "commune"):
            return area
        return self._areas.province_of(area, code) if sort == "province" else None
