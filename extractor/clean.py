"""Stage 1: a normalised view of the text, and the way back, recorded while the view is built.

The view is made in two steps. The first changes lengths: it composes letters with their marks and leaves out
invisible characters, and notes every place where it does so. The second replaces characters one for one (spaces,
dashes, look-alikes) and moves tone marks between two neighbouring vowels, so it needs no notes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload
from unicodedata import is_normalized, normalize

import regex

from extractor.cleanrules import CleanRules
from extractor.datafile import merged
from extractor.document import View
from extractor.tones import TonePlaces

NAME = "clean.toml"
SEPARATOR = "\n\n"
"""What stands in the view between a title that came apart and the text."""


class Offsets(Sequence[int]):
    """Where each character of a view starts (or ends) in the source, kept as the places that differ.

    A change ``(place, width, begin, stop)`` turned ``source[begin:stop]`` into `width` characters at `place` of
    the view; between changes view and source run side by side. A look-up takes logarithmic time.
    """

    __slots__ = ("_changes", "_length", "_places", "_starting")

    def __init__(self, changes: Sequence[tuple[int, int, int, int]], length: int, *, starting: bool) -> None:
        self._changes = changes
        self._places = [change[0] for change in changes]
        self._length = length
        self._starting = starting

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        past = 0 if self._starting else 1
        k = bisect_right(self._places, index) - 1
        if k < 0:
            return index + past
        place, width, begin, stop = self._changes[k]
        if index < place + width:
            return begin if self._starting else stop
        return stop + index - place - width + past


class Cleaner:
    """Makes views. Holds the compiled rules of ``clean.toml``; cleaning itself keeps no state.

    `clean` gives the same view for composed and decomposed input, and never raises, however malformed the text.
    """

    def __init__(self, rules: CleanRules) -> None:
        self._table = rules.one_for_one()
        self._tones = TonePlaces(rules.tone)
        removed = "".join(rules.removed())
        joins, changed = r"[\p{M}\p{NFC_QC=Maybe}]", r"\p{NFC_QC=No}"
        # Marks that join the letter before them, invisible characters between them; else what stands by itself.
        self._uneven = regex.compile(
            rf"{changed}(?:[{removed}]*+{joins})*+|(?:[{removed}]*+{joins})++|[{removed}]++|\r\n"
        )
        self._joins = regex.compile(joins)
        # The standard library's engine is several times faster in finding one of many single characters.
        self._invisible = re.compile(f"[{removed}]+")
        self._any_uneven = re.compile(f"[{removed}\r]")
        self._replaced = re.compile(f"[{_class(self._table)}]")

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Cleaner:
        """A cleaner with the package's rules and those of the users' folders. Raises DataError."""
        return cls(merged(NAME, CleanRules, folders))

    def clean(self, text: str) -> View:
        """The view of one text; `starts` and `ends` are None where positions are those of the source."""
        cleaned, changes = text, None
        if self._any_uneven.search(text) or not is_normalized("NFC", text):
            cleaned, changes = self._compose(text)
        cleaned = self._replaced.sub(self._replacement, cleaned)
        if changes is None and not is_normalized("NFC", cleaned):  # a mark behind a look-alike
            cleaned, changes = self._compose(text)
            cleaned = self._replaced.sub(self._replacement, cleaned)
        cleaned = self._tones.placed(cleaned)
        if not changes:
            return View(cleaned, _lower(cleaned))
        return View(
            cleaned,
            _lower(cleaned),
            Offsets(changes, len(cleaned), starting=True),
            Offsets(changes, len(cleaned), starting=False),
        )

    def document(self, title: str | None, text: str) -> View:
        """The view of title, blank line and text; ``view.locate`` tells field and place in it."""
        body = self.clean(text)
        if not title:
            return body
        head = self.clean(title)
        return View(
            head.text + SEPARATOR + body.text,
            head.lower + SEPARATOR + body.lower,
            body.starts,
            body.ends,
            title=head,
        )

    def _compose(self, text: str) -> tuple[str, list[tuple[int, int, int, int]]]:
        """`text` composed and without invisible characters, and the list of changes (see `Offsets`)."""
        pieces: list[str] = []
        changes: list[tuple[int, int, int, int]] = []
        done = place = 0
        known: dict[str, str] = {"\r\n": "\n"}
        for match in self._uneven.finditer(text):
            begin, stop = match.span()
            if begin > done and not text[begin - 1].isspace() and self._joins.match(text, stop - 1):
                begin -= 1
            before = text[begin:stop]
            after = known.get(before)
            if after is None:
                after = known[before] = self._composed(before)
            if after == before:
                continue
            pieces.append(text[done:begin])
            pieces.append(after)
            place += begin - done
            changes.append((place, len(after), begin, stop))
            place += len(after)
            done = stop
        pieces.append(text[done:])
        return "".join(pieces), changes

    def _composed(self, cluster: str) -> str:
        """One letter with its marks in composed form."""
        visible = self._invisible.sub("", cluster)
        return normalize("NFC", self._replaced.sub(self._replacement, visible))

    def _replacement(self, match: re.Match[str]) -> str:
        return self._table[match[0]]


def _lower(text: str) -> str:
    """`text` in lower case, position for position. Only İ is longer in lower case (an i and a dot)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("\u0130", "i").lower()


def _class(characters: Iterable[str]) -> str:
    return "".join(re.escape(character) for character in sorted(characters))
