"""Records read back: the lines of a file or folder that the program wrote, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.read import ReadOptions
from extractor.read.streams import peekable, unpack
from extractor.write.duck import duckdb
from extractor.write.lines import to_line
from extractor.write.target import format_of

_NEEDED = ("format", "id", "source", "figures", "relations", "findings", "abbreviations", "warnings")
_BATCH = 1000


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of the records in JSON Lines (also packed), JSON, a DuckDB file, or the folder of a batch.

    Raises UsageError where there are no records, and ReadError where a packed file is damaged, naming the place.
    """
    if path.is_dir():
        for shard in _shards(path):
            yield from _json_lines(shard)
        return
    form = format_of(path)
    if form == "duckdb":
        yield from _duckdb_lines(path)
    elif form == "json":
        yield from _document_lines(path)
    elif form in ("jsonl", "jsonl.gz", "jsonl.zst"):
        yield from _json_lines(path)
    else:
        raise UsageError(f"{path}: give records as .jsonl, .jsonl.gz, .jsonl.zst, .json, .duckdb or a batch's folder")


def _shards(folder: Path) -> list[Path]:
    """The shards of a batch, in the order of its inputs."""
    try:
        stored = json.loads((folder / "manifest.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} has no manifest.json: no batch, or one that is not finished; run it again"
        ) from error
    ending = f".{stored['key']['options']['format']}"
    return [folder / "shards" / f"{entry['name']}{ending}" for entry in stored["shards"]]


def _json_lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as packed:
            stream = unpack(peekable(packed), str(path), ReadOptions())
            for number, line in enumerate(stream, 1):
                if not line.isspace():
                    yield _checked(line.rstrip(b"\r\n"), f"{path}, line {number}")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _document_lines(path: Path) -> Iterator[bytes]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}; make it again with extractor extract") from error
    for number, row in enumerate(content if isinstance(content, list) else [content], 1):
        _check(row, f"{path}, item {number}")
        yield to_line(row)


def _duckdb_lines(path: Path) -> Iterator[bytes]:
    library = duckdb()
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    try:
        with closing(library.connect(str(path), read_only=True)) as connection:
            found = connection.execute("SELECT record FROM articles ORDER BY article_no")
            while rows := found.fetchmany(_BATCH):
                yield from (row[0].encode() for row in rows)
    except library.Error as error:
        raise UsageError(f"{path} is no DuckDB file of records: {error}") from error


def _checked(line: bytes, place: str) -> bytes:
    try:
        row = json.loads(line)
    except ValueError as error:
        remedy = "the file was cut short or is none of records; make it again with extractor extract"
        raise UsageError(f"{place}: no JSON: {error}; {remedy}") from error
    _check(row, place)
    return line


def _check(row: Any, place: str) -> None:
    missing = [name for name in _NEEDED if name not in row] if isinstance(row, dict) else list(_NEEDED)
    if missing:
        raise UsageError(f"{place}: not a record, {missing[0]} is missing; make records with extractor extract")
