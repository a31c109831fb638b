"""CSV for Excel: one row a figure, UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import IO, Any

from extractor.write.rows import FIGURES, rows_of

BOM = b"\xef\xbb\xbf"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+\-]?[\d.,]+\s?%?")


class CsvWriter:
    """The figures as CSV into an open binary stream, which is closed with it unless it is `kept`."""

    def __init__(self, stream: IO[bytes], *, keep: bool = False) -> None:
        self._stream = stream
        self._keep = keep
        self._count = 0
        self._stream.write(BOM)
        self._put([list(FIGURES)])

    def write(self, line: bytes) -> None:
        """Write the figures of one record."""
        self._count += 1
        rows = rows_of(json.loads(line), self._count, "figures")
        self._put([cell(row[name]) for name in FIGURES] for row in rows)

    def _put(self, rows: Any) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._stream.write(text.getvalue().encode("utf-8", "replace"))

    def close(self) -> None:
        """Flush, and close what is ours."""
        self._stream.flush() if self._keep else self._stream.close()

    def abort(self) -> None:
        """Close what is ours."""
        if not self._keep:
            self._stream.close()


def cell(value: object) -> object:
    """A value as a cell: a list joined, a whole number without decimals, no text that a table program would run.

    >>> cell(8500.0), cell(["a.b", "c.d"]), cell("=1+2"), cell("-5 %")
    (8500, 'a.b; c.d', "'=1+2", '-5 %')
    """
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
