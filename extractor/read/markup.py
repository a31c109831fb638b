"""HTML source → a clean tree: encoding accidents undone, server code left out, layout tables turned into blocks.

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
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CAPITALS_FONT = re.compile(r"(?i)\.vn[\w ]*h\b")  # .VnTimeH, .VnArialH: TCVN3 fonts that show capitals
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea")
_BLOCKS = frozenset(
    """address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table tbody td tfoot th thead title tr ul""".split()  # noqa: SIM905 (reads better)
)
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_LONG_TEXT, _NEARLY_ALL = 60, 0.85  # characters; the share of a page's long texts that makes a cell its column
_LONG_CELL = 200  # characters: a cell with more holds a text and not a datum
_INLINE = ("font", "span", "b", "i", "strong", "em")
_HOLDS_LINES = ("div", "center", "body", "article", "section", "main", "blockquote", *_INLINE)


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
    source = _DECLARATION.sub("", source).replace("\0", "\ufffd")
    if "<?" not in source:
        return source
    source, count = _SERVER_CODE.subn("", source)
    if count:
        warnings.append(note("server-code", count=count))
    return source


def _tree(source: str) -> html.HtmlElement | None:
    """The tree, None where the parser would leave out a part: nested too deeply, or a text too long for it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring("<html><body></body></html>")
    if any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
        return None
    return tree


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


def prepare(tree: html.HtmlElement) -> html.HtmlElement:
    """Make the tree fit for the extraction of main text, in place; gives the part of it that holds the article.

    What nobody sees is dropped; captions are kept as paragraphs; tables made for layout become blocks, and texts
    parted by line breaks paragraphs, for pages of the 2000s hold their articles in such, where they would be lost.
    """
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    column = _column(tree)
    layout = {table for table in tree.iter("table") if _is_layout(table)}
    for part in [part for part in tree.iter(*_TABLE_PARTS) if _table_of(part) in layout]:
        part.tag = "div"
    for element in tree.iter("figcaption", "figure"):
        element.tag = "p" if element.tag == "figcaption" else "div"
    for parent in {line_break.getparent(): None for line_break in tree.iter("br")}:
        if parent.tag in _HOLDS_LINES:
            _into_paragraphs(parent)
    return column


def _column(tree: html.HtmlElement) -> html.HtmlElement:
    """The innermost cell with neighbours that holds nearly all long texts: the article's column among those of menus.

    The whole tree if there is no such cell.
    """
    weights: list[int] = [0]
    total = sum(len(text) for text in tree.itertext() if len(text) >= _LONG_TEXT)
    column = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            weights.append(0)
            continue
        weight = weights.pop() + _weight(element.text)
        weights[-1] += weight + _weight(element.tail)
        if column is None and element.tag == "td" and weight > _NEARLY_ALL * total and _has_neighbour(element):
            column = element
    return tree if column is None else column


def _weight(text: str | None) -> int:
    return len(text) if text is not None and len(text) >= _LONG_TEXT else 0


def _has_neighbour(cell: html.HtmlElement) -> bool:
    return any(other is not cell and other.text_content().strip() for other in cell.getparent().iterchildren("td"))


def _table_of(part: html.HtmlElement) -> html.HtmlElement | None:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether a table arranges texts instead of data: it holds another one, a heading or a long cell, or one column."""
    if next(table.iterdescendants("table", "h1", "h2", "article", "ul", "form"), None) is not None:
        return True
    rows = [
        [cell.text_content().strip() for cell in row.iterchildren("td", "th")] for row in table.iterdescendants("tr")
    ]
    if any(len(cell) > _LONG_CELL for row in rows for cell in row):
        return True
    return all(sum(map(bool, row)) < 2 for row in rows)  # noqa: PLR2004 (two columns)


def _into_paragraphs(parent: html.HtmlElement) -> None:
    """Turn an element whose texts are parted by line breaks into a block of paragraphs, in place."""
    parent.tag = "div" if parent.tag in _INLINE else parent.tag
    children = list(parent)
    line = etree.Element("p")
    line.text, parent.text = parent.text, None
    lines = [line]
    for child in children:
        parent.remove(child)
        if child.tag == "br" or child.tag in _BLOCKS:
            line = etree.Element("p")
            line.text, child.tail = child.tail, None
            lines += [line] if child.tag == "br" else [child, line]
        else:
            line.append(child)
    parent.extend(line for line in lines if line.tag != "p" or len(line) or (line.text and not line.text.isspace()))


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
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
