"""The tables of ``data/scope``, with what a user's folders add to them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from extractor.datafile import Table, files
from extractor.errors import DataError

T = TypeVar("T", bound=Table)


def table(name: str, schema: type[T], folders: Sequence[Path] = ()) -> T:
    """The table of ``scope/<name>.toml``: a user's entries replace those of the same id, his words are added.

    DataError names the file, the key, and what is allowed there.
    """
    merged: dict[str, Any] = {}
    places = files(f"scope/{name}.toml", folders)
    for place in places:
        _merge(merged, _read(place))
    try:
        return schema.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{places[-1]}: {where}: {first['msg']}.") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not valid TOML: {error}.") from error


def _merge(base: dict[str, Any], more: dict[str, Any]) -> None:
    """Add `more` to `base`: tables key by key, entries by their id, word lists by appending."""
    for key, value in more.items():
        known = base.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            ids = {entry.get("id") for entry in value if isinstance(entry, dict)} - {None}
            kept = [entry for entry in known if not (isinstance(entry, dict) and entry.get("id") in ids)]
            base[key] = kept + value
        else:
            base[key] = value
