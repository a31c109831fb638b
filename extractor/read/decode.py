"""Bytes → text: finds out the encoding of a file, page or line by evidence, and tells what it had to guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.read.legacy import TCVN3, VNI, tables
from extractor.read.notes import note
from extractor.read.repair import best_table
from extractor.read.syllables import evidence

if TYPE_CHECKING:
    from extractor.read.build import Raw
    from extractor.read.options import ReadOptions

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1))
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 2**16
ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that Python's surrogateescape let through
_FOREIGN = {
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "an SQLite database",
}
_UTF8_RUN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})")
_SURE = 0.5  # the share of words that are syllables from which a guess is no longer called uncertain
_NAMES = {"tcvn3": TCVN3, "vni": VNI}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what there is to tell about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, raw: Raw, options: ReadOptions, *, declared: str | None = None) -> Decoded:
    """The text of `data`. Raises `ReadError` where it is no text at all.

    `declared` is what a page says of itself; it is heard only where the bytes leave a choice, for pages lie.
    """
    if options.encoding is not None:
        return _as_told(data, options.encoding)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], encoding, (note("bom"),))
    if wide := _wide(data[:_SAMPLE]):
        return _replacing(data, wide, (note("decoded", encoding=wide),))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        _refuse_binary(data, raw, 0.02)
        return _guessed(data, declared)
    if "\0" in text or text.startswith("%PDF"):
        _refuse_binary(data, raw, 0.3)
    return Decoded(text, "utf-8")


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page says it has."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else None


def _as_told(data: bytes, encoding: str) -> Decoded:
    if encoding in _NAMES:
        name = _NAMES[encoding]
        return Decoded(tables()[name](shown(data)), name)
    return _replacing(data, encoding, ())


def _replacing(data: bytes, encoding: str, warnings: tuple[str, ...]) -> Decoded:
    text = data.decode(encoding, "replace")
    if count := text.count("\ufffd"):
        warnings += (note("undecodable", count=count, encoding=encoding),)
    return Decoded(text, encoding, warnings)


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: most letters of a Vietnamese text are ASCII, so most have the same NUL bytes."""
    if sample.count(b"\0") * 4 < len(sample) or len(sample) < 8:  # noqa: PLR2004 (plain shares and sizes)
        return None
    for encoding, width, letter in _WIDE:
        columns = [sample[at::width] for at in range(width)]
        nuls = [column.count(b"\0") / len(column) for column in columns]
        others = [share for at, share in enumerate(nuls) if at != letter]
        if nuls[letter] < 0.1 and min(others) > 0.5:  # noqa: PLR2004 (plain shares and sizes)
            return encoding
    return None


def wide_encoding(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 of a stream that begins with `head`; None for all other encodings."""
    for bom, encoding in _BOMS[1:]:
        if head.startswith(bom):
            return encoding[:6]  # by that name the codec reads the mark itself
    return _wide(head[:_SAMPLE])


def _refuse_binary(data: bytes, raw: Raw, allowed: float) -> None:
    """Raise `ReadError` if more than the `allowed` share of the first bytes are control characters."""
    for magic, name in _FOREIGN.items():
        if data.startswith(magic):
            remedy = "Save its text as a text or HTML file first."
            raise raw.error(f"{name}, not a text", stage="decode", remedy=remedy)
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > allowed * len(sample):
        raise raw.error("binary data, not a text", stage="decode", remedy="Leave the file out.")


def _guessed(data: bytes, declared: str | None) -> Decoded:
    """The text of bytes that are not clean UTF-8: mostly UTF-8, an old Vietnamese encoding, or what is declared."""
    good = _UTF8_RUN.findall(data)
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if sum(map(len, good)) > 0.9 * high:
        return _replacing(data, "utf-8", ())
    latin = shown(data)
    if table := best_table(latin):
        return Decoded(tables()[table](latin), table, (note("decoded", encoding=table),))
    if declared is not None and (text := _strictly(data, declared)) is not None:
        return Decoded(text, declared, (note("decoded", encoding=declared),))
    found = "decoded" if evidence(latin).share > _SURE else "uncertain-encoding"
    return Decoded(latin, "windows-1252", (note(found, encoding="windows-1252"),))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def shown(data: bytes) -> str:
    """The bytes read as Windows-1252; those that it leaves free as the control characters of Latin-1."""
    return data.decode("latin-1").translate(_C1)


_C1 = {byte: bytes([byte]).decode("windows-1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
