"""A page's tree made fit for the extraction of main text: what is text to the reader becomes paragraphs."""

from __future__ import annotations

import re

from lxml import etree, html

from extractor.read.markup import BLOCKS, UNSEEN

_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_FORMATTING = ("b", "i", "u", "strong", "em", "font", "span", "small", "big", "sup", "sub", "o:p")
_HOLDS_LINES = ("div", "center", "body", "article", "section", "main", "blockquote")
_CAPTION = re.compile(r"(?i)caption|sapo|chu_?-?thich|photo|image")
_LONG_TEXT, _NEARLY_ALL = 60, 0.85  # characters; the share of a page's long texts that makes a cell its column
_LONG_CELL = 200  # characters: a cell with more holds a text and not a datum
_RAISED = {"sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}


def prepare(tree: html.HtmlElement) -> html.HtmlElement:
    """Make the tree fit for the extraction of main text, in place; gives the part of it that holds the article.

    What nobody sees is dropped; captions are kept as paragraphs; tables made for layout become blocks, and loose texts
    paragraphs: pages of the 2000s hold their articles in such, and newer ones teasers, which would all be lost.
    """
    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    column = _column(tree)
    layout = {table for table in tree.iter("table") if _is_layout(table)}
    for part in [part for part in tree.iter(*_TABLE_PARTS) if _table_of(part) in layout]:
        part.tag = "div"
    for element in tree.iter("figcaption", "figure"):
        element.tag = "p" if element.tag == "figcaption" else "div"
        element.attrib.clear()
    for element in tree.xpath("//*[@class or @id]"):
        if _CAPTION.search(f"{element.get('class')} {element.get('id')}"):
            element.attrib.clear()  # by their names captions would be thrown out
    for line_break in list(tree.iter("br")):
        parent = line_break.getparent()
        parent.tag = "div" if parent.tag in _FORMATTING else parent.tag
    _raise_digits(tree)
    etree.strip_tags(tree, *_FORMATTING)
    for element in list(tree.iter(*_HOLDS_LINES)):
        if _has_loose_text(element):
            _into_paragraphs(element)
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


def _raise_digits(tree: html.HtmlElement) -> None:
    """Write small digits as such, in place: 30 m² is not 30 m2, and a note's mark no part of the number before it."""
    for element in tree.iter("sup", "sub"):
        if element.text and element.text.strip().isdecimal():
            element.text = element.text.strip().translate(_RAISED[element.tag])


def _has_loose_text(element: html.HtmlElement) -> bool:
    """Whether a block holds text that stands in no paragraph."""
    return _is_text(element.text) or any(child.tag == "br" or _is_text(child.tail) for child in element)


def _is_text(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""


def _into_paragraphs(parent: html.HtmlElement) -> None:
    """Put the loose texts of a block into paragraphs, in place; line breaks and blocks part them."""
    children = list(parent)
    line = etree.Element("p")
    line.text, parent.text = parent.text, None
    lines = [line]
    for child in children:
        parent.remove(child)
        if child.tag == "br" or child.tag in BLOCKS:
            line = etree.Element("p")
            line.text, child.tail = child.tail, None
            lines += [line] if child.tag == "br" else [child, line]
        else:
            line.append(child)
    for line in lines:
        if line.tag != "p" or _has_loose_text(line):
            parent.append(line)
        else:  # links or pictures alone are no paragraph
            parent.extend(list(line))
