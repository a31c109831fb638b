"""The tables of a store: those of a DuckDB file of records, with the keys that figures are compared by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor.store.keys import KEYS, Keys
from extractor.store.rules import Reprints
from extractor.store.shingles import sketch
from extractor.write.rows import ARTICLES, FIGURES, FINDINGS, rows_of

Cells = dict[str, Any]
STORED: Mapping[str, Mapping[str, str]] = {
    "articles": {**ARTICLES, "digest": "VARCHAR", "sketch": "BIGINT[]", "sketch_limit": "BIGINT"},
    "figures": {**FIGURES, **KEYS},
    "findings": FINDINGS,
}
"""Table → column → type."""
_READ = "read_json($path, format = 'newline_delimited', columns = {columns}, maximum_object_size = {longest})"
_LINE = 2**20
"""The least length of lines that room is made for."""


def create(connection: Any, version: str) -> None:
    """Make the tables of a new store."""
    for table, columns in STORED.items():
        typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"CREATE TABLE {table} ({typed})")
    connection.execute("CREATE TABLE store AS SELECT $version AS version", {"version": version})


def rows(record: Cells, number: int, keys: Keys, reprints: Reprints) -> Iterable[tuple[str, Cells]]:
    """The rows of a record, each with its table; an article's `record` and `digest` are the caller's."""
    hashes, limit = sketch(record, reprints)
    for row in rows_of(record, number, "articles"):
        yield "articles", {**row, "sketch": hashes, "sketch_limit": limit}
    for row, more in zip(rows_of(record, number, "figures"), keys.of(record), strict=True):
        yield "figures", {**row, **more}
    for row in rows_of(record, number, "findings"):
        yield "findings", row


def insert(connection: Any, folder: Path, staged: Mapping[str, list[Cells]]) -> None:
    """Insert rows by way of a file: many times faster than one by one."""
    path = folder / "rows.jsonl"
    for table, cells in staged.items():
        if cells:
            lines = [json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace") for row in cells]
            path.write_bytes(b"\n".join(lines))
            columns = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in STORED[table].items()) + "}"
            # The reader takes room for twice the longest line before it reads any.
            reading = _READ.format(columns=columns, longest=max(_LINE, *map(len, lines)) + 1)
            connection.execute(f"INSERT INTO {table} BY NAME FROM {reading}", {"path": str(path)})
    path.unlink(missing_ok=True)


def delete(connection: Any, ids: list[str]) -> None:
    """Take articles out of all tables, by id."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gone AS SELECT article_no FROM articles WHERE list_contains($ids, article)",
        {"ids": ids},
    )
    connection.execute("DELETE FROM figures WHERE article_no IN (FROM gone)")
    connection.execute("DELETE FROM findings WHERE article_no IN (FROM gone)")
    connection.execute("DELETE FROM articles WHERE article_no IN (FROM gone)")
