"""Every rule and entry of the data files that has an id, for `extractor rules` and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.datafile import DATA, content

# Files whose rules are named with the file's name before their id.
PREFIXED = frozenset({"lookalikes", "numerals"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file has it: its id, the file, and all its keys."""

    id: str
    file: Path
    table: dict[str, Any]


def rules(folders: Sequence[Path] = ()) -> Iterator[Rule]:
    """All tables with an id, file by file; the units of a kind are `units.<kind>.<code>`."""
    for root in (DATA, *folders):
        for path in sorted(root.rglob("*.toml")):
            tables = content(path)
            if "kind" in tables and isinstance(tables.get("unit"), list):
                for unit in tables["unit"]:
                    yield Rule(f"units.{tables['kind']}.{unit['code']}", path, unit)
            yield from _tables(tables, path)


def _tables(tables: dict[str, Any], path: Path) -> Iterator[Rule]:
    for value in tables.values():
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            if isinstance(entry, dict):
                if isinstance(entry.get("id"), str):
                    prefix = f"{path.stem}." if path.stem in PREFIXED else ""
                    yield Rule(prefix + entry["id"], path, entry)
                else:
                    yield from _tables(entry, path)
