"""Inputs → items: an item is one line of JSON Lines, one file that is one article, or one article already read.

Splitting is cheap: what is dear, parsing and taking articles out of HTML, is left to the worker.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from extractor.article import Article
from extractor.batch.tally import Tally
from extractor.errors import ExtractorError, ReadError
from extractor.read import InputUnit, ReadOptions, archives, inputs, objects, read_stream
from extractor.read.build import Raw
from extractor.read.formats import MEDIA_TYPES, tell_format
from extractor.read.reader import ROW_READERS, article_of_bytes, articles_of_rows
from extractor.read.streams import open_unit, peekable, unpack

ErrorRow = dict[str, Any]
_HEAD = 2**16
_LARGE = 2**20
_WHOLE = ("text", "html")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of an input, still to be read: bytes, a page of a web archive, or a row; or what it became already.

    `data` is to be read as `format`; `line` is the one-based line of the input that it is, None where it is the whole
    input. `large` tells that the input as a whole is large, or of unknown size.
    """

    uri: str
    line: int | None = None
    data: bytes | None = None
    format: str | None = None
    page: archives.Record | None = None
    row: objects.Item | None = None
    article: Article | None = None
    error: ErrorRow | None = None
    large: bool = False

    @property
    def content(self) -> bytes:
        """Everything in the item that can tell in the result, but for its place."""
        if self.data is not None:
            return self.data
        if self.page is not None:
            return self.page.raw.data + repr(self.page[1:]).encode()
        return repr((self.row, self.article, self.error)).encode("utf-8", "surrogatepass")

    @property
    def size(self) -> int:
        """About how many bytes the item takes."""
        if self.article is not None:
            return len(self.article.text)
        raw = self.page.raw if self.page else self.row[1] if self.row else None
        return len(raw.data if raw else self.data or b"")


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
        with open_unit(unit) as stream:
            told = 0
            large = unit.size is None or unit.size >= _LARGE
            for item in _split(unpack(peekable(stream), unit.uri, options), unit.uri, options):
                yield replace(item, large=large)
                position = stream.tell() if unit.size else 0
                listener.read(position - told)
                told = position
    except ReadError as error:
        yield _failed(unit.uri, error)
    except ExtractorError:
        raise
    except Exception as error:  # noqa: BLE001 (file systems raise errors of many kinds; the other inputs go on)
        remedy = "Check the file and the disk; what came before was read."
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        yield _failed(unit.uri, ReadError(f"cannot be read: {reason}", uri=unit.uri, stage="open", remedy=remedy))


def _failed(uri: str, error: ReadError) -> Item:
    return Item(uri, error.line, error=error.row())


def _split(stream: io.BufferedReader, uri: str, options: ReadOptions) -> Iterator[Item]:
    head = stream.peek(_HEAD)[:_HEAD]
    kind = options.format or tell_format(head, uri)
    raw = Raw(b"", uri, MEDIA_TYPES[kind])
    if kind == "jsonl" and head:
        yield from _lines(stream, uri, options.max_article_bytes)
    elif kind in _WHOLE:
        yield Item(uri, data=stream.read(options.max_article_bytes + 1), format=kind)
    elif kind == "warc":
        for page in archives.records(stream, raw, options):
            yield _failed(uri, page) if isinstance(page, ReadError) else Item(uri, page.raw.line, page=page)
    elif kind in ROW_READERS:
        for row in ROW_READERS[kind](stream, raw, options):
            yield _failed(uri, row) if isinstance(row, ReadError) else Item(uri, row[1].line, row=row)
    else:
        for result in read_stream(stream, uri, options):
            if isinstance(result, ReadError):
                yield _failed(result.uri, result)
            else:
                yield Item(result.source.uri or uri, result.source.line, article=result)


def _lines(stream: io.BufferedReader, uri: str, limit: int) -> Iterator[Item]:
    """The lines that are not blank. Of a line over the limit only the start is kept: the reader will refuse it."""
    number = 0
    while data := stream.readline(limit + 2):
        number += 1
        if not data.isspace():
            yield Item(uri, number, data=data, format="jsonl")
        while data and not data.endswith(b"\n"):
            data = stream.readline(limit)


def articles(item: Item, options: ReadOptions) -> Iterator[Article | ReadError]:
    """The articles of an item, with lines counted in its input."""
    if item.article is not None:
        yield item.article
    elif item.page is not None:
        yield _article_of_page(item.page, options)
    elif item.row is not None:
        yield from articles_of_rows(iter([item.row]), options)
    elif item.data is not None:
        try:
            for result in read_stream(io.BytesIO(item.data), item.uri, replace(options, format=item.format)):
                yield _placed(result, item.line)
        except ReadError as error:
            yield _placed(error, item.line)


def _article_of_page(page: archives.Record, options: ReadOptions) -> Article | ReadError:
    result = article_of_bytes(page.raw, options, is_page=page.media_type != "text/plain", charset=page.charset)
    return replace(result, url=page.url or result.url) if isinstance(result, Article) else result


def _placed(result: Article | ReadError, line: int | None) -> Article | ReadError:
    if line is None:
        return result
    if isinstance(result, ReadError):
        result.line = line
        return result
    return replace(result, source=replace(result.source, line=line))
