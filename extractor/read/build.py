"""Fields → Article: checks the fields of one object or page, cleans what no text may hold, gives it an id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from extractor.article import Article, Source
from extractor.errors import ReadError
from extractor.read.dates import parse_day
from extractor.read.notes import note
from extractor.read.repair import judge

if TYPE_CHECKING:
    from extractor.read.options import ReadOptions

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Raw:
    """One article as it lies in its input: its bytes, where they stand, and what decoding them had to tell."""

    data: bytes
    uri: str
    media_type: str
    line: int | None = None
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()

    def source(self) -> Source:
        """Where the article came from, with the hash of its bytes."""
        return Source(self.uri, self.media_type, self.encoding, hashlib.sha256(self.data).hexdigest(), self.line)

    def error(self, message: str, *, stage: str, remedy: str, article_id: str | None = None) -> ReadError:
        """An error about this article."""
        return ReadError(message, uri=self.uri, line=self.line, stage=stage, remedy=remedy, article_id=article_id)


@dataclass(frozen=True, slots=True)
class Content:
    """What an input says of an article, as text, before the checks that all inputs share."""

    text: str
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    warnings: tuple[str, ...] = ()


def article(content: Content, raw: Raw) -> Article:
    """The article: no lone surrogates, an id, a title only where it came apart from the text.

    Raises `ReadError` if there is no text.
    """
    if not content.text or content.text.isspace():
        remedy = "Leave it out, or check what made the file."
        raise raw.error("the article is empty", stage="parse", remedy=remedy, article_id=content.id)
    warnings = [*raw.warnings, *content.warnings]
    content = _repaired(content, warnings)
    text = _without_surrogates(content.text, warnings)
    if nuls := text.count("\0"):
        warnings.append(note("nul", count=nuls))
    title, byline = (_one_line(value) for value in (content.title, content.byline))
    return Article(
        text=text,
        id=_one_line(content.id) or hashlib.sha256(text.encode()).hexdigest()[:16],
        title=None if title is None or _begins_with(text, title) else title,
        byline=byline,
        published=content.published,
        url=_one_line(content.url),
        source=raw.source(),
        warnings=tuple(warnings),
    )


def _repaired(content: Content, warnings: list[str]) -> Content:
    """The content with its texts decoded anew where somebody decoded them wrongly; title and byline help to tell."""
    repair = judge("\n".join(filter(None, (content.title, content.byline, content.text))))
    if not repair.steps:
        return content
    warnings.append(note("repaired", encoding=", ".join(repair.steps)))
    title, byline = (value and repair.apply(value) for value in (content.title, content.byline))
    return replace(content, text=repair.apply(content.text), title=title, byline=byline)


def content_of(fields: Mapping[str, object], raw: Raw, options: ReadOptions) -> tuple[Content, bool]:
    """The content of a JSON object or table row, and whether its text is still HTML. Raises `ReadError`."""
    warnings: list[str] = []
    given = {name: _field(fields, options.column(name)) for name in ("text", "html", "id", "published")}
    article_id = _id(given["id"], warnings)
    kind = next((kind for kind in ("text", "html") if _has_text(given[kind])), None)
    if kind is None:
        names = f"{options.column('text')!r} or {options.column('html')!r}"
        remedy = "Name the field that holds the text, as in --field text=body."
        raise raw.error(f"the object has no text in {names}", stage="parse", remedy=remedy, article_id=article_id)
    title, byline, url = (_string(fields, options.column(name), warnings) for name in ("title", "byline", "url"))
    published = _published(given["published"], warnings)
    text = str(given[kind])
    return Content(text, article_id, title, byline, published, url, tuple(warnings)), kind == "html"


def _field(fields: Mapping[str, object], name: str) -> object:
    """The value of `name`; where no key has that name, its dots reach into nested objects."""
    if name in fields or "." not in name:
        return fields.get(name)
    value: object = fields
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _has_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not value.isspace()


def _string(fields: Mapping[str, object], name: str, warnings: list[str]) -> str | None:
    value = _field(fields, name)
    if value is None or isinstance(value, str):
        return value
    warnings.append(note("field-ignored", field=name))
    return None


def _id(value: object, warnings: list[str]) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    warnings.append(note("derived-id"))
    return None


def _published(value: object, warnings: list[str]) -> date | None:
    if value is None or value == "":
        return None
    day = value if type(value) is date else parse_day(str(value))
    if day is None:
        warnings.append(note("published-unreadable", value=repr(value)[:60]))
    return day


def _without_surrogates(text: str, warnings: list[str]) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        text, count = _SURROGATE.subn("\ufffd", text)
        warnings.append(note("lone-surrogates", count=count))
    return text


def _one_line(value: str | None) -> str | None:
    """A short field with its white space folded and broken characters replaced; None if nothing is left."""
    if value is None:
        return None
    return " ".join(_SURROGATE.sub("\ufffd", value).split()) or None


def _begins_with(text: str, title: str) -> bool:
    """Whether the text opens with the title, white space aside."""
    return " ".join(text[: 4 * len(title) + 100].split()).startswith(title)
