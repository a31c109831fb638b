"""The Vietnamese encodings before Unicode, on text whose characters stand for bytes (Latin-1 or Windows-1252).

A page in TCVN3 or VNI either comes as bytes, which are then first read as Windows-1252, or somebody did that
before us and stored the result as UTF-8 (``C«ng ®oµn``, ``Coâng ñoaøn``): the same tables serve both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache

from extractor.errors import DataError
from extractor.read.syllables import DATA, WORD

Convert = Callable[[str], str]
TCVN3, VNI, WINDOWS_1258 = "TCVN3 (ABC)", "VNI (VNI-Win)", "Windows-1258"


@cache
def tables() -> dict[str, Convert]:
    """Name → conversion, the likelier first."""
    return {
        TCVN3: _tcvn3(_letters("tcvn3.toml")),
        VNI: _vni(_letters("vni.toml")),
        WINDOWS_1258: _windows_1258(),
    }


def _letters(file: str) -> dict[str, str]:
    table = tomllib.loads((DATA / file).read_text("utf-8"))
    if set(table) != {"letters"}:
        raise DataError(f"{file}: the only table must be [letters]")
    letters: dict[str, str] = table["letters"]
    return letters


def _tcvn3(letters: dict[str, str]) -> Convert:
    mapping = {int(byte, 16): letter for byte, letter in letters.items()}

    def convert(text: str) -> str:
        capitals = [match.span() for match in WORD.finditer(text) if _is_capitals(match.group())]
        text = text.translate(mapping)  # one character for one, so the spans hold
        pieces, at = [], 0
        for start, end in capitals:
            pieces += [text[at:start], text[start:end].upper()]
            at = end
        return "".join([*pieces, text[at:]])

    return convert


def _is_capitals(word: str) -> bool:
    """Whether a TCVN3 word was set in a font of capitals: two capitals or more, and no small ASCII letter."""
    capitals = sum("A" <= letter <= "Z" or "¡" <= letter <= "§" for letter in word)
    return capitals > 1 and not re.search("[a-z]", word)


def _vni(letters: dict[str, str]) -> Convert:
    mapping = dict(letters)
    for key, letter in letters.items():
        mapping[key.upper()] = letter.upper()
        mapping[key[0].upper() + key[1:]] = letter.upper()
    ordered = sorted(mapping, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered)))
    return lambda text: pattern.sub(lambda match: mapping[match.group()], text)


def _windows_1258() -> Convert:
    mapping = {}
    for byte in range(0x80, 0x100):
        shown = bytes([byte]).decode("windows-1252", "ignore") or chr(byte)
        mapping[ord(shown)] = bytes([byte]).decode("windows-1258", "ignore") or shown
    return lambda text: text.translate(mapping)
