"""Where records go and in which format: told by the ending of the path, or by name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from extractor.errors import UsageError

# ending → format; the longest ending that fits is taken.
ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl.gz",
    ".jsonl.zst": "jsonl.zst",
    ".json": "json",
    ".parquet": "parquet",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".duckdb": "duckdb",
}
FORMATS = tuple(dict.fromkeys(ENDINGS.values()))
STREAMS = ("jsonl", "json", "csv", "jsonl.gz", "jsonl.zst")
"""The formats that can go to stdout."""


class Writer(Protocol):
    """What every format offers: lines in, one after the other, then `close`; `abort` gives up without a result."""

    def write(self, line: bytes) -> None:
        """Take the line of one record."""

    def close(self) -> None:
        """Finish the output."""

    def abort(self) -> None:
        """Let go of everything that was opened."""


def format_of(path: Path) -> str | None:
    """The format that a path's ending names, None for any other path.

    >>> format_of(Path("out/figures.jsonl.zst")), format_of(Path("out/2020.07"))
    ('jsonl.zst', None)
    """
    name = path.name.lower()
    found = [ending for ending in ENDINGS if name.endswith(ending)]
    return ENDINGS[max(found, key=len)] if found else None


def refuse_overlap(inputs: Iterable[str | Path], *outputs: Path | None) -> None:
    """Raise UsageError where an output would take the place of an input named by itself, or of another output."""
    read = [Path(given) for given in inputs]
    written: list[Path] = []
    for output in outputs:
        if output is None:
            continue
        if any(_same(other, output) for other in read):
            raise UsageError(f"{output} is read and written at once; name another file for the output")
        if any(_same(other, output) for other in written):
            raise UsageError(f"{output} is named for two outputs; name another file for one of them")
        written.append(output)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file or folder, or the first to a file within the second."""
    a, b = os.path.realpath(one), os.path.realpath(other)
    return a == b or (os.path.isfile(a) and a.startswith(b + os.sep))  # noqa: PTH113 (strings, as above)


@contextmanager
def replacing(path: Path, within: Path | None = None) -> Iterator[Path]:
    """A temporary path that takes the place of `path`, whole and on disk, when the block ends without an error.

    It lies beside `path`, or `within` a folder on the same disk.

    Raises UsageError where the folder cannot be written to; OSError (a full disk) leaves `path` as it was.
    """
    path = Path(os.path.realpath(path))  # a link keeps its place; what it leads to is replaced
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no regular file; name another, or leave -o out and send stdout there")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=within or path.parent)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}. Choose another place with -o") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _settle(part, path)
    finally:
        part.unlink(missing_ok=True)


def _settle(part: Path, path: Path) -> None:
    """Bring the finished part to disk and give it its name, with the rights that a new file would have."""
    umask = os.umask(0)
    os.umask(umask)
    part.chmod(0o666 & ~umask)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
