"""JSON Lines (plain, gzip, zstd) and one indented JSON document, to a file or to stdout."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, cast

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.write.target import Writer

ZSTD_LEVEL = 3


class LinesWriter:
    """JSON Lines into an open binary stream, packed by `pack` if given; the stream is closed unless told to `keep` it."""

    def __init__(
        self, stream: IO[bytes], *, keep: bool = False, pack: Callable[[IO[bytes]], IO[bytes]] | None = None
    ) -> None:
        self._base = stream
        self._keep = keep
        self._packed = pack(stream) if pack else None
        self._stream = self._packed or stream

    def write(self, line: bytes) -> None:
        """Write one line."""
        self._stream.write(line + b"\n")

    def close(self) -> None:
        """Finish what is packed, and flush or close the stream."""
        if self._packed is not None:
            self._packed.close()
        self._base.flush() if self._keep else self._base.close()

    def abort(self) -> None:
        """Close what is ours; half a file is the caller's to remove."""
        if not self._keep:
            self._base.close()


class DocumentWriter:
    """One indented JSON document: the record itself where there is one, an array of records otherwise.

    The first record is held back until it is known whether it stays alone.
    """

    def __init__(self, stream: IO[bytes], *, keep: bool = False) -> None:
        self._stream = stream
        self._keep = keep
        self._first: bytes | None = None
        self._count = 0

    def write(self, line: bytes) -> None:
        """Write one record, indented."""
        if self._count == 0:
            self._first = line
        else:
            if self._first is not None:
                self._stream.write(b"[\n" + _indented(self._first))
                self._first = None
            self._stream.write(b",\n" + _indented(line))
        self._count += 1

    def close(self) -> None:
        """Write what was held back and the end of the array."""
        if self._count == 0:
            self._stream.write(b"[]\n")
        elif self._first is not None:
            self._stream.write(_indented(self._first) + b"\n")
        else:
            self._stream.write(b"\n]\n")
        self._stream.flush() if self._keep else self._stream.close()

    def abort(self) -> None:
        """Close what is ours."""
        if not self._keep:
            self._stream.close()


def _indented(line: bytes) -> bytes:
    return json.dumps(json.loads(line), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def zstd_stream(stream: IO[bytes]) -> IO[bytes]:
    """A stream that packs what is written with zstd into `stream`, which it leaves open."""
    try:
        import zstandard  # noqa: PLC0415 (only who writes zstd pays for it)
    except ImportError as error:
        raise UsageError("zstd needs the library zstandard: pip install zstandard") from error
    compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
    packed: IO[bytes] = compressor.stream_writer(stream, closefd=False)
    return packed


def gzip_stream(stream: IO[bytes]) -> IO[bytes]:
    """A stream that packs what is written with gzip into `stream`: without name or time, so that bytes repeat."""
    return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0))


PACKERS = {"jsonl.gz": gzip_stream, "jsonl.zst": zstd_stream}


def text_writer(name: str, stream: IO[bytes], *, keep: bool = False) -> Writer:
    """The writer of a textual format into an open stream."""
    if name == "json":
        return DocumentWriter(stream, keep=keep)
    return LinesWriter(stream, keep=keep, pack=PACKERS.get(name))
