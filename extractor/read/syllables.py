"""How Vietnamese a text reads: the share of its marked words that are syllables. The evidence for an encoding."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractor.errors import DataError

DATA = Path(__file__).parent.parent / "data" / "encodings"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = "\u0301\u0323"  # a syllable that ends in a stop is said only with the acute or the dot below
# What stands where a word should: ASCII letters and any sign beyond ASCII, for a wrong table shows letters as signs.
WORD = re.compile("[^\\s\x00-@\\[-`{-~\u2000-\u206f]+")
_EDGES = "«»©®°ºª·§¡¿´¨¸¹²³±¼½¾¬­¦"


class Evidence(NamedTuple):
    """Words with marks, and how many of them are syllables of two letters or more."""

    marked: int
    valid: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where no word has a mark."""
        return self.valid / self.marked if self.marked else 0.0


def evidence(text: str) -> Evidence:
    """Count the marked words of `text` and those of them that can be Vietnamese."""
    syllables = marked_syllables()
    marked = valid = 0
    for word in WORD.findall(unicodedata.normalize("NFC", text).lower()):
        if word.isascii():
            continue
        bare = word.strip(_EDGES)
        if len(bare) > 1 and not bare.isascii():
            marked += 1
            valid += bare in syllables
        elif len(word) > 1:  # signs that hang on a word may be letters of it
            marked += 1
    return Evidence(marked, valid)


@cache
def marked_syllables() -> frozenset[str]:
    """All syllables of two letters or more that have a mark, composed, in small letters."""
    table = tomllib.loads((DATA / "syllables.toml").read_text("utf-8"))
    if set(table) != {"initials", "rimes", "stopped_rimes"}:
        raise DataError("syllables.toml: the keys must be initials, rimes and stopped_rimes")
    found = set()
    for rimes, tones in ((table["rimes"], _TONES), (table["stopped_rimes"], _STOPPED_TONES)):
        for rime in rimes:
            toned = {rime, *(form for tone in tones for form in _with_tone(rime, tone))}
            found |= {initial + form for initial in ["", *table["initials"]] for form in toned}
    found |= {"gì", "gìn"}  # gi before i is written g
    return frozenset(syllable for syllable in found if len(syllable) > 1 and not syllable.isascii())


def _with_tone(rime: str, tone: str) -> list[str]:
    """The rime with the tone where it may be written: hòa and hoà are both found, and which is right is no question."""
    return [rime[:at] + unicodedata.normalize("NFC", rime[at] + tone) + rime[at + 1 :] for at in _places_of_tone(rime)]


def _places_of_tone(rime: str) -> list[int]:
    vowels = [at for at, letter in enumerate(rime) if unicodedata.normalize("NFD", letter)[0] in "aeiouy"]
    with_mark = [at for at in vowels if not rime[at].isascii()]
    if with_mark:
        return with_mark[-1:]  # ươ, uê, iê: on the vowel that has a mark already, the last if there are two
    if vowels[-1] != len(rime) - 1 or len(vowels) == 1:
        return vowels[-1:]  # oan, uynh: before a final consonant
    if len(vowels) == 3:  # noqa: PLR2004 (oai, uya: on the middle of three)
        return vowels[1:2]
    return vowels if rime in {"oa", "oe", "uy"} else vowels[:1]
