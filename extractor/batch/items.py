"""Inputs → items: an item is one line of JSON Lines, one file that is one article, or one article already read.

Splitting is cheap: what is dear, parsing and taking articles out of HTML, is left to the worker.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from extractor.article import Article
from extractor.batch.tally import Tally
from extractor.errors import ReadError
from extractor.read import InputUnit, ReadOptions, inputs, read_stream
from extractor.read.formats import tell_format
from extractor.read.options import STDIN
from extractor.read.streams import open_unit, peekable, unpack

ErrorRow = dict[str, Any]
_HEAD = 2**16
_LARGE = 2**20
_WHOLE = ("text", "html")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of an input: bytes still to be read as `format`, or an `article`, or the `error` that it became.

    `line` is the one-based line of the input that `data` is, None where it is the whole input. `large` tells that the
    input as a whole is large, or of unknown size.
    """

    uri: str
    data: bytes | None = None
    line: int | None = None
    format: str | None = None
    article: Article | None = None
    error: ErrorRow | None = None
    large: bool = False

    @property
    def size(self) -> int:
        """About how many bytes the item takes."""
        if self.data is not None:
            return len(self.data)
        return len(self.article.text) if self.article else 0


class Listener(Protocol):
    """Whoever wants to know how a run goes on."""

    def expect(self, size: int) -> None:
        """How many bytes the inputs have, where it is known."""

    def read(self, size: int) -> None:
        """So many more bytes of the inputs are read."""

    def failed(self, row: ErrorRow) -> None:
        """An article became an error row."""

    def done(self, tally: Tally) -> None:
        """So much more was written."""


def items(
    paths: Sequence[str], options: ReadOptions, listener: Listener, own: Sequence[Path | None] = ()
) -> Iterator[Item]:
    """The items behind paths as a user gives them, in order; what lies in `own`, the run's outputs, is no input."""
    outputs = [os.path.abspath(path) for path in own if path is not None]  # noqa: PTH100 (links stay what they are)
    sizes = [unit.size for unit in _units(paths, options, outputs) if isinstance(unit, InputUnit)]
    if None not in sizes:
        listener.expect(sum(size or 0 for size in sizes))
    for unit in _units(paths, options, outputs):
        if isinstance(unit, ReadError):
            yield _failed(unit.uri, unit)
        else:
            yield from items_of(unit, options, listener)


def _units(paths: Sequence[str], options: ReadOptions, outputs: Sequence[str]) -> Iterator[InputUnit | ReadError]:
    for unit in inputs(paths, options):
        place = os.path.abspath(unit.uri)  # noqa: PTH100
        if not any(place == output or place.startswith(output + os.sep) for output in outputs):
            yield unit


def items_of(unit: InputUnit, options: ReadOptions, listener: Listener) -> Iterator[Item]:
    """The items of one input; where it cannot be read, or no further, an item that says so."""
    try:
        with _opened(unit) as stream:
            told = 0
            large = unit.size is None or unit.size >= _LARGE
            for item in _split(unpack(peekable(stream), unit.uri, options), unit.uri, options):
                yield replace(item, large=large)
                position = stream.tell() if unit.size else 0
                listener.read(position - told)
                told = position
    except ReadError as error:
        yield _failed(unit.uri, error)
    except OSError as error:
        remedy = "Check the file and the disk; what came before was read."
        reason = f"cannot be read: {error.strerror or error}"
        yield _failed(unit.uri, ReadError(reason, uri=unit.uri, stage="open", remedy=remedy))


@contextmanager
def _opened(unit: InputUnit) -> Iterator[BinaryIO]:
    """The stream of an input; stdin is only borrowed."""
    stream = open_unit(unit)
    try:
        yield stream
    finally:
        if unit.uri != STDIN:
            stream.close()


def _failed(uri: str, error: ReadError) -> Item:
    return Item(uri, line=error.line, error=error.row())


def _split(stream: io.BufferedReader, uri: str, options: ReadOptions) -> Iterator[Item]:
    head = stream.peek(_HEAD)[:_HEAD]
    kind = options.format or tell_format(head, uri)
    if kind == "jsonl" and head:
        yield from _lines(stream, uri, options.max_article_bytes)
    elif kind in _WHOLE or (kind == "json" and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")):
        yield Item(uri, data=stream.read(options.max_article_bytes + 1), format=kind)
    else:
        for result in read_stream(stream, uri, options):
            if isinstance(result, ReadError):
                yield _failed(uri, result)
            else:
                yield Item(uri, line=result.source.line, article=result)


def _lines(stream: io.BufferedReader, uri: str, limit: int) -> Iterator[Item]:
    """The lines that are not blank. Of a line over the limit only the start is kept: the reader will refuse it."""
    number = 0
    while data := stream.readline(limit + 2):
        number += 1
        if not data.isspace():
            yield Item(uri, data=data, line=number, format="jsonl")
        while data and not data.endswith(b"\n"):
            data = stream.readline(limit)


def articles(item: Item, options: ReadOptions) -> Iterator[Article | ReadError]:
    """The articles of an item, with lines counted in its input."""
    if item.article is not None:
        yield item.article
    if item.data is None:
        return
    try:
        for result in read_stream(io.BytesIO(item.data), item.uri, replace(options, format=item.format)):
            yield _placed(result, item.line)
    except ReadError as error:
        yield _placed(error, item.line)


def _placed(result: Article | ReadError, line: int | None) -> Article | ReadError:
    if line is None:
        return result
    if isinstance(result, ReadError):
        result.line = line
        return result
    return replace(result, source=replace(result.source, line=line))
