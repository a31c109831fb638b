"""Stage 1, *read*: files, folders, globs, URLs and stdin → articles and errors, one at a time.

`read` is the core: it yields an `Article` for each article and a `ReadError` for each thing that could not become
one, so that nothing stops the rest. `read_articles` is the plain way for scripts. `inputs` and `read_input` take
the two steps apart, for a batch that assigns inputs to workers.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO

from extractor.article import Article
from extractor.errors import ExtractorError, ReadError
from extractor.read import archives, objects, tables
from extractor.read.build import Content, Raw, article, content_of
from extractor.read.decode import declared_charset, decode
from extractor.read.formats import MEDIA_TYPES, tell_format
from extractor.read.inputs import inputs
from extractor.read.notes import note
from extractor.read.options import InputUnit, ReadOptions
from extractor.read.streams import open_unit, peekable, unpack

if TYPE_CHECKING:
    from io import BufferedReader

Results = Iterator[Article | ReadError]
_HEAD = 2**16


def read_articles(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    options: ReadOptions | None = None,
    on_error: Callable[[ReadError], None] | None = None,
) -> Iterator[Article]:
    """Read the articles behind `paths` one at a time, in a stable order; memory does not grow with their number.

    What cannot be read goes to `on_error`, and the rest is read on; without `on_error` each error is issued as a
    Python warning (`UserWarning`). To stop at the first error, raise it in `on_error`.
    """
    for result in read([paths] if isinstance(paths, str | os.PathLike) else paths, options):
        if isinstance(result, Article):
            yield result
        elif on_error is not None:
            on_error(result)
        else:
            warnings.warn(str(result), stacklevel=2)


def read(paths: Iterable[str | os.PathLike[str]], options: ReadOptions | None = None) -> Results:
    """Read `paths`: an `Article` for each article, a `ReadError` for whatever could not become one."""
    options = options or ReadOptions()
    repeats = Repeats()
    for unit in inputs(paths, options):
        if isinstance(unit, ReadError):
            yield unit
            continue
        for result in read_input(unit, options):
            yield repeats.told(result) if isinstance(result, Article) else result


def read_input(unit: InputUnit, options: ReadOptions | None = None) -> Results:
    """Read one input as `inputs` lists it. Ids repeated across inputs are not seen here: see `Repeats`."""
    options = options or ReadOptions()
    try:
        with open_unit(unit) as stream:
            yield from read_stream(stream, unit.uri, options)
    except ReadError as error:
        yield error
    except ExtractorError:
        raise
    except Exception as error:  # noqa: BLE001 (file systems raise errors of many kinds; the other inputs go on)
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        remedy = "Check the file and the disk; what came before was read."
        yield ReadError(f"cannot be read: {reason}", uri=unit.uri, stage="open", remedy=remedy)


def read_stream(stream: BinaryIO, uri: str, options: ReadOptions, *, in_archive: bool = False) -> Results:
    """Read an open binary stream that is called `uri`. Raises `ReadError` where the stream itself is broken."""
    unpacked = unpack(peekable(stream), uri, options)
    kind = options.format or tell_format(unpacked.peek(_HEAD)[:_HEAD], uri)
    raw = Raw(b"", uri, MEDIA_TYPES[kind])
    if kind in ROW_READERS:
        yield from articles_of_rows(ROW_READERS[kind](unpacked, raw, options), options)
    elif kind == "warc":
        yield from _archived_pages(unpacked, raw, options)
    elif kind == "zip" and in_archive:
        yield raw.error("an archive in an archive", stage="decompress", remedy="Unpack the outer one yourself.")
    elif kind == "zip":
        yield from _files(unpacked, uri, options)
    else:
        yield _whole(unpacked, raw, options, is_page=kind == "html")


ROW_READERS = {
    "jsonl": objects.lines,
    "json": objects.document,
    "csv": tables.rows_of_csv,
    "parquet": tables.rows_of_parquet,
}


def _files(stream: BufferedReader, uri: str, options: ReadOptions) -> Results:
    """The articles of the files in a zip archive."""
    options = replace(options, format=None)
    for member in archives.members(stream, uri, options):
        if isinstance(member, ReadError):
            yield member
            continue
        try:
            yield from read_stream(member.stream, member.uri, options, in_archive=True)
        except ReadError as error:
            yield error
        except archives.BROKEN_ZIP as error:
            yield archives.broken_zip(member.uri, error)


def _archived_pages(stream: BufferedReader, raw: Raw, options: ReadOptions) -> Results:
    """The articles of the pages in a WARC file."""
    for record in archives.records(stream, raw, options):
        if isinstance(record, ReadError):
            yield record
            continue
        result = article_of_bytes(
            record.raw, options, is_page=record.media_type != "text/plain", charset=record.charset
        )
        yield replace(result, url=record.url or result.url) if isinstance(result, Article) else result


def articles_of_rows(items: Iterator[objects.Item | ReadError], options: ReadOptions) -> Results:
    """The articles that rows (JSON objects, table rows) hold; what is no article comes as its error."""
    for item in items:
        if isinstance(item, ReadError):
            yield item
            continue
        fields, raw = item
        try:
            yield article(_content(fields, raw, options), raw)
        except ReadError as error:
            yield error


def _content(fields: Mapping[str, object], raw: Raw, options: ReadOptions) -> Content:
    """The content of an object or row; what it states itself goes before what its page says."""
    content, is_page = content_of(fields, raw, options)
    if not is_page:
        return content
    page = _page(content.text, raw)
    return replace(
        page,
        id=content.id,
        title=content.title or page.title,
        byline=content.byline or page.byline,
        published=content.published or page.published,
        url=content.url or page.url,
        warnings=content.warnings + page.warnings,
    )


def _page(source: str, raw: Raw) -> Content:
    from extractor.read.page import content_of_page  # noqa: PLC0415 (lxml and trafilatura, which only pages pay for)

    try:
        return content_of_page(source, raw)
    except ExtractorError:
        raise
    except Exception as error:
        remedy = "Save the text of the page as a text file, and report the page."
        message = f"the page breaks the parser: {type(error).__name__}: {error}"
        raise raw.error(message, stage="html", remedy=remedy) from error


def _whole(stream: BufferedReader, raw: Raw, options: ReadOptions, *, is_page: bool) -> Article | ReadError:
    """The article that a whole file is."""
    data = stream.read(options.max_article_bytes + 1)
    if len(data) > options.max_article_bytes:
        remedy = "Split it, or raise max_article_bytes."
        return raw.error(f"the file is larger than {options.max_article_bytes} bytes", stage="open", remedy=remedy)
    return article_of_bytes(replace(raw, data=data), options, is_page=is_page)


def article_of_bytes(
    raw: Raw, options: ReadOptions, *, is_page: bool, charset: str | None = None
) -> Article | ReadError:
    """The article that the bytes of `raw` are; `charset` is what a server said of them."""
    if not raw.data:
        return raw.error("the file is empty", stage="open", remedy="Leave it out, or fetch it again.")
    try:
        declared = charset or (declared_charset(raw.data) if is_page else None)
        decoded = decode(raw.data, raw, options, declared=declared)
        raw = replace(raw, encoding=decoded.encoding, warnings=decoded.warnings)
        content = _page(decoded.text, raw) if is_page else Content(decoded.text)
        return article(content, raw)
    except ReadError as error:
        return error


class Repeats:
    """Tells ids that were seen before. Remembers eight bytes an id, so a million ids take some 70 MB."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def told(self, found: Article) -> Article:
        """The article, with a warning if its id was given before."""
        if found.id is None:
            return found
        mark = int.from_bytes(blake2b(found.id.encode(), digest_size=8).digest())
        if mark in self._seen:
            return replace(found, warnings=(*found.warnings, note("repeated-id", id=found.id)))
        self._seen.add(mark)
        return found
