"""The readings of one place of an article, in words."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.article import Article
from extractor.document import Document
from extractor.pipeline import Extractor
from extractor.span import Span
from extractor.trace import Trace

CONTEXT = 40


def explain(extractor: Extractor, article: Article, offset: int, *, in_title: bool = False) -> Iterator[str]:
    """Lines that tell what was tried around the offset (of text or title as given), in the order of the stages."""
    trace = Trace()
    document = extractor.analyse(article, trace)
    place = _in_view(document, offset, in_title=in_title)
    text = document.view.text
    yield f"…{text[max(0, place - CONTEXT) : place]}▸{text[place : place + CONTEXT]}…".replace("\n", "⏎")
    told = False
    for event in trace.events:
        if event.span.start <= place < event.span.end:
            _, span = document.view.locate(event.span)
            yield f"  {event.outcome:8} [{span.start},{span.end}) {event.span.of(text)!r}  {event.rule}  {event.why}"
            told = True
    for index, quantity in enumerate(document.quantities):
        if quantity.start <= place < quantity.end:
            yield from _figure(document, index)
            told = True
    for use in document.abbreviations:
        if use.start <= place < use.end:
            long = use.long or " / ".join(use.candidates)
            yield f"  abbreviation {use.short}: {long} ({use.origin}; {', '.join(use.found_by)})"
            told = True
    if not told:
        yield "  nothing was tried here: no number, no date, no abbreviation"
        yield from _nearest(document, place)


def _nearest(document: Document, place: int) -> Iterator[str]:
    """Where to look instead."""
    if document.quantities:
        quantity = min(document.quantities, key=lambda q: (min(abs(q.start - place), abs(q.end - place)), q.start))
        field, span = document.view.locate(Span(quantity.start, quantity.end))
        yield f"  the nearest figure is at {span.start} of the {field}: {Span(quantity.start, quantity.end).of(document.view.text)!r}"


def _in_view(document: Document, offset: int, *, in_title: bool) -> int:
    """The view's position of an offset into text or title: the character whose source holds it."""
    view = document.view
    low, high = (0, view.title_end - 1) if in_title else (view.text_start, len(view.text) - 1)
    while low < high:
        middle = (low + high) // 2
        if view.locate(Span(middle, middle + 1))[1].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def _figure(document: Document, index: int) -> Iterator[str]:
    quantity = document.quantities[index]
    text = document.view.text
    value = quantity.value if quantity.value is not None else f"{quantity.low} to {quantity.high}"
    entity = quantity.entity.of(text) if quantity.entity else None
    yield (
        f"  figure f{index + 1}: {value} {quantity.unit or ''} · {quantity.kind} · {quantity.modifier} · "
        f"counts {entity!r}"
    )
    yield f"    found by {', '.join(quantity.found_by)}"
    if quantity.other is not None:
        other = quantity.other
        reading = other.value if other.value is not None else f"{other.low} to {other.high}"
        yield f"    reading not taken: {reading} ({other.why})"
