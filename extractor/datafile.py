"""Reading data files: TOML, validated against a schema, with errors that name file, table and key."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import DataError

DATA = Path(__file__).parent / "data"
M = TypeVar("M", bound="Table")


class Table(BaseModel):
    """Base of every data-file schema: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def load(path: Path, schema: type[M]) -> M:
    """Read one TOML file as `schema`; DataError names the file, the key and what is allowed there."""
    return _validated(content(path), path, schema)


def merged(name: str, schema: type[M], folders: Sequence[Path] = ()) -> M:
    """The package's data file `name` with what the users' files of that name add to it.

    Entries with an id replace those of the same id, others are added, as words are to a list of words; a single value
    replaces the one before. A user's file may hold any part of the schema. DataError is as for `load`.
    """
    first, *more = files(name, folders)
    raw = content(first)
    table = _validated(raw, first, schema)
    for path in more:
        _merge(raw, content(path))
        table = _validated(raw, path, schema)
    return table


def files(name: str, folders: Sequence[Path] = ()) -> list[Path]:
    """The data file or the files of the data folder `name`: the package's own first, then those of the user's folders.

    A user's folder has the same layout as `extractor/data`; files of equal name are both given, the user's last.
    """
    found: list[Path] = []
    for root in (DATA, *folders):
        place = root / name
        found += sorted(place.glob("*.toml")) if place.is_dir() else [place] if place.is_file() else []
    return found


def content(path: Path) -> dict[str, Any]:
    """What a TOML file holds, not validated. DataError names the file and, where it is no TOML, the line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not valid TOML: {error}.") from error


def _validated(raw: dict[str, Any], path: Path, schema: type[M]) -> M:
    try:
        return schema.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}: {where}: {first['msg']}.") from error


def _merge(base: dict[str, Any], more: dict[str, Any]) -> None:
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
