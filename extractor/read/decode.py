"""Bytes → text: finds out the encoding of a file, page or line, and says what it had to guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from extractor.read.build import Raw
from extractor.read.notes import note
from extractor.read.options import ReadOptions

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what there is to tell about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, raw: Raw, options: ReadOptions) -> Decoded:
    """The text of `data`. Raises `ReadError` where it is no text at all."""
    if options.encoding is None and not data.startswith(_FIRST_OF_BOM):
        try:
            return Decoded(data.decode(), "utf-8")
        except UnicodeDecodeError:
            pass
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with(data[len(bom) :], encoding, (note("bom"),))
    return _with(data, options.encoding or "windows-1258", ())


_FIRST_OF_BOM = tuple(bom for bom, _ in _BOMS)


def _with(data: bytes, encoding: str, warnings: tuple[str, ...]) -> Decoded:
    text = data.decode(encoding, "replace")
    if count := text.count("\ufffd"):
        warnings += (note("undecodable", count=count, encoding=encoding),)
    return Decoded(text, encoding, warnings)
