"""Regular expressions out of word lists."""

from __future__ import annotations

from collections.abc import Iterable

import regex


def alternatives(words: Iterable[str]) -> str:
    r"""The words as alternatives, the longest first, so that the longest wins.

    >>> alternatives(["LĐLĐ", "LĐLĐ tỉnh"])
    'LĐLĐ\\ tỉnh|LĐLĐ'
    """
    return "|".join(sorted({regex.escape(word) for word in words}, key=lambda word: (-len(word), word)))
