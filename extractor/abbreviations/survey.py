"""What short forms a number of articles hold: the known ones with how they are known, and those the lexicon lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.span import Span

if TYPE_CHECKING:
    from extractor.abbreviations.finder import AbbreviationFinder
    from extractor.document import Abbreviation, View

_PLACES = 3
_BESIDE = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a short form stands: the article, the field and the span in it, and the words around."""

    article: str
    field: str
    span: Span
    context: str

    def __str__(self) -> str:
        part = "" if self.field == "text" else f"{self.field} "
        return f"{self.article}: {part}{self.span.start}-{self.span.end}"


@dataclass(slots=True)
class Row:
    """One short form with one long form: how it is known, how often it stands where, and its first places."""

    short: str
    long: str | None
    origin: str
    candidates: tuple[str, ...] = ()
    count: int = 0
    articles: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        """Count one more use."""
        self.count += 1
        self.articles.add(place.article)
        if len(self.places) < _PLACES:
            self.places.append(place)


class Survey:
    """Counts short forms over articles; rows come out by frequency, then by the short form."""

    def __init__(self, finder: AbbreviationFinder) -> None:
        self._finder = finder
        self._known: dict[tuple[str, str | None, str], Row] = {}
        self._unknown: dict[str, Row] = {}

    def add(self, article: str, view: View) -> None:
        """Count the short forms of one article."""
        uses = self._finder.find(view.text, view.lower)
        for use in uses:
            row = self._row(use)
            row.add(_place(article, view, Span(use.start, use.end)))
        for short, span in self._finder.unknown(view.text, uses):
            self._unknown.setdefault(short, Row(short, None, "unknown")).add(_place(article, view, span))

    def known(self) -> list[Row]:
        """The short forms that were expanded or found ambiguous."""
        return _sorted(self._known.values().__iter__())

    def unknown(self) -> list[Row]:
        """What looks like a short form and is neither defined in its article nor in the lexicon."""
        return _sorted(self._unknown.values().__iter__())

    def _row(self, use: Abbreviation) -> Row:
        key = (use.short, use.long, use.origin)
        return self._known.setdefault(key, Row(use.short, use.long, use.origin, use.candidates))


def as_toml(rows: list[Row]) -> str:
    """Unknown short forms as entries of a lexicon file, to be completed with their long forms."""
    parts = ["# Write each long form; delete what is no abbreviation.\n"]
    for row in rows:
        context = row.places[0].context.replace("\\", "\\\\").replace('"', "'")
        parts.append(f'\n[[entry]]\nshort = "{row.short}"    # {row.count} ×\nlong = ""\nexample = "{context}"\n')
    return "".join(parts)


def _place(article: str, view: View, span: Span) -> Place:
    name, source = view.locate(span)
    around = view.text[max(0, span.start - _BESIDE) : span.end + _BESIDE]
    return Place(article, name, source, " ".join("".join(c for c in around if c.isprintable() or c.isspace()).split()))


def _sorted(rows: Iterator[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.count, row.short, row.long or ""))
