"""Texts that were decoded wrongly before they came to us: found out by evidence, and turned back.

Known accidents: UTF-8 read as Latin-1 or Windows-1252 (``CÃ´ng Ä‘oÃ n``; ftfy undoes it), one of the old Vietnamese
encodings read so (``C«ng ®oµn``), and single letters of Windows-1258 in a text that is else right (``ngýời lao ðộng``).
They may lie on top of each other. Clean text is never touched: it takes words that are no syllables to look into a
text, and syllables in their place to change it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.read.legacy import WINDOWS_1258, tables
from extractor.read.syllables import WORD, Evidence, evidence, marked_syllables

# Letters that only Unicode gives: a text of Latin-1 characters throughout has none of them.
_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323Ạ-ỹ]")
# What clean Vietnamese has only in foreign names and a few signs: letters that it does not write, signs and control
# characters of Latin-1's upper half, Â, Ã or â before a sign.
_SIGNS = re.compile("[\x80-\x9f¡-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöø÷ûüþÿ]")
_BEFORE_SIGN = re.compile("[ÂÃâ][^\\w\\s]")  # by itself: an alternative would slow the scan of every text
# A vowel before a mark of VNI (aù) or of Windows-1258 (aì, aÌ).
_PAIRS = re.compile("(?i:a[ùõâêéèáàãú]|e[ùõâáàã]|o[ùõâ]|[uôy][ùõ]|[aâeêoôiyãõý]ì)|[a-zà-ỹ][ÌÒÝÕÃ]")
UTF8 = "UTF-8 read as Latin-1"
LETTERS = "Windows-1258 letters read as Latin-1"
_CODA = re.compile(r"(\w*à) ([cmptiouy]|n[gh]?|ch)\b", re.IGNORECASE)
_ENOUGH, _GAIN = 0.75, 0.3  # the share of syllables a repair must reach, and by how much it must better the text
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Repair:
    """The steps, in order, that turn a text back: names of accidents. `by_line`: only the lines that need them."""

    steps: tuple[str, ...] = ()
    by_line: bool = False

    def apply(self, text: str) -> str:
        """The text, or another text with the same accident, turned back."""
        if self.by_line:
            return "\n".join(_judge(line).apply(line) for line in text.split("\n"))
        for step in self.steps:
            text = _apply(step, text)
        return text


def judge(text: str) -> Repair:
    """The repair that `text` needs; none for nearly every text, at the cost of one scan."""
    if text.isascii():
        return Repair()
    if not _MODERN.search(text):
        return _judge(text)
    if not _has_signs(text):
        return Repair()
    steps = [step for line in text.split("\n") for step in _judge(line).steps]
    return Repair(tuple(dict.fromkeys(steps)), by_line=bool(steps))


def _has_signs(text: str) -> bool:
    return bool(_SIGNS.search(text) or _BEFORE_SIGN.search(text))


def _judge(text: str) -> Repair:
    """The repair for a text that has the same accidents throughout."""
    steps: list[str] = []
    while len(steps) < _ROUNDS and (step := _next_step(text)):
        text = _apply(step, text)
        steps.append(step)
    return Repair(tuple(steps))


def _next_step(text: str) -> str | None:
    if text.isascii():
        return None
    if _MODERN.search(text):
        if not _has_signs(text):
            return None
        return next((step for step in (UTF8, LETTERS) if _apply(step, text) != text), None)
    if not _has_signs(text) and not _PAIRS.search(text):
        return None
    return best_table(text) or (UTF8 if _utf8(text) != text else None)


def best_table(text: str) -> str | None:
    """The old encoding that makes syllables of what are none; None if there is none."""
    before = evidence(text)
    if before.share > 1 - _GAIN:
        return None
    best, name = Evidence(0, 0), None
    for table, convert in tables().items():
        after = evidence(convert(text))
        if after.share > best.share:
            best, name = after, table
    good = best.valid > 1 and best.share >= _ENOUGH and best.share - before.share >= _GAIN
    return name if good else None


def _apply(step: str, text: str) -> str:
    if step == UTF8:
        return _utf8(text)
    return _letters(text) if step == LETTERS else tables()[step](text)


def _letters(text: str) -> str:
    """The text with those words turned back that are no syllables as they stand; unchanged if none has a small ð."""
    if "ð" not in text:
        return text
    convert, syllables = tables()[WINDOWS_1258], marked_syllables()

    def turned(match: re.Match[str]) -> str:
        word = match.group()
        other = convert(word)
        return other if word.lower() not in syllables and other.lower() in syllables else word

    return WORD.sub(turned, text)


def _utf8(text: str) -> str:
    """The text without the accident of UTF-8 read as Latin-1, by ftfy with all its other repairs switched off."""
    from ftfy import TextFixerConfig, fix_encoding  # noqa: PLC0415 (only the rare broken text pays for it)

    only_encoding = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    fixed = fix_encoding(text, only_encoding)
    return _CODA.sub(_joined, fixed) if "Ã " in text else fixed


def _joined(match: re.Match[str]) -> str:
    """A syllable that lost the second byte of its à, a no-break space, when white space was folded: ``đoà n``."""
    whole = match[1] + match[2]
    return whole if whole.lower() in marked_syllables() else match[0]
