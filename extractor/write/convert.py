"""Records from one format into another."""

from __future__ import annotations

import json
from pathlib import Path

from extractor.errors import UsageError
from extractor.write.lines import Selection, to_line
from extractor.write.stored import read_lines
from extractor.write.target import format_of, refuse_overlap
from extractor.write.writers import writing


def convert(
    source: Path, out: Path | None, form: str | None = None, *, kinds: tuple[str, ...] = (), text: bool = True
) -> int:
    """Write the records of `source` to `out`, or to stdout; how many there are.

    Raises UsageError where the format is not told, `out` is `source`, or `source` holds no records.
    """
    form = form or (format_of(out) if out else "jsonl")
    if form is None:
        raise UsageError(
            f"{out} does not tell a format: end it with .jsonl, .parquet, .csv, .xlsx, .duckdb, or --format"
        )
    refuse_overlap([source], out)
    selection = Selection(text=text, kinds=kinds)
    whole = text and not kinds
    count = 0
    with writing(out, form) as writer:
        for line in read_lines(source):
            writer.write(line if whole else to_line(selection.row(json.loads(line))))
            count += 1
    return count
