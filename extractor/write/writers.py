"""A writer for each format, to a file or to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from extractor.errors import UsageError
from extractor.write.target import STREAMS, Writer, replacing
from extractor.write.text import text_writer


@contextmanager
def writing(path: Path | None, name: str, within: Path | None = None) -> Iterator[Writer]:
    """A writer in the format `name` to `path`, or to stdout where there is none.

    The file appears under its name when the block ends well; after an error what was there before is untouched.
    Until then it lies beside `path`, or `within` a folder on the same disk.
    """
    if path is None:
        with _to_stdout(name) as writer:
            yield writer
        return
    with replacing(path, within) as part:
        writer = _file_writer(name, part)
        try:
            yield writer
        except BaseException:
            writer.abort()
            raise
        writer.close()


@contextmanager
def _to_stdout(name: str) -> Iterator[Writer]:
    if name not in STREAMS:
        raise UsageError(f"{name} cannot go to stdout; name a file with -o")
    if sys.stdout is None:
        raise UsageError("standard output is closed; name a file with -o")
    writer = _stream_writer(name, sys.stdout.buffer, keep=True)
    yield writer
    writer.close()


def _file_writer(name: str, part: Path) -> Writer:
    """The writer of any format into a file; each format's module is loaded only for its own."""
    if name in ("parquet", "duckdb"):
        from extractor.write.duck import DuckDbWriter, ParquetWriter  # noqa: PLC0415

        return ParquetWriter(part) if name == "parquet" else DuckDbWriter(part)
    if name == "xlsx":
        from extractor.write.xlsx import XlsxWriter  # noqa: PLC0415

        return XlsxWriter(part)
    return _stream_writer(name, part.open("wb"))


def _stream_writer(name: str, stream: IO[bytes], *, keep: bool = False) -> Writer:
    """The writer of a textual format into an open stream."""
    if name == "csv":
        from extractor.write.csv_file import CsvWriter  # noqa: PLC0415

        return CsvWriter(stream, keep=keep)
    return text_writer(name, stream, keep=keep)
