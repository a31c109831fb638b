"""An HTML page → the content of its article: main text by trafilatura, title, day and author by `metadata`."""

from __future__ import annotations

import copy
import logging
import re

from lxml import html

from extractor.read.build import Content, Raw
from extractor.read.layout import prepare
from extractor.read.markup import parse
from extractor.read.metadata import metadata
from extractor.read.notes import note

_UNHEARD = logging.NullHandler()  # or the library's remarks on pages without text would go to stderr
_RULE = re.compile(r"^[|\s:-]*$")
_HEADER_LINES, _SHORT = 12, 60  # lines above a title, and their characters, that are a page's header at the most
_MANY_ELEMENTS = 10_000  # from here on no second opinions: the time they take grows with the square
_FEWEST_WORDS = 5  # a page whose longest line has fewer is a menu and no article


def content_of_page(source: str, raw: Raw) -> Content:
    """The content of the article on a page. Raises `ReadError` if there is none."""
    page = parse(source, raw.encoding)
    warnings = list(page.warnings)
    if page.tree is None:
        return Content(_checked(page.text, raw), warnings=tuple(warnings))
    described = copy.deepcopy(page.tree)
    text = _checked(main_text(prepare(page.tree)), raw)
    found = metadata(described, text)
    text = from_title(text, found.title)
    if found.clock is not None:
        warnings.append(note("clock", value=repr(found.clock)))
    return Content(
        text,
        title=found.title,
        byline=found.byline,
        published=found.published,
        url=found.url,
        warnings=tuple(warnings),
    )


def from_title(text: str, title: str | None) -> str:
    """The text without the few short lines of the page's header that may stand above the title in it."""
    lines = text.split("\n", _HEADER_LINES + 1)
    if title not in lines[: _HEADER_LINES + 1] or any(len(line) > _SHORT for line in lines[: lines.index(title)]):
        return text
    return "\n".join(lines[lines.index(title) :])


def main_text(tree: html.HtmlElement) -> str:
    """The main text of a prepared page, a line a paragraph; empty if there is none.

    The extraction leans to recall, for what it leaves out is lost to the analyst, while menu words that stay in are
    marked as boilerplate later on. Its duplicate filter is off: it remembers the pages seen before.
    """
    logging.getLogger("trafilatura").addHandler(_UNHEARD)
    from trafilatura import bare_extraction, baseline  # noqa: PLC0415 (half a second that only pages pay)

    document = html.document_fromstring("<html><body></body></html>")
    body = copy.deepcopy(tree)
    body.tail = None
    if tree.tag == "html":
        document = body
    else:
        document.body.append(body)
    try:
        found = bare_extraction(
            document,
            fast=sum(1 for _ in document.iter()) > _MANY_ELEMENTS,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
        text = getattr(found, "text", None) or baseline(copy.deepcopy(document))[1]
    except RecursionError:
        text = tree.text_content()
    return "\n".join(line for line in (_line(line) for line in text.split("\n")) if line)


def _line(line: str) -> str:
    """A line with its white space folded; the rule under a table's head is none."""
    return "" if _RULE.match(line) else " ".join(line.split())


def _checked(text: str, raw: Raw) -> str:
    if max((len(line.split()) for line in text.split("\n")), default=0) < _FEWEST_WORDS:
        remedy = "Leave the page out, or save its text as a text file."
        raise raw.error("no article found in the page", stage="html", remedy=remedy)
    return text
