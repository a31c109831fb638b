"""Ids that come twice: both articles are kept, and the later one says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b

from extractor.read.notes import note
from extractor.write.lines import to_line

MARK_BYTES = 8


def mark_of(article_id: str) -> int:
    """A number that stands for an id: eight bytes of its hash."""
    return int.from_bytes(blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).digest())


class Seen:
    """The ids of a run so far, about 70 bytes each."""

    def __init__(self) -> None:
        self._marks: set[int] = set()

    def repeated(self, marks: Iterable[int]) -> list[int]:
        """Take the marks of the next articles; give the positions of those that were there before."""
        found = []
        for position, mark in enumerate(marks):
            if mark in self._marks:
                found.append(position)
            self._marks.add(mark)
        return found


def told(line: bytes) -> bytes:
    """The line of a record with the warning that its id was given before."""
    row = json.loads(line)
    row["warnings"].append(note("repeated-id", id=row["id"]))
    return to_line(row)
