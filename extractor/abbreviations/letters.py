"""Capitals, syllable initials and folded words: the letters that short forms are made of."""

from __future__ import annotations

import re
import unicodedata

# Every capital of the Latin script that Vietnamese writes with, toned ones included.
CAPITALS = "".join(
    chr(c) for c in (*range(0x41, 0x5B), *range(0xC0, 0x1F0), *range(0x1EA0, 0x1EFA)) if chr(c).isupper()
)

_BETWEEN = re.compile(r"[,\-–&/\"“”]")
_SEPARATORS = re.compile(r"[\s.,&/\-]+")
# A syllable written in capitals: an optional onset, one vowel group, an optional coda, nothing else.
_SYLLABLE = re.compile(
    r"(?:NGH|NG|NH|CH|GH|GI|KH|PH|QU|TH|TR|[BCDĐGHKLMNPRSTVXJFWZ])?"
    r"[AEIOUY]{1,3}"
    r"(?:NG|NH|CH|[CMNPT])?"
)


def _base(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[:1].upper()
    return {"Ơ": "O", "Ư": "U"}.get(base, base)


_LETTERS = [chr(c) for c in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x1F0), *range(0x1EA0, 0x1EFA))]
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONED = _TONES.union(letter for letter in _LETTERS if not _TONES.isdisjoint(unicodedata.normalize("NFD", letter)))
_BASES = {ord(letter): _base(letter) for letter in _LETTERS}


def fold(word: str) -> str:
    """The base letters, in capitals, of a word: â, ă, á are A, ư is U; đ stays Đ.

    >>> fold("đường")
    'ĐUONG'
    """
    return word.translate(_BASES)


def key_of(form: str) -> str:
    """A short form without the marks that may stand inside it: ``LĐ-TB&XH`` is ``LĐTBXH``."""
    return form if form.isalpha() else _SEPARATORS.sub("", form)


def parts_of(form: str) -> list[str]:
    """The parts between the marks of a short form: ``KCN-KCX`` has two."""
    return [part for part in _SEPARATORS.split(form) if part]


def same_words(phrase: str) -> str:
    """A phrase for comparison: lower case, single spaces, no marks between words."""
    return " ".join(_BETWEEN.sub(" ", phrase.lower()).split())


def is_syllable(word: str) -> bool:
    """Whether a word in capitals can be read as one Vietnamese syllable (``AN``, ``TỈNH``; not ``LĐLĐ``)."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


def has_tone(word: str) -> bool:
    """Whether a letter carries a tone mark: a written-out word, for short forms never do."""
    return not _TONED.isdisjoint(word)
