"""The lines of `Article.warnings`, in English and Vietnamese, from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from extractor.errors import DataError

NOTES = Path(__file__).parent.parent / "data" / "read" / "warnings.toml"


def note(key: str, **values: object) -> str:
    """The warning `key` with its places filled in."""
    return _notes()[key].format_map(values)


@cache
def _notes() -> dict[str, str]:
    notes = {}
    for key, entry in tomllib.loads(NOTES.read_text("utf-8")).items():
        if set(entry) != {"en", "vi"}:
            raise DataError(f"{NOTES.name}: [{key}] must have exactly the keys en and vi")
        notes[key] = f"{entry['en']} | {entry['vi']}"
    return notes
