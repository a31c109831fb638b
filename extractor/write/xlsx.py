"""XLSX: a sheet of figures, one of findings, one of abbreviations; texts are texts, numbers numbers, sources links."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.write.rows import TABLES, rows_of

SHEETS = ("figures", "findings", "abbreviations")
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_MAX_LINKS, _MAX_LINK = 65_530, 2_079
_CUT = " … [cut here: a cell holds no more]"
_WIDE = {"title": 40, "text": 28, "evidence": 80, "entity": 32, "entity_expanded": 40, "message_vi": 60,
         "message_en": 60, "long": 40, "organization": 28, "organization_expanded": 40, "url": 40, "uri": 30,
         "kind": 18, "found_by": 30, "article": 20}  # fmt: skip
_USUAL = 12


class XlsxWriter:
    """The sheets of a workbook, row by row; a sheet that is full is continued on another."""

    def __init__(self, part: Path) -> None:
        try:
            library = import_module("xlsxwriter")
        except ImportError as error:
            raise UsageError("XLSX needs the library xlsxwriter: pip install xlsxwriter") from error
        self._rows = tempfile.TemporaryDirectory(prefix=f"{part.name}.", dir=part.parent, ignore_cleanup_errors=True)
        options = {"constant_memory": True, "tmpdir": self._rows.name, "strings_to_urls": False}
        self._book: Any = library.Workbook(str(part), options)
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same records, the same bytes
        formats = {
            "head": self._book.add_format({"bold": True, "bottom": 1}),
            "whole": self._book.add_format({"num_format": "#,##0"}),
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self._sheets = {table: _Sheet(self._book, table, formats) for table in SHEETS}
        self._count = 0

    def write(self, line: bytes) -> None:
        """Write the rows of one record."""
        self._count += 1
        record = json.loads(line)
        for table, sheet in self._sheets.items():
            for row in rows_of(record, self._count, table):
                sheet.add(row)

    def close(self) -> None:
        """Finish the workbook."""
        with self._rows:
            for sheet in self._sheets.values():
                sheet.finish()
            self._book.close()

    def abort(self) -> None:
        """Let go of the workbook; a half one is the caller's to remove."""
        self._book.fileclosed = True
        self._rows.cleanup()


class _Sheet:
    """One table, over as many sheets as it needs."""

    def __init__(self, book: Any, table: str, formats: dict[str, Any]) -> None:
        self._book = book
        self._name = table
        self._formats = formats
        self._columns = TABLES[table]
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for column, title in enumerate(self._columns):
            self._sheet.set_column(column, column, _WIDE.get(title, _USUAL))
            self._sheet.write_string(0, column, title, self._formats["head"])
        self._row = 1
        self._links = 0

    def add(self, cells: dict[str, Any]) -> None:
        """Add a row."""
        if self._row == MAX_ROWS:
            self.finish()
            self._begin()
        for column, (name, kind) in enumerate(self._columns.items()):
            if cells[name] is not None:
                self._put(column, name, kind, cells[name])
        self._row += 1

    def _put(self, column: int, name: str, kind: str, value: Any) -> None:
        if kind in ("DOUBLE", "BIGINT"):
            whole = kind == "DOUBLE" and float(value).is_integer()
            self._sheet.write_number(self._row, column, value, self._formats["whole"] if whole else None)
        elif kind == "BOOLEAN":
            self._sheet.write_boolean(self._row, column, value)
        elif kind == "DATE":
            day = datetime.fromisoformat(value)
            self._sheet.write_datetime(self._row, column, day, self._formats["date"])
        else:
            self._put_text(column, name, "; ".join(value) if isinstance(value, list) else value)

    def _put_text(self, column: int, name: str, text: str) -> None:
        text = text.encode("utf-8", "replace").decode()
        is_link = name == "url" and text.startswith(("http://", "https://")) and len(text) <= _MAX_LINK
        if is_link and self._links < _MAX_LINKS:
            self._links += 1
            self._sheet.write_url(self._row, column, text)
            return
        if len(text) > MAX_TEXT:
            text = text[: MAX_TEXT - len(_CUT)] + _CUT
        self._sheet.write_string(self._row, column, text)

    def finish(self) -> None:
        """Let the sheet be filtered by its heads."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._columns) - 1)
