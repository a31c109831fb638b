"""CSV and Parquet → one row at a time, as a mapping of columns. Which columns are read, the options say."""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.errors import ReadError
from extractor.read.decode import ESCAPED, declared_charset, decode, wide_encoding
from extractor.read.options import FIELDS, ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.read.build import Raw
    from extractor.read.objects import Item

_DELIMITERS = ",;\t|"
_MESSAGE = 200  # characters of a codec's message, which may quote the whole file
_ROWS = 64  # rows fetched at a time: articles of a megabyte each still fit


def rows_of_csv(stream: io.BufferedReader, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    """The rows of a CSV file with a header; delimiter and encoding are found out.

    A row that has more or fewer cells than the header is an error: part of its text may stand in the wrong place.
    """
    csv.field_size_limit(options.max_article_bytes)  # the module's own limit would refuse long articles
    encoding = _encoding(stream.peek(), options)
    # Bytes that are no UTF-8 are kept for a second look; those of the wide encodings cannot be.
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding, errors, newline="")
    try:
        yield from _table(text, raw, options)
    except UnicodeError as error:
        remedy = "Name the right encoding; the rows before were read."
        yield raw.error(f"the rest cannot be decoded: {error}"[:_MESSAGE], stage="decode", remedy=remedy)


def _table(text: io.TextIOWrapper, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    header_line = text.readline()
    if not header_line.strip():
        yield raw.error("the file is empty", stage="parse", remedy="Leave it out.")
        return
    delimiter = max(_DELIMITERS, key=header_line.count)
    header = [cell.strip() for cell in next(csv.reader([header_line], delimiter=delimiter))]
    if problem := _lacks_text(header, raw, options):
        yield problem
        return
    yield from _rows(csv.reader(text, delimiter=delimiter, strict=True), header, raw, options)


def _rows(reader: Any, header: Sequence[str], raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    while True:
        place = replace(raw, line=reader.line_num + 2)  # the header was line 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            remedy = "Check the quotes of this row; double those inside a cell."
            yield place.error(f"broken row: {error}", stage="parse", remedy=remedy)
            if "field limit" in str(error):
                return
            continue
        if cells is None:
            return
        if not cells:
            continue
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, the header {len(header)}"
            yield place.error(message, stage="parse", remedy="Put cells with a delimiter or a line break in quotes.")
            continue
        yield _item(dict(zip(header, cells, strict=True)), place, options)


def _encoding(head: bytes, options: ReadOptions) -> str:
    """UTF-8 unless the first bytes say otherwise: what is no UTF-8 is looked into cell by cell."""
    if wide := wide_encoding(head):
        return wide
    return options.encoding if options.encoding not in (None, "tcvn3", "vni") else "utf-8-sig"


def rows_of_parquet(stream: io.BufferedReader, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    """The rows of a Parquet file, read by DuckDB a few at a time, and of their columns only those that are needed."""
    try:
        import duckdb  # noqa: PLC0415 (only who reads Parquet pays for it)
    except ImportError:
        yield raw.error("Parquet needs DuckDB", stage="open", remedy="Install it: pip install duckdb.")
        return
    with _as_file(stream, raw.uri) as path:
        settings: dict[str, Any] = {
            "threads": "1",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        try:
            with closing(duckdb.connect(config=settings)) as connection:
                yield from _query(connection, path, raw, options)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0].replace(path, raw.uri)
            yield raw.error(f"broken Parquet: {reason}", stage="parse", remedy="Write or fetch the file again.")


def _query(connection: Any, path: str, raw: Raw, options: ReadOptions) -> Iterator[Item | ReadError]:
    columns = [row[0] for row in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()]
    if problem := _lacks_text(columns, raw, options):
        yield problem
        return
    needed = [column for column in columns if column in _wanted(columns, options)]
    names = ", ".join('"' + column.replace('"', '""') + '"' for column in needed)
    result = connection.execute(f"SELECT {names} FROM read_parquet(?)", [path])  # noqa: S608 (names are quoted)
    number = 0
    while rows := result.fetchmany(_ROWS):
        for row in rows:
            number += 1
            yield _item(dict(zip(needed, row, strict=True)), replace(raw, line=number), options)


def _wanted(columns: Sequence[str], options: ReadOptions) -> set[str]:
    """The columns that hold our fields; of a name with dots, the first part, unless a column has that very name."""
    names = [options.column(field) for field in FIELDS]
    return {name if name in columns else name.split(".")[0] for name in names}


def _lacks_text(columns: Iterable[str], raw: Raw, options: ReadOptions) -> ReadError | None:
    columns = list(columns)
    if _wanted_text(options) & set(columns):
        return None
    shown = ", ".join(columns[:20])
    remedy = "Name the column that holds the text, as in --field text=body."
    return raw.error(f"no column for text or html among: {shown}", stage="parse", remedy=remedy)


def _wanted_text(options: ReadOptions) -> set[str]:
    names = [options.column("text"), options.column("html")]
    return {*names, *(name.split(".")[0] for name in names)}


def _item(row: dict[str, object], place: Raw, options: ReadOptions) -> Item | ReadError:
    """The row with its bytes decoded. Its hash is of its columns as JSON, for a table has no bytes of a row."""
    wanted = _wanted(list(row), options)
    row = {name: value for name, value in row.items() if name in wanted}
    data = json.dumps(row, ensure_ascii=False, default=repr, sort_keys=True).encode("utf-8", "surrogateescape")
    place = replace(place, data=data)
    for name, value in row.items():
        cell = value.encode("utf-8", "surrogateescape") if isinstance(value, str) and ESCAPED.search(value) else value
        if isinstance(cell, bytes):
            try:
                decoded = decode(cell, place, options, declared=declared_charset(cell))
            except ReadError as error:
                return error
            row[name] = decoded.text
            if decoded.warnings:
                place = replace(place, encoding=decoded.encoding, warnings=(*place.warnings, *decoded.warnings))
    return row, place


class _as_file:  # noqa: N801 (used as a function)
    """A path by which DuckDB can open the stream: the file itself, or a temporary copy."""

    def __init__(self, stream: BinaryIO, uri: str) -> None:
        self._stream = stream
        plain = os.path.isfile(uri) and not glob.has_magic(uri)  # noqa: PTH113 (a path as the user gave it)
        raw = getattr(stream, "raw", None)
        self._path = uri if plain and isinstance(raw, io.FileIO) else None
        self._copy: Any = None

    def __enter__(self) -> str:
        if self._path is not None:
            return self._path
        self._copy = tempfile.NamedTemporaryFile(suffix=".parquet")
        shutil.copyfileobj(self._stream, self._copy, 2**20)
        self._copy.flush()
        return str(self._copy.name)

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.close()
