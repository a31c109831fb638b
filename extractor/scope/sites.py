"""Which place a figure belongs to: named in its sentence, told by its body's name, the paragraph's, or the article's own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.document import Quantity
from extractor.scope.places import PlaceFinder, PlaceMention
from extractor.scope.sentence import Passage, around
from extractor.scope.state import Site
from extractor.span import Span

LEAD = 900
"""Letters from the start of the text in which the article's own place is named, if at all."""
AFTER = 110
NOWHERE = Site(None, "place.country")


class SiteChooser:
    """The places of one article."""

    def __init__(
        self, text: str, finder: PlaceFinder, mentions: Sequence[PlaceMention], bodies: Sequence[Span], lead: int
    ) -> None:
        self._text, self._finder, self._mentions, self._words = text, finder, mentions, finder.words
        self._known: dict[tuple[int, int], Site] = {}
        self._starts = [m.start for m in mentions]
        self._bodies = bodies
        self._body_starts = [b.start for b in bodies]
        self.main = self._main(lead)

    def own(self) -> Site | None:
        """The article's own place."""
        return self._site(self.main) if self.main else None

    def explicit(self, lower: str, passage: Passage, figure: Quantity) -> Site | None:
        """A place named before the figure in its sentence, else after it where it goes with the figure's clause."""
        if not passage.places:
            return None
        near = around(passage.places, figure.number.start)
        named = [m for m in near if m.role != "reference" and not self._in_body(m)]
        before = [m for m in named if m.end <= figure.number.start]
        if before:
            return self._site(before[-1])
        for mention in named:
            if mention.start >= figure.number.end:
                if mention.start - figure.number.end > AFTER:
                    return None
                between = lower[figure.number.end : mention.start]
                goes_on = mention.locative or (mention.role == "typed" and between.rstrip().endswith(","))
                if ";" in between or ":" in between or not goes_on or self._new_clause(between):
                    return None
                return self._site(mention)
        return None

    def of_body(self, span: Span, *, bare_district: bool = False) -> Site | None:
        """The place that a body's name tells: its own, or the one that its word for a unit refers to."""
        low = bisect_left(self._starts, span.start)
        inside = [m for m in self._mentions[low : bisect_left(self._starts, span.end)] if m.end <= span.end]
        for mention in reversed(inside):
            if mention.role == "typed" or (mention.role == "bare" and (mention.level == "province" or bare_district)):
                return self._site(mention)
        many = self._text[span.start : span.end].lower().startswith(f"{self._words.many} ")
        reference = next((m for m in inside if m.role == "reference"), None)
        return self.referred(reference) if reference and not many else None

    def referred(self, mention: PlaceMention) -> Site | None:
        """The unit that ``tỉnh`` or ``huyện`` without a name stands for: the article's own, else the last of that level."""
        if self.main and self.main.level in mention.levels:
            return self._site(self.main)
        low = bisect_left(self._starts, mention.start)
        for other in reversed(self._mentions[max(0, low - 40) : low]):
            if other.role == "typed" and other.level in mention.levels and not other.several:
                return self._site(other)
        return self.own()

    def paragraph(self, passage: Passage, before: Site | None) -> Site | None:
        """The paragraph's place after a sentence: the last that it names, or nothing more than the article's own."""
        site = before
        for mention in passage.places:
            if mention.role != "reference" and self._in_body(mention):
                continue
            if mention.role == "reference":
                site = self.referred(mention) if mention.level != "commune" else site
            elif mention.role == "country":
                site = NOWHERE
            elif not _minor(mention):
                site = self._site(mention)
        return site

    def _site(self, mention: PlaceMention) -> Site:
        if mention.role == "country":
            return NOWHERE
        site = self._known.get((mention.start, mention.end))
        if site is None:
            written = self._written(mention)
            text = self._text[written.start : written.end]
            site = self._known[mention.start, mention.end] = Site(self._finder.place(mention, text), mention.rule)
        return site

    def _written(self, mention: PlaceMention) -> PlaceMention:
        """The article's own place is told by its fullest form: tỉnh Hải Dương for the Hải Dương: of the title."""
        main = self.main
        if main and mention.role == "bare" and mention.units and set(mention.units) == set(main.units):
            return main
        return mention

    def _new_clause(self, between: str) -> bool:
        return any(f" {words}" in between for words in self._words.clauses)

    def _in_body(self, mention: PlaceMention) -> bool:
        place = bisect_left(self._body_starts, mention.start + 1) - 1
        return place >= 0 and self._bodies[place].end >= mention.end

    def _only_called(self, mention: PlaceMention) -> bool:
        """Whether a district is only part of a body's name (CĐ Cao su Dầu Tiếng), not where the body is."""
        return (
            mention.role == "bare" and mention.level == "district" and not mention.locative and self._in_body(mention)
        )

    def _national(self, lead: int) -> bool:
        """Whether the first body of the text proper is the whole country's."""
        first = next((b for b in self._bodies if b.start >= lead), None)
        return first is not None and self._finder.national(first.of(self._text))

    def _main(self, lead: int) -> PlaceMention | None:
        named = [m for m in self._mentions if m.role in ("typed", "bare") and m.level != "village" and not m.several]
        early = [m for m in named if m.start <= lead + LEAD and m.units and not self._only_called(m)]
        first = next((m for m in early if m.start < lead and self._text[m.end : m.end + 1] == ":"), None)
        country = next((m for m in self._mentions if m.role == "country"), None)
        if first is None and self._national(lead):
            return None
        if first is None and country and country.start <= min((m.start for m in early), default=len(self._text)):
            return None
        first = first or next(
            (m for m in early if self._in_body(m) and (m.role == "typed" or m.level == "province")), None
        )
        first = first or next(iter(early), None)
        if first is None:
            return None
        same = [m for m in named if set(m.units) & set(first.units) and m.level == first.level]
        typed = [m for m in same if m.role == "typed"]
        plain = [m for m in same if not self._text[m.start : m.end].isupper()]
        return (typed or plain or [first])[0]


def _minor(mention: PlaceMention) -> bool:
    """A village or a row of places holds for its own figure only."""
    return mention.several or mention.level == "village"
