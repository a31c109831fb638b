"""What a caller may choose about reading. Plain values, so that they travel to worker processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

STDIN = "-"
FORMATS = ("text", "html", "json", "jsonl", "csv", "parquet", "warc", "zip")
OLD_ENCODINGS = ("tcvn3", "vni")
FIELDS = ("text", "html", "id", "url", "title", "published", "byline")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read; the defaults find out everything by themselves.

    `fields` maps a field of ours (one of `FIELDS`) to the name it has in the JSON objects or table columns:
    ``{"text": "body"}``; a name with dots reaches into nested objects. `format` (one of `FORMATS`) and `encoding`
    (a Python codec name, ``tcvn3`` or ``vni``) override what would be found out. `max_article_bytes` bounds
    the memory one article may take: a larger one becomes an error, it is never cut. A stream that unpacks to more
    than `max_ratio` times its packed size is refused as an archive bomb. `exclude` holds glob patterns (of names
    or of paths) of files that walking a folder passes over; by default those that hold what a run is expected to write.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    encoding: str | None = None
    max_article_bytes: int = 256 * 2**20
    max_ratio: int = 1000
    exclude: tuple[str, ...] = ("*.expected.json", "*.expected.jsonl")

    def __post_init__(self) -> None:
        """Refuse unknown formats and fields at once, before the first file is opened."""
        if self.format is not None and self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}; use one of {', '.join(FORMATS)}")
        if self.encoding is not None and self.encoding not in OLD_ENCODINGS:
            _check_codec(self.encoding)
        for name in self.fields:
            if name not in FIELDS:
                raise UsageError(f"unknown field {name!r}; map one of {', '.join(FIELDS)}, as in text=body")

    def column(self, name: str) -> str:
        """The name that our field `name` has in the input."""
        return self.fields.get(name, name)


def _check_codec(name: str) -> None:
    """Refuse what is no text encoding of Python's: an unknown name, or a codec like base64."""
    try:
        "".encode(name)
    except (LookupError, ValueError):
        known = ", ".join(OLD_ENCODINGS)
        raise UsageError(f"unknown encoding {name!r}; use {known} or a name that Python knows") from None


@dataclass(frozen=True, slots=True)
class InputUnit:
    """One file, URL or stdin (``-``): what a batch assigns, hashes and resumes by. `size` in bytes, None if unknown."""

    uri: str
    size: int | None = None


def is_url(name: str) -> bool:
    """Whether `name` is for fsspec: ``s3://…``, ``https://…``, ``memory://…``."""
    return "://" in name
