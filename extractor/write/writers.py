"""A writer for each format, to a file or to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    writer = text_writer(name, sys.stdout.buffer, keep=True)
    yield writer
    writer.close()


def _file_writer(name: str, part: Path) -> Writer:
    return text_writer(name, part.open("wb"))
