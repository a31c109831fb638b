"""Chains: runs of capitals with the marks that join them, found in one scan of the text.

``CNVC - LĐ``, ``TP.HCM`` and a headline in capitals are one chain each; the atoms are the runs between the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.abbreviations.letters import CAPITALS, has_tone, is_syllable

# Marks inside a chain; a line break never is one.
_MARK = r"(?:\. ?| ?[-&/] ?| )"
# Longer runs of capitals are cut here: a headline is no reason to look far ahead.
_LONGEST = 40
# A dot and a space behind more letters than this end a sentence ("TP. HCM", but "… CĐCS. LĐLĐ …").
_LONGEST_TITLE = 2
_ADDRESS = re.compile(r"://|www\.|@|\w\.(?:vn|com|net|org)\b", re.IGNORECASE)
_REACH = 80


class Atom(NamedTuple):
    """One run of capitals (or a listed form such as ``Cty``) in ``text[start:end]``."""

    start: int
    end: int
    text: str


class Chain(NamedTuple):
    """Atoms and the marks between them: ``marks[i]`` stands behind ``atoms[i]``."""

    atoms: tuple[Atom, ...]
    marks: tuple[str, ...]
    shouting: bool

    @property
    def start(self) -> int:
        """Where the chain starts."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Where the chain ends."""
        return self.atoms[-1].end


class ChainScanner:
    """Finds chains. `mixed` are the short forms with small letters, `numbered` those with digits glued on."""

    def __init__(self, mixed: Iterable[str], numbered: Iterable[str]) -> None:
        mixed_forms = sorted(mixed, key=lambda form: (-len(form), form))
        tails = "|".join(_tail(form) for form in mixed_forms)
        digits = "|".join(_tail(form) for form in sorted(numbered)) or "(?!)"
        wholes = "|".join(re.escape(form) for form in mixed_forms)
        atom = rf"(?:(?:{wholes or '(?!)'}|[{CAPITALS}]++)(?!\w))"
        # The capital comes first, so that the search can skip to capitals; then what must not stand before it.
        head = (
            rf"[{CAPITALS}](?<!\w[{CAPITALS}])"
            rf"(?:(?:(?:{tails or '(?!)'})|[{CAPITALS}]++)(?!\w)|(?:{digits})(?=\d)|(?=[.&][ {CAPITALS}\d]))"
        )
        self._scan = re.compile(rf"{head}(?:{_MARK}{atom}){{0,{_LONGEST}}}")
        self._atom = re.compile(rf"(?:{wholes or '(?!)'})(?!\w)|[{CAPITALS}]+")

    def chains(self, text: str) -> Iterator[Chain]:
        """The chains of a text, from left to right, without those inside addresses of the web."""
        for found in self._scan.finditer(text):
            start, end = found.span()
            if _in_address(text, start, end):
                continue
            whole = found[0]
            if whole.isalpha() and whole.isupper():  # most chains: one run of capitals
                yield Chain((Atom(start, end, whole),), (), has_tone(whole))
                continue
            atoms = tuple([Atom(*atom.span(), atom[0]) for atom in self._atom.finditer(text, start, end)])
            shouting = _is_shouting(atoms)
            for part in _sentences(text, atoms):
                marks = tuple([text[a.end : b.start] for a, b in pairwise(part)])
                yield Chain(part, marks, shouting)


def _tail(form: str) -> str:
    """A pattern for a form behind its first letter, which is matched already."""
    return rf"{re.escape(form[1:])}(?<={re.escape(form)})"


def _sentences(text: str, atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """The atoms parted where a sentence may end: a dot and a space join only after one or two letters (``TP. HCM``)."""
    first = 0
    for index in range(1, len(atoms)):
        before = atoms[index - 1]
        if len(before.text) > _LONGEST_TITLE and text[before.end : atoms[index].start] == ". ":
            yield atoms[first:index]
            first = index
    yield atoms[first:]


def _is_shouting(atoms: tuple[Atom, ...]) -> bool:
    """Whether words are written out in capitals here: a headline, a name, emphasis."""
    syllables = sum(len(atom.text) > 1 and is_syllable(atom.text) for atom in atoms)
    return syllables > 1 or any(has_tone(atom.text) for atom in atoms)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the chain stands in a web or mail address."""
    before = text[max(0, start - 1) : start]
    after = text[end : end + 1]
    left = "" if not before or before.isspace() else text[max(0, start - _REACH) : start].rsplit(maxsplit=1)[-1]
    right = "" if not after or after.isspace() else text[end : end + _REACH].split(maxsplit=1)[0]
    return bool(left or right) and _ADDRESS.search(left + text[start:end] + right) is not None
