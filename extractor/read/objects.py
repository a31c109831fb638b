"""JSON Lines and JSON documents → one object at a time, with the place and the bytes of each."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.errors import ReadError
from extractor.read.build import Raw
from extractor.read.decode import ESCAPED, Decoded, decode, wide_encoding

if TYPE_CHECKING:
    from io import BufferedReader

    from extractor.read.options import ReadOptions

Item = tuple[Mapping[str, object], Raw]
_SPACE = re.compile(r"[ \t\r\n]*")
_CHUNK = 2**16
_LONG_NUMBER = 4000  # digits; the interpreter refuses to make longer ones into an int


def lines(stream: BufferedReader, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    """The objects of a JSON Lines stream; a broken line is yielded as a `ReadError`, and the next one read."""
    limit = options.max_article_bytes
    wide = wide_encoding(stream.peek(_CHUNK)[:_CHUNK])
    source = _Recoded(stream, wide) if wide else stream
    number = 0
    while data := source.readline(limit + 1):
        number += 1
        place = replace(raw, data=data.rstrip(b"\r\n"), line=number)
        if len(data) > limit:
            yield _too_large(place, limit)
            while data and not data.endswith(b"\n"):
                data = source.readline(limit)
        elif not place.data.isspace() and place.data:
            yield _object_of_line(place, options)
    if number == 0:
        yield replace(raw, line=None).error("the file is empty", stage="parse", remedy="Leave it out.")


class _Recoded:
    """The lines of a UTF-16 or UTF-32 stream in UTF-8."""

    def __init__(self, stream: BufferedReader, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")

    def readline(self, size: int) -> bytes:
        """The next line, of at most `size` characters."""
        return self._text.readline(size).encode()


def _object_of_line(place: Raw, options: ReadOptions) -> Item | ReadError:
    try:
        decoded = decode(place.data, place, options)
        return _object(_loads(decoded.text), _told(place, decoded))
    except ReadError as error:
        return error
    except (ValueError, RecursionError) as error:
        return _broken(place, error)


def document(stream: BufferedReader, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    """The object, or the objects of the list (or of the row of values), that a JSON document holds.

    The document is read piece by piece, so a list of any length takes the memory of its largest item. What follows
    a broken item cannot be found again: the error says so.
    """
    scanner = _Scanner(stream, raw, options)
    number = 0
    try:
        in_list = scanner.enters_list()
        while scanner.at_item(in_list=in_list):
            number += 1
            value, text = scanner.value()
            place = replace(raw, data=text.encode("utf-8", "surrogateescape"), line=number, encoding=scanner.encoding)
            if ESCAPED.search(text):  # bytes that are no UTF-8: find out what they are
                yield _object_of_line(place, options)
                continue
            try:
                yield _object(value, place)
            except ReadError as error:
                yield error
    except ReadError as error:
        yield error
    except (ValueError, RecursionError) as error:
        yield _broken(replace(raw, line=number or 1), error, "What follows it in this file was not read. ")
    else:
        if number == 0:
            yield raw.error("the list is empty", stage="parse", remedy="Leave the file out.")


class _Scanner:
    """Finds the end of each value in a JSON text that is read as far as needed."""

    def __init__(self, stream: BufferedReader, raw: Raw, options: ReadOptions) -> None:
        self._stream = stream
        self._raw = raw
        self._limit = options.max_article_bytes
        head = stream.read(4)
        encoding = json.detect_encoding(head)
        self.encoding = encoding.removesuffix("-sig")
        errors = "surrogateescape" if self.encoding == "utf-8" else "replace"  # the wide encodings cannot escape bytes
        self._decode = codecs.getincrementaldecoder(encoding)(errors).decode
        self._json = json.JSONDecoder(parse_int=_int)
        self._text = self._decode(head)
        self._at = 0
        self._ended = False
        self._error: ReadError | None = None

    def _more(self, size: int) -> bool:
        """Read on by `size` bytes; False at the end. What stands before a break of the stream is used first."""
        pieces: list[bytes] = []
        while self._error is None and size > 0:
            try:
                piece = self._stream.read1(size)
            except ReadError as error:
                self._error = error
                break
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        if not pieces and self._error is not None:
            raise self._error
        self._ended = not pieces
        self._text = self._text[self._at :] + self._decode(b"".join(pieces), self._ended)
        self._at = 0
        return not self._ended

    def _peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more(_CHUNK)

    def enters_list(self) -> bool:
        """Step into the list if the document is one."""
        if self._peek() != "[":
            return False
        self._at += 1
        return True

    def at_item(self, *, in_list: bool) -> bool:
        """Go to the next value; False at the end of list or document."""
        mark = self._peek()
        if in_list and mark == "]":
            self._at += 1
            if self._peek():
                raise ValueError("text after the end of the list")
            return False
        if in_list and mark == ",":
            self._at += 1
            mark = self._peek()
        if in_list and not mark:
            raise ValueError("the list has no end")
        return bool(mark)

    def value(self) -> tuple[object, str]:
        """The value that starts here, and its text. Reads on, ever larger pieces, until the value is whole."""
        size = _CHUNK
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at > self._limit:
                    raise _too_large(self._raw, self._limit) from None
                if self._ended or not self._more(size):
                    raise
                size = 2 * len(self._text)
                continue
            if end == len(self._text) and not self._ended:  # a number may go on
                self._more(size)
                continue
            text = self._text[self._at : end]
            self._at = end
            return value, text


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of more digits than the interpreter takes: it is in a field that nobody reads
        return json.loads(text, parse_int=_int)


def _int(digits: str) -> object:
    return int(digits) if len(digits) < _LONG_NUMBER else digits


def _object(value: object, place: Raw) -> Item:
    if isinstance(value, dict):
        return value, place
    remedy = 'Each article must be an object such as {"text": "…"}.'
    raise place.error(f"not a JSON object but {_json_type(value)}", stage="parse", remedy=remedy)


def _json_type(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _told(place: Raw, decoded: Decoded) -> Raw:
    if decoded.encoding == place.encoding and not decoded.warnings:
        return place
    return replace(place, encoding=decoded.encoding, warnings=decoded.warnings)


def _too_large(place: Raw, limit: int) -> ReadError:
    remedy = "Split it, or raise max_article_bytes."
    return replace(place, data=b"").error(f"the article is larger than {limit} bytes", stage="parse", remedy=remedy)


def _broken(place: Raw, error: Exception, more: str = "") -> ReadError:
    reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return place.error(f"broken JSON: {reason}", stage="parse", remedy=f"{more}Check what made it.")
