"""Finding text as a reader does: no case, no marks unless the query has some, đ as d. The same rule as in the browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def fold(text: str) -> str:
    """The text without case and marks.

    >>> fold("Đoàn viên")
    'doan vien'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("đ", "d")


def matcher(query: str) -> Callable[[str], bool]:
    """A test whether a text holds the query; an empty query matches everything."""
    plain = unicodedata.normalize("NFC", query.strip()).lower()
    folded = fold(plain)
    if folded == plain:
        return lambda text: folded in fold(text)
    return lambda text: plain in unicodedata.normalize("NFC", text).lower()
