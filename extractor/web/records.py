"""Reading records back to be looked at: whole, with their text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pydantic

from extractor.errors import UsageError
from extractor.model import Record
from extractor.store.inputs import lines_of


def read_records(path: Path) -> Iterator[Record]:
    """Every record of a file, a batch's folder or a store, one after the other; UsageError tells place and remedy.

    A record without its text is refused: there would be nothing to show.
    """
    count = 0
    for count, line in enumerate(lines_of([path]), 1):
        yield _record(line, f"{path}, record {count}")
    if not count:
        raise UsageError(f"{path}: no records in it; write some with: extractor extract ARTICLES -o {path}")


def _record(line: bytes, place: str) -> Record:
    try:
        record = Record.model_validate_json(line)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(x) for x in first["loc"])
        raise UsageError(f"{place}: {where}: {first['msg']}; extract the articles again with this version") from error
    if record.text is None:
        raise UsageError(f"{place}: it has no text; extract the articles again without --no-text")
    return record
