"""An article's fingerprint: the smallest hashes of its runs of syllables (a bottom-k MinHash sketch).

The same runs give the same hashes, so the sketch of a text that was cut out of another is found in the other's,
up to the greatest hash that both keep.
"""

from __future__ import annotations

import heapq
import unicodedata
import zlib
from collections.abc import Mapping
from typing import Any

import regex

from extractor.store.rules import Reprints

_MARKS = regex.compile(r"\p{Mn}+")
_SYLLABLE = regex.compile(r"[\p{L}\p{N}]+")
_TEXT_ROLES = frozenset({"body", "caption", "teaser"})
BEYOND = 2**32
"""Greater than every hash."""


def sketch(record: Mapping[str, Any], rules: Reprints) -> tuple[list[int], int]:
    """The hashes, ascending, and the hash up to which they are all that the text has; none for a very short text.

    Tone marks and case are left out, as papers retype each other's texts; so are title, dateline, byline and
    boilerplate. A record without text has no hashes.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFD", _told(record))).lower()
    words = [word.encode("utf-8", "replace") for word in _SYLLABLE.findall(plain)]
    runs = {zlib.crc32(b" ".join(words[i : i + rules.run])) for i in range(len(words) - rules.run + 1)}
    if len(runs) < rules.smallest:
        return [], BEYOND
    if len(runs) <= rules.kept:
        return sorted(runs), BEYOND
    kept = heapq.nsmallest(rules.kept, runs)
    return kept, kept[-1]


def _told(record: Mapping[str, Any]) -> str:
    """The running text of a record: its body, captions and teasers that nothing repeats."""
    text = record.get("text") or ""
    blocks = [b for b in record.get("blocks", ()) if b["role"] in _TEXT_ROLES and b["duplicate_of"] is None]
    return "\n".join(text[b["start"] : b["end"]] for b in blocks) if record.get("blocks") else text
