"""One record, one line: compact JSON in UTF-8, the same bytes for the same record."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.model import Record

Row = dict[str, Any]
_SINGLE_ROLES = ("whole", "part", "percent", "count", "each", "total", "ratio", "from", "to", "by")
_MANY_ROLES = ("parts", "figures")


def to_line(row: Mapping[str, Any]) -> bytes:
    r"""The line of a JSON-ready row.

    A lone surrogate, which UTF-8 cannot hold, becomes its JSON escape. Raises ValueError for a number that JSON
    cannot hold.

    >>> to_line({"short": "CĐ", "odd": "\ud800"})
    b'{"short":"C\xc4\x90","odd":"\\ud800"}'
    """
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a record is written: with its text or without, and which kinds of figures (all where none is named)."""

    text: bool = True
    kinds: tuple[str, ...] = ()

    def line(self, record: Record) -> bytes:
        """The line of the record, as selected."""
        return to_line(self.row(record.as_json()))

    def row(self, row: Row) -> Row:
        """The row of a record, as selected."""
        if not self.text:
            row.pop("text", None)
        return only_kinds(row, self.kinds) if self.kinds else row


def only_kinds(row: Row, kinds: Collection[str]) -> Row:
    """The record with figures of these kinds only, and the relations and findings that lose none of theirs."""
    figures = [figure for figure in row["figures"] if figure["kind"] in kinds]
    kept = {figure["id"] for figure in figures}
    for figure in figures:
        if figure["duplicate_of"] not in kept:
            figure["duplicate_of"] = None
    return {
        **row,
        "figures": figures,
        "relations": [relation for relation in row["relations"] if kept.issuperset(members(relation))],
        "findings": [finding for finding in row["findings"] if kept.issuperset(finding["figures"])],
    }


def members(relation: Mapping[str, Any]) -> list[str]:
    """The ids of all figures that a relation's row names."""
    single = [relation[role] for role in _SINGLE_ROLES if relation.get(role)]
    return single + [figure for role in _MANY_ROLES for figure in relation.get(role) or ()]
