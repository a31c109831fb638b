"""Reading data files: TOML, validated against a schema, with errors that name file, table and key."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import DataError

DATA = Path(__file__).parent / "data"
M = TypeVar("M", bound="Table")


class Table(BaseModel):
    """Base of every data-file schema: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def load(path: Path, schema: type[M]) -> M:
    """Read one TOML file as `schema`; DataError names the file, the key and what is allowed there."""
    try:
        with path.open("rb") as handle:
            return schema.model_validate(tomllib.load(handle))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}: {where}: {first['msg']}.") from error


def files(name: str, folders: Sequence[Path] = ()) -> list[Path]:
    """The data file or the files of the data folder `name`: the package's own first, then those of the user's folders.

    A user's folder has the same layout as `extractor/data`; files of equal name are both given, the user's last.
    """
    found: list[Path] = []
    for root in (DATA, *folders):
        place = root / name
        found += sorted(place.glob("*.toml")) if place.is_dir() else [place] if place.is_file() else []
    return found
