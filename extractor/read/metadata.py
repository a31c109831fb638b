"""Title, day and author of a page: stated by it, else read between its heading and its text.

A date above the heading is a clock in the banner, which shows the day of the visit.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from lxml import html

from extractor.read.dates import find_day, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
)
_PIECE = 120  # characters: a longer piece of text is no heading, and a date in it is no date of the page
_OPENING = 40  # characters of the main text that find its place in the page
_SITE_NAME = 4  # words
_ENDS = (".", "!", "?", ":", "…", "”", '"', ";")
_TITLE_CLASS = re.compile(r"(?i)title|headline|tieu_?-?de")
_HEADINGS = ("h1", "h2", "h3", "h4")


class Metadata(NamedTuple):
    """What a page tells about its article. `clock` is a date seen above the heading, as the page writes it."""

    title: str | None = None
    published: date | None = None
    byline: str | None = None
    url: str | None = None
    clock: str | None = None


class _Piece(NamedTuple):
    """A text between two tags, white space folded, and the name of the innermost block it stands in."""

    text: str
    tag: str
    element: html.HtmlElement


def metadata(tree: html.HtmlElement, main: str) -> Metadata:
    """The metadata of the page whose main text is `main`."""
    linked = _linked_data(tree)
    metas = _metas(tree)
    pieces = list(_pieces(tree))
    opening = _opening(pieces, main)
    stated_title = _text(linked.get("headline")) or metas.get("og:title")
    heading = _heading(pieces, opening, stated_title or _title_element(tree))
    title = stated_title or (pieces[heading].text if heading is not None else _long(_title_element(tree)))
    published = _stated_day(linked, metas) or _time_element(tree, pieces, heading, opening)
    above, between = _dates_around(pieces, heading, opening)
    published = published or (between[0][1] if between else None)
    clock = next((text for text, day in above if day != published), None)
    return Metadata(title, published, _author(linked, metas, tree), _url(tree, metas), clock)


def _linked_data(tree: html.HtmlElement) -> Mapping[str, object]:
    """The JSON-LD object that describes the article, empty if there is none."""
    found: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found += _articles(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    ranked = sorted(found, key=lambda item: "datePublished" not in item)
    return ranked[0] if ranked else {}


def _articles(value: object) -> Iterator[Mapping[str, object]]:
    waiting = deque([value])
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            types = item.get("@type")
            if any(name in _ARTICLE_TYPES for name in (types if isinstance(types, list) else [types])):
                yield item
            waiting.extend((item.get("@graph"), item.get("mainEntity")))


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """The meta elements by name, in small letters; the first of each."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _pieces(tree: html.HtmlElement) -> Iterator[_Piece]:
    """The texts of the body in the order of the page; headings and links as a whole."""
    body = tree.find("body")
    whole: html.HtmlElement | None = None
    for event, element in html.etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if event == "start" and whole is None:
            if element.tag in _HEADINGS:
                whole = element
                text = " ".join(element.text_content().split())
            else:
                text = " ".join((element.text or "").split())
            if text and isinstance(element.tag, str) and element.tag not in ("script", "style"):
                yield _Piece(text, element.tag, element)
        elif event == "end":
            whole = None if whole is element else whole
            if whole is None and element.tail and not element.tail.isspace() and element is not body:
                yield _Piece(" ".join(element.tail.split()), str(element.getparent().tag), element.getparent())


def _opening(pieces: list[_Piece], main: str) -> int:
    """Where among the pieces the main text begins; after the last if it is not found."""
    lines = [line for line in main.split("\n") if len(line) >= _OPENING]
    sentences = [line for line in lines if line.endswith(_ENDS) or len(line) > _PIECE]
    lines = sentences or lines
    starts = {line[:_OPENING] for line in lines[:3]}
    for at, piece in enumerate(pieces):
        if piece.text[:_OPENING] in starts and piece.tag not in _HEADINGS:
            return at
    return len(pieces)


def _heading(pieces: list[_Piece], opening: int, title: str | None) -> int | None:
    """The heading of the text that begins at `opening`: what says the title, else the nearest heading before it."""
    before = range(min(opening, len(pieces)) - 1, -1, -1)
    if title is not None:
        for at in before:
            if len(pieces[at].text) > 15 and title.startswith(pieces[at].text):  # noqa: PLR2004 (shorter is a menu word)
                return at
    if opening == len(pieces):
        before = range(len(pieces) - 1, -1, -1)
    headings = [at for at in before if pieces[at].tag in _HEADINGS and len(pieces[at].text) > 1]
    return next(iter(headings or [at for at in before if _stands_out(pieces[at])]), None)


def _stands_out(piece: _Piece) -> bool:
    """Whether a piece looks like the heading of a page that uses no heading elements: bold, large, or called a title."""
    if len(piece.text.split()) <= _SITE_NAME or len(piece.text) > _PIECE + _OPENING or piece.text.endswith("."):
        return False
    around = [piece.element, *itertools.islice(piece.element.iterancestors(), 2)]
    if any(element.tag == "a" for element in around) or find_day(piece.text):
        return False
    return any(element.tag in ("b", "strong") or _TITLE_CLASS.search(element.get("class") or "") for element in around)


def _title_element(tree: html.HtmlElement) -> str | None:
    """The page's title element without the name of the site that follows a bar."""
    found = tree.find(".//title")
    text = " ".join(found.text_content().split()) if found is not None else ""
    return re.split(r"\s[|»]\s", text)[0] or None


def _long(title: str | None) -> str | None:
    """The title, if it is long enough to be more than the name of a site."""
    return title if title is not None and len(title.split()) > _SITE_NAME else None


def _stated_day(linked: Mapping[str, object], metas: Mapping[str, str]) -> date | None:
    stated = [_text(linked.get("datePublished")), *(metas.get(name) for name in _PUBLISHED)]
    return next((day for text in stated if text and (day := parse_day(text))), None)


def _time_element(tree: html.HtmlElement, pieces: list[_Piece], heading: int | None, opening: int) -> date | None:
    """The day of a time element inside an article element or between heading and text."""
    near = {piece.element for piece in pieces[heading:opening]} if heading is not None else set()
    for element in tree.iter("time"):
        if element in near or any(True for _ in element.iterancestors("article")):
            text = element.get("datetime") or element.text_content()
            if day := parse_day(text) or find_day(text):
                return day
    return None


def _dates_around(pieces: list[_Piece], heading: int | None, opening: int) -> tuple[list[tuple[str, date]], ...]:
    """The dates above the heading, and those between it and the text; each as written, with its day."""
    if heading is None:
        return _dates(pieces[:opening]) if opening < len(pieces) else [], []
    return _dates(pieces[:heading]), _dates(pieces[heading + 1 : opening])


def _dates(pieces: list[_Piece]) -> list[tuple[str, date]]:
    short = (piece.text for piece in pieces if len(piece.text) <= _PIECE and piece.tag != "a")
    return [(text, day) for text in short if (day := find_day(text))]


def _author(linked: Mapping[str, object], metas: Mapping[str, str], tree: html.HtmlElement) -> str | None:
    author = linked.get("author")
    authors = author if isinstance(author, list) else [author]
    names = [_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in authors]
    stated = ", ".join(name for name in names if name) or metas.get("author") or metas.get("article:author")
    if stated is None:
        from trafilatura.metadata import extract_author  # noqa: PLC0415 (loaded with the extraction of main text)

        stated = _text(extract_author(tree))
    return None if stated is None or "://" in stated else stated


def _url(tree: html.HtmlElement, metas: Mapping[str, str]) -> str | None:
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
    url = str(canonical) or metas.get("og:url") or ""
    return url if url.startswith(("http://", "https://")) else None
