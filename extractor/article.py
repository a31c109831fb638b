"""The article as read: the decoded text that every offset refers to, and what is known of its origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from. `sha256` is of the raw bytes of the article (its line, for JSON Lines).

    `line` is the one-based line, item, row or record inside `uri`; None where the file is one article.
    """

    uri: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    sha256: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is never changed by any stage; `title` is set only where it came apart from it."""

    text: str
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    source: Source = field(default_factory=Source)
    warnings: tuple[str, ...] = ()
