"""HTML source → a tree: scripts and server code left out, encoding accidents undone.

Nothing in a page is executed and nothing it names is fetched.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from lxml import etree, html

from extractor.read.legacy import TCVN3
from extractor.read.notes import note
from extractor.read.repair import UTF8, Repair, judge

_SERVER_CODE = re.compile(r"<\?(?:php|=).*?(?:\?>|\Z)", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b(?![^>]*ld\+json).*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CAPITALS_FONT = re.compile(r"(?i)\.vn[\w ]{0,30}h\b")  # .VnTimeH, .VnArialH: TCVN3 fonts that show capitals
UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea")
BLOCKS = frozenset(
    """address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table tbody td tfoot th thead title tr ul""".split()  # noqa: SIM905 (reads better)
)
_MOST_ELEMENTS = 100_000  # larger trees take the extraction of main text more than seconds


class Page(NamedTuple):
    """A page as a tree, or as bare text where its markup cannot be held as one; and what there is to tell."""

    tree: html.HtmlElement | None
    text: str
    warnings: tuple[str, ...]


def parse(source: str, encoding: str) -> Page:
    """Parse a page's source, which was decoded from `encoding`."""
    warnings: list[str] = []
    source = _without_server_code(source, warnings)
    tree = _tree(source)
    if tree is None:
        return Page(None, bare_text(source), (*warnings, note("nested-too-deeply")))
    repair = judge(_visible(tree))
    if UTF8 in repair.steps:  # the whole source carries the accident, and is the better evidence
        source, tree = _reread(source, tree)
        warnings.append(note("repaired", encoding=UTF8))
        repair = judge(_visible(tree))
    if repair.steps:
        _repair(tree, repair)
        warnings.append(note("repaired", encoding=", ".join(repair.steps)))
    if TCVN3 in (encoding, *repair.steps):
        _capitals(tree)
    return Page(tree, "", tuple(warnings))


def _without_server_code(source: str, warnings: list[str]) -> str:
    source = _SCRIPT.sub(" ", _DECLARATION.sub("", source).replace("\0", "\ufffd"))
    if "<?" not in source:
        return source
    source, count = _SERVER_CODE.subn("", source)
    if count:
        warnings.append(note("server-code", count=count))
    return source


def _tree(source: str) -> html.HtmlElement | None:
    """The tree; None where the parser leaves out a part (nested too deeply, a text too long), or it is too large."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring("<html><body></body></html>")
    cut = any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log)
    return None if cut or sum(1 for _ in tree.iter()) > _MOST_ELEMENTS else tree


def _reread(source: str, tree: html.HtmlElement) -> tuple[str, html.HtmlElement]:
    source = Repair((UTF8,)).apply(source)
    again = _tree(source)
    return source, tree if again is None else again


def _visible(tree: html.HtmlElement) -> str:
    """The text of the page with a line for each piece."""
    return "\n".join(
        text for text in tree.xpath("//text()[not(parent::script or parent::style)]") if not text.isspace()
    )


def _repair(tree: html.HtmlElement, repair: Repair) -> None:
    """Turn back the texts of the tree, and the contents of its meta elements, in place."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text:
            element.text = repair.apply(element.text)
        if element.tail:
            element.tail = repair.apply(element.tail)
        if element.tag == "meta" and element.get("content"):
            element.set("content", repair.apply(element.get("content")))


def _capitals(tree: html.HtmlElement) -> None:
    """Write in capitals, in place, what TCVN3 fonts of capitals showed as such."""
    for element in tree.xpath("//*[@face or @style]"):
        if _CAPITALS_FONT.search(element.get("face") or element.get("style")):
            for inner in element.iter():
                inner.text = inner.text and inner.text.upper()
                if inner is not element:
                    inner.tail = inner.tail and inner.tail.upper()


def bare_text(source: str) -> str:
    """All text of a page, a line a block; by a parser that keeps no tree, for markup that no tree holds."""
    reader = _BareText()
    reader.feed(source)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _BareText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's signature)
        self._unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
