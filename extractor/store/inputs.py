"""Records as a command gets them: files, batches, folders of files, DuckDB files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extractor.errors import UsageError
from extractor.store.database import Store, is_store
from extractor.write.stored import read_lines
from extractor.write.target import format_of

_LINES = ("jsonl", "jsonl.gz", "jsonl.zst", "json")
_NOT_RECORDS = ("errors", "manifest", "summary", "decisions", ".")


def lines_of(paths: Iterable[Path]) -> Iterator[bytes]:
    """The lines of all records in files (JSON Lines, packed or not, JSON, DuckDB) and folders.

    Raises UsageError where there are none, and ReadError where a packed file is damaged.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; give what 'extractor extract' has written")
        if path.is_dir() and not (path / "manifest.json").exists():
            files = [p for p in sorted(path.rglob("*")) if p.is_file() and format_of(p) in _LINES]
            files = [p for p in files if not p.name.startswith(_NOT_RECORDS)]
            if not files:
                raise UsageError(f"{path}: no records in it; write some with: extractor extract ARTICLES -o {path}")
            for file in files:
                yield from read_lines(file)
        else:
            yield from read_lines(path)


@contextmanager
def opened(path: Path, folders: Sequence[Path] = ()) -> Iterator[Store]:
    """The store in a file, only to be read; or a store in memory of the records in a file or folder."""
    if is_store(path):
        with Store.open(path, read_only=True, folders=folders) as store:
            yield store
    else:
        with Store.open(folders=folders) as store:
            store.add_lines(lines_of([path]))
            yield store
