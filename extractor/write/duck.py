"""Parquet and DuckDB files: rows go to disk as JSON Lines first, then DuckDB reads them in one go, typed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from extractor.errors import UsageError
from extractor.write.rows import TABLES, rows_of

_LEAST_OBJECT_BYTES = 2**24  # DuckDB's own default; it sets aside twice as much as it is told, so no more than needed
_READ = "read_json($path, format = 'newline_delimited', columns = {columns}, maximum_object_size = {limit})"


class _Staged:
    """Rows of tables, gathered in files of a temporary folder beside the output."""

    def __init__(self, part: Path, tables: Sequence[str]) -> None:
        self.part = part
        self.tables = tables
        self._open = ExitStack()
        folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix=f"{part.name}.", dir=part.parent))
        self.paths = {table: Path(folder, f"{table}.jsonl") for table in tables}
        self._files: dict[str, IO[bytes]] = {}
        for table, path in self.paths.items():
            self._files[table] = self._open.enter_context(path.open("wb"))
        self._count = 0
        self._longest = 0

    def write(self, line: bytes) -> None:
        """Stage the rows of one record."""
        self._count += 1
        record = json.loads(line)
        for table, file in self._files.items():
            for row in rows_of(record, self._count, table):
                if table == "articles":
                    row["record"] = line.decode()
                staged = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
                self._longest = max(self._longest, len(staged))
                file.write(staged)

    def flush(self) -> None:
        """Bring everything to the files."""
        for file in self._files.values():
            file.flush()

    def abort(self) -> None:
        """Remove the temporary folder."""
        self._open.close()

    def load(self, connection: Any, table: str, statement: str) -> None:
        """Run a statement in which ``{rows}`` stands for the staged rows of a table."""
        columns = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in TABLES[table].items()) + "}"
        rows = _READ.format(columns=columns, limit=max(_LEAST_OBJECT_BYTES, self._longest))
        connection.execute(statement.format(rows=rows), {"path": str(self.paths[table])})


class ParquetWriter(_Staged):
    """One row a figure."""

    def __init__(self, part: Path) -> None:
        self._duckdb = duckdb()
        super().__init__(part, ["figures"])

    def close(self) -> None:
        """Write the Parquet file."""
        self.flush()
        with self._duckdb.connect() as connection:
            target = str(self.part).replace("'", "''")
            self.load(connection, "figures", f"COPY (FROM {{rows}}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        self.abort()


class DuckDbWriter(_Staged):
    """A DuckDB file with a table for articles, figures, abbreviations, relations and findings."""

    def __init__(self, part: Path) -> None:
        self._duckdb = duckdb()
        super().__init__(part, list(TABLES))

    def close(self) -> None:
        """Write the tables."""
        self.flush()
        self.part.unlink()  # DuckDB makes its file itself, and takes an empty one for damaged
        with self._duckdb.connect(str(self.part)) as connection:
            for table in self.tables:
                self.load(connection, table, f"CREATE TABLE {table} AS FROM {{rows}}")
            connection.execute("CHECKPOINT")
        self.abort()


def duckdb() -> Any:
    """The library; UsageError tells how to get it."""
    try:
        return import_module("duckdb")
    except ImportError as error:
        raise UsageError("Parquet and DuckDB files need the library duckdb: pip install duckdb") from error
