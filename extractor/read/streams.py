"""Bytes in: opening a file, URL or stdin, and unpacking gzip and zstd, told by their first bytes and not by names.

What unpacks is delivered before a truncated or broken archive is reported, and no read takes more than a few
megabytes, however much a bomb would unpack to.
"""

from __future__ import annotations

import io
import sys
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from extractor.errors import ReadError
from extractor.read.options import STDIN, InputUnit, ReadOptions, is_url

if TYPE_CHECKING:
    from collections.abc import Callable

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
FOREIGN = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
}
PACKED_CHUNK = 2048  # a zstd chunk of this size unpacks to 32 MB at the most
SILENCE = 30.0  # seconds
BOMB_FLOOR = 64 * 2**20  # what unpacks to less than this is no bomb, whatever the ratio


class _Unpacker(Protocol):
    """One member of a gzip file or one frame of a zstd file."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a packed stream. Raises `ReadError` at the place where the stream is broken."""

    def __init__(self, packed: BinaryIO, new_member: Callable[[], _Unpacker], uri: str, options: ReadOptions) -> None:
        self._packed = packed
        self._new_member = new_member
        self._member: _Unpacker | None = None
        self._uri = uri
        self._max_ratio = options.max_ratio
        self._ready = memoryview(b"")
        self._read = self._unpacked = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill `buffer` with the next unpacked bytes; 0 at the end."""
        while not self._ready:
            if not self._advance():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _advance(self) -> bool:
        """Unpack the next chunk; False at the end of the stream."""
        left = self._member.unused_data if self._member is not None and self._member.eof else b""
        chunk = left or self._packed.read(PACKED_CHUNK)
        self._read += len(chunk) if not left else 0
        if not chunk:
            if self._member is not None and not self._member.eof:
                raise self._error(
                    "the compressed file is cut short", "Fetch the file again; what came before was read."
                )
            return False
        if self._member is None or self._member.eof:
            self._member = None
            if not chunk.strip(b"\0"):  # padding after the last member
                return True
            self._member = self._new_member()
        try:
            data = self._member.decompress(chunk)
        except Exception as error:  # zlib.error, zstandard.ZstdError: both only say that the data are bad
            raise self._error(f"the compressed data are broken: {error}", "Fetch the file again.") from error
        self._unpacked += len(data)
        if self._unpacked > max(BOMB_FLOOR, self._max_ratio * self._read):
            raise self._error(
                f"unpacks to more than {self._max_ratio} times its size (an archive bomb?)",
                "Unpack it yourself if you trust it, or raise max_ratio.",
            )
        self._ready = memoryview(data)
        return True

    def _error(self, message: str, remedy: str) -> ReadError:
        return ReadError(message, uri=self._uri, stage="decompress", remedy=remedy)


def open_unit(unit: InputUnit) -> BinaryIO:
    """Open a file, URL or stdin; closing it leaves stdin open. Raises `ReadError`."""
    try:
        if unit.uri == STDIN:
            return _open_stdin()
        return _open_url(unit.uri) if is_url(unit.uri) else open(unit.uri, "rb")  # noqa: PTH123 (a path as given)
    except OSError as error:
        cause = (
            error.__cause__ if is_url(unit.uri) and error.__cause__ else error
        )  # fsspec tells no more than the address
        reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        remedy = "Check the address and the network." if is_url(unit.uri) else "Check the path and its rights."
        raise ReadError(f"cannot be opened: {reason}", uri=unit.uri, stage="open", remedy=remedy) from error


def _open_stdin() -> BinaryIO:
    if sys.stdin is None:
        raise ReadError("standard input is closed", uri=STDIN, stage="open", remedy="Name files, or pipe a text in.")
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except (io.UnsupportedOperation, AttributeError):  # a stand-in without a descriptor
        return sys.stdin.buffer


def _open_url(url: str) -> BinaryIO:
    filesystem, path = filesystem_of(url)
    try:
        stream: BinaryIO = filesystem.open(path, "rb")
    except OSError:
        raise
    except Exception as error:
        raise ReadError(f"cannot be opened: {error}", uri=url, stage="open", remedy="Check the address.") from error
    return stream


def filesystem_of(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it. Raises `ReadError`."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 (only who needs it pays for it)

        filesystem, path = url_to_fs(url, **_patience(url))
    except ImportError as error:
        remedy = f"Install it: pip install 'extractor-vi[remote]' ({error})."
        raise ReadError("this kind of address needs a package", uri=url, stage="open", remedy=remedy) from error
    except Exception as error:
        raise ReadError(f"cannot be opened: {error}", uri=url, stage="open", remedy="Check the address.") from error
    return filesystem, str(path)


def _patience(url: str) -> dict[str, Any]:
    """How long a web server may be silent; without it, five minutes for each input that does not answer."""
    if not url.startswith(("http://", "https://")):
        return {}
    from aiohttp import ClientTimeout  # noqa: PLC0415 (fsspec needs it for these addresses)

    return {"client_kwargs": {"timeout": ClientTimeout(sock_connect=SILENCE, sock_read=SILENCE)}}


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream with a `peek`."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), 2**16)


def unpack(stream: io.BufferedReader, uri: str, options: ReadOptions) -> io.BufferedReader:
    """The stream, unpacked if it is gzip or zstd (also one in the other). Raises `ReadError` for other packers."""
    for _ in range(2):
        head = stream.peek(8)[:8]
        if head.startswith(GZIP):
            unpacked = Unpacked(stream, lambda: zlib.decompressobj(wbits=31), uri, options)
        elif head.startswith(ZSTD):
            unpacked = Unpacked(stream, _zstd_frame, uri, options)
        else:
            break
        stream = io.BufferedReader(unpacked, 2**16)
    for magic, name in FOREIGN.items():
        if head.startswith(magic):
            remedy = "Unpack it, or pack it with gzip or zstd."
            raise ReadError(f"{name} archives are not read", uri=uri, stage="decompress", remedy=remedy)
    return stream


def _zstd_frame() -> _Unpacker:
    import zstandard  # noqa: PLC0415 (only who needs it pays for it)

    frame: _Unpacker = zstandard.ZstdDecompressor().decompressobj()
    return frame
