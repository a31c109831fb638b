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
from typing import Any, Literal, overload
from unicodedata import is_normalized, normalize

import regex

from extractor.datafile import Table, merged
from extractor.document import View

NAME = "clean.toml"
SEPARATOR = "\n\n"
"""What stands in the view between a title that came apart and the text."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The five tone marks of Vietnamese as combining characters: huyền, sắc, ngã, hỏi, nặng."""


class _Entry(Table):
    id: str
    why: str
    examples: list[tuple[str, str]]


class _Map(_Entry):
    to: str
    characters: list[str]


class _Shift(_Entry):
    first: str
    last: str
    to: str


class _Remove(_Entry):
    characters: list[str]


class _Tone(_Entry):
    pairs: list[str]
    tone_on: Literal["first", "second"]
    after: str | None = None
    not_after: str | None = None
    followed_by: str | None = None


class CleanRules(Table):
    """The schema of ``clean.toml``."""

    map: list[_Map]
    shift: list[_Shift]
    remove: list[_Remove]
    tone: list[_Tone]

    def entries(self) -> list[_Entry]:
        """All entries, of whatever table, in the order of the file."""
        return [*self.map, *self.shift, *self.remove, *self.tone]


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
        self._table = _one_for_one(rules)
        self._moves = _moves(rules.tone)
        removed = "".join(_characters(entry.characters for entry in rules.remove))
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
        self._misplaced = _misplaced(rules.tone)

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
        cleaned = self._place_tones(cleaned)
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

    def _place_tones(self, text: str) -> str:
        """`text` with every misplaced tone mark on the other vowel of its pair."""
        pieces: list[str] = []
        done = 0
        for match in self._misplaced.finditer(text):
            start = match.start() - (match.lastgroup == "late")
            if start >= done:
                pieces += text[done:start], self._moves[text[start : start + 2]]
                done = start + 2
        return "".join([*pieces, text[done:]]) if pieces else text


def _lower(text: str) -> str:
    """`text` in lower case, position for position. Only İ is longer in lower case (an i and a dot)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("\u0130", "i").lower()


def _characters(groups: Iterable[Iterable[str]]) -> list[str]:
    """The characters that entries like ``"2010-2015"`` or ``"00A0"`` (hexadecimal code points) stand for."""
    found: list[str] = []
    for entry in (entry for group in groups for entry in group):
        first, _, last = entry.partition("-")
        found += map(chr, range(int(first, 16), int(last or first, 16) + 1))
    return found


def _class(characters: Iterable[str]) -> str:
    return "".join(re.escape(character) for character in sorted(characters))


def _one_for_one(rules: CleanRules) -> dict[str, str]:
    table: dict[str, Any] = {}
    for entry in rules.map:
        table.update(dict.fromkeys(_characters([entry.characters]), entry.to))
    for shift in rules.shift:
        first, last, to = int(shift.first, 16), int(shift.last, 16), int(shift.to, 16)
        table.update({chr(code): chr(code - first + to) for code in range(first, last + 1)})
    return table


def _marked(vowel: str) -> list[str]:
    """A vowel with each of the five tones, composed."""
    return [normalize("NFC", vowel + tone) for tone in TONES]


def _marks(vowels: Iterable[str]) -> str:
    """All vowels with all tones, for a class of characters."""
    return "".join(mark for vowel in vowels for mark in _marked(vowel))


def _cases(pair: str) -> list[tuple[str, str]]:
    """A pair of vowels in small letters and capitals, each way."""
    return [(first, second) for first in (pair[0], pair[0].upper()) for second in (pair[1], pair[1].upper())]


def _moves(tones: Sequence[_Tone]) -> dict[str, str]:
    """Each misplaced pair of vowels and what it becomes."""
    moves: dict[str, str] = {}
    for rule in tones:
        for first, second in (case for pair in rule.pairs for case in _cases(pair)):
            for on_first, on_second in zip(_marked(first), _marked(second), strict=True):
                early, late = on_first + second, first + on_second
                moves.update([(late, early) if rule.tone_on == "first" else (early, late)])
    return moves


def _misplaced(tones: Sequence[_Tone]) -> re.Pattern[str]:
    """One pattern for all misplaced marks. It matches the marked vowel: the second (`late`) or first of its pair.

    The class of all marked vowels comes first, so that the engine jumps from one to the next, and then a glance at the
    neighbours, which settles nearly all of them.
    """
    late = [_tone_pattern(rule, upper=upper) for rule in tones if rule.tone_on == "first" for upper in (False, True)]
    early = [_tone_pattern(rule, upper=upper) for rule in tones if rule.tone_on == "second" for upper in (False, True)]
    pairs = [case for rule in tones for pair in rule.pairs for case in _cases(pair)]
    marked = _marks(sorted({vowel for pair in pairs for vowel in pair}))
    first, second = ("".join(sorted({pair[place] for pair in pairs})) for place in (0, 1))
    near = f"(?:(?<=[{first}].)|(?=[{second}]))"
    return re.compile(f"[{marked}]{near}(?:(?:{'|'.join(late)})(?P<late>)|(?:{'|'.join(early)})(?P<early>))")


def _tone_pattern(rule: _Tone, *, upper: bool) -> str:
    """What stands around a marked vowel that one rule moves; letters behind the pair agree with it in case."""
    options: list[str] = []
    for pair in rule.pairs:
        first, second = pair[0] + pair[0].upper(), pair[1].upper() if upper else pair[1]
        firsts = _marks(first) if rule.tone_on == "second" else first
        seconds = _marks(second) if rule.tone_on == "first" else ""
        behind = "" if rule.tone_on == "first" else second
        follow = "" if rule.followed_by is None else r"(?![^\W\d_])"
        if rule.followed_by:
            follow = f"[{rule.followed_by.upper() if upper else rule.followed_by}]"
        here = f"[{firsts}]" + (f"[{seconds}]" if seconds else "")
        after = f"(?<=[{_both(rule.after)}]{here})" if rule.after else f"(?<={here})"
        after += f"(?<![{_both(rule.not_after)}]{here})" if rule.not_after else ""
        options.append(after + (f"(?={behind}{follow})" if behind else follow))
    return "|".join(options)


def _both(letters: str) -> str:
    return letters + letters.upper()
