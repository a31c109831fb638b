"""WARC and zip → the pages and files in them, one at a time, in memory only: no name in an archive becomes a path."""

from __future__ import annotations

import io
import logging
import lzma
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from extractor.errors import ReadError
from extractor.read.streams import BOMB_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.read.build import Raw
    from extractor.read.options import ReadOptions

_LOG = logging.getLogger(__name__)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_SPOOL = 2**24
_ENCRYPTED = 0x1
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError,
    ValueError, OverflowError, struct.error,
)  # fmt: skip
"""What the standard library raises on archives that lie about themselves: a place before the beginning, for one."""


class Record(NamedTuple):
    """A page of a web archive: its bytes and place, its address, what its server said of its type and encoding."""

    raw: Raw
    url: str | None
    media_type: str
    charset: str | None


class Member(NamedTuple):
    """A file in an archive, open for reading."""

    stream: BinaryIO
    uri: str


def records(stream: io.BufferedReader, raw: Raw, options: ReadOptions) -> Iterator[Record | ReadError]:
    """The pages of a WARC file: responses and resources that hold HTML or plain text and were found (status 200).

    Other records (requests, pictures, redirects) are no articles; the log tells how many there were of each.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (only who reads WARC pays for it)
    except ImportError:
        yield raw.error("WARC files need warcio", stage="open", remedy="Install it: pip install warcio.")
        return
    passed: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(_Eager(stream)), 1):
            place = replace(raw, line=number)
            if record.rec_type is None:  # warcio takes a head that breaks off for a record of nothing
                yield place.error("the record has no head", stage="parse", remedy="Fetch the archive again.")
            elif (why := _no_page(record)) is not None:
                passed[why] += 1
            else:
                yield _record(record, place, options)
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001 (warcio raises errors of many kinds on broken archives)
        remedy = "Fetch the archive again; the records before were read."
        yield replace(raw, line=number + 1).error(f"broken WARC record: {error}", stage="parse", remedy=remedy)
    else:
        if not number:
            yield raw.error("no WARC record in it", stage="parse", remedy="Fetch the archive again.")
    for why, count in sorted(passed.items()):
        _LOG.info("%s: %d records passed over: %s", raw.uri, count, why)


class _Eager:
    """The stream, giving what it has at once: records before the place where it breaks are read before it raises."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.read = stream.read1


def _no_page(record: Any) -> str | None:
    """Why the record is no page; None if it is one."""
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return f"status {record.http_headers.get_statuscode()}"
    media_type, _ = _content_type(record)
    return None if media_type in _PAGES else media_type or "no content type"


def _content_type(record: Any) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.lower().partition("charset=")
    return kind.strip().lower(), charset.split(";")[0].strip(" \"'") or None


def _record(record: Any, place: Raw, options: ReadOptions) -> Record | ReadError:
    limit = options.max_article_bytes
    data = record.content_stream().read(limit + 1)
    if len(data) > limit:
        remedy = "Raise max_article_bytes."
        return place.error(f"the page is larger than {limit} bytes", stage="open", remedy=remedy)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return place.error("the record is cut short", stage="decompress", remedy="Fetch the archive again.")
    kind, charset = _content_type(record)
    return Record(replace(place, data=data), record.rec_headers.get_header("WARC-Target-URI"), kind, charset)


def members(stream: io.BufferedReader, uri: str, options: ReadOptions) -> Iterator[Member | ReadError]:
    """The files of a zip archive, one open at a time.

    Names that lead out of the archive, bombs, encrypted files and archives in archives are each refused by an error.
    """
    try:
        archive = zipfile.ZipFile(_seekable(stream))
    except (*BROKEN_ZIP, OSError) as error:
        yield broken_zip(uri, error)
        return
    with archive:
        if "[Content_Types].xml" in archive.namelist():
            remedy = "Save its text as a text or HTML file first."
            yield ReadError("an Office document, not a text", uri=uri, stage="decode", remedy=remedy)
            return
        for info in archive.infolist():
            if info.is_dir():
                continue
            place = f"{uri}!/{info.filename}"
            if (why := _refused(info, options)) is not None:
                remedy = "Unpack the archive yourself if you trust it."
                yield ReadError(why, uri=place, stage="decompress", remedy=remedy)
                continue
            try:
                member = io.BufferedReader(archive.open(info))  # type: ignore[type-var]
            except BROKEN_ZIP as error:
                yield broken_zip(place, error)
                continue
            with member:
                yield Member(member, place)


def broken_zip(uri: str, error: Exception) -> ReadError:
    """The error for an archive, or a file in it, that does not unpack."""
    return ReadError(f"broken zip: {error}", uri=uri, stage="decompress", remedy="Fetch the archive again.")


def _refused(info: zipfile.ZipInfo, options: ReadOptions) -> str | None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "a name that leads out of the archive"
    if info.flag_bits & _ENCRYPTED:
        return "an encrypted file"
    if path.suffix.lower() == ".zip":
        return "an archive in an archive"
    if info.file_size > max(BOMB_FLOOR, options.max_ratio * info.compress_size):
        return f"unpacks to more than {options.max_ratio} times its size (an archive bomb?)"
    return None


def _seekable(stream: io.BufferedReader) -> BinaryIO:
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 (closed with the archive)
    shutil.copyfileobj(stream, copy, 2**20)
    copy.seek(0)
    return copy  # type: ignore[return-value]
