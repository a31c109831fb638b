"""Reading records back: a file of JSON Lines or JSON, packed or not, or a folder of such files."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pydantic

from extractor.errors import UsageError
from extractor.model import Record

ENDINGS = (".jsonl", ".json", ".jsonl.gz", ".json.gz", ".jsonl.zst", ".json.zst")
NOT_RECORDS = frozenset({"errors", "manifest", "summary", "decisions"})


def read_records(path: Path) -> Iterator[Record]:
    """Every record of a file or folder, one after the other; UsageError names file, line and remedy.

    A record without its text is refused: there would be nothing to show.
    """
    found = False
    for file in _files(path):
        for line, row in _rows(file):
            found = True
            yield _record(row, file, line)
    if not found:
        raise UsageError(f"{path}: no records in it; write some with: extractor extract ARTICLES -o {path}")


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; give what 'extractor extract' has written")
    if path.is_file():
        return [path]
    names = (p for p in sorted(path.rglob("*")) if p.is_file() and p.name.endswith(ENDINGS))
    return [p for p in names if p.name.split(".")[0] not in NOT_RECORDS and not p.name.startswith(".")]


def _open(file: Path) -> io.TextIOBase:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    if file.suffix == ".zst":
        import zstandard  # noqa: PLC0415  (only when a file is packed so)

        return io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file.open("rb")), encoding="utf-8")
    return file.open(encoding="utf-8-sig")


def _rows(file: Path) -> Iterator[tuple[int, Any]]:
    """Each JSON value with its line, or its place in the list of a JSON document."""
    whole = file.name.removesuffix(".gz").removesuffix(".zst").endswith(".json")
    try:
        with _open(file) as stream:
            if whole:
                document = json.load(stream, parse_float=Decimal)
                yield from enumerate(document if isinstance(document, list) else [document], 1)
                return
            for line, text in enumerate(stream, 1):
                if text.strip():
                    yield line, json.loads(text, parse_float=Decimal)
    except (ValueError, OSError, EOFError) as error:
        raise UsageError(
            f"{file}: not JSON that can be read: {error}; write it again with 'extractor extract'"
        ) from error


def _record(row: Any, file: Path, line: int) -> Record:
    if not isinstance(row, dict) or "format" not in row or "figures" not in row:
        raise UsageError(f"{file}, line {line}: not a record; give what 'extractor extract' has written, not its input")
    try:
        record = Record.model_validate(row)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(x) for x in first["loc"])
        remedy = "run 'extractor extract' again with this version"
        raise UsageError(f"{file}, line {line}: {where}: {first['msg']}; {remedy}") from error
    if record.text is None:
        raise UsageError(
            f"{file}, line {line}: the record has no text; run 'extractor extract' again without --no-text"
        )
    return record
