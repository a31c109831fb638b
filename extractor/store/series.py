"""One figure over time: what the articles of a store tell of it, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.abbreviations import expand
from extractor.article import Article
from extractor.errors import UsageError
from extractor.model import to_json_number
from extractor.pipeline import Extractor
from extractor.store.areas import Area, Areas
from extractor.store.database import Store
from extractor.store.facts import Fact, fact, select
from extractor.store.holders import Holders
from extractor.store.reprints import mark_reprints
from extractor.store.values import Values

_TOLD = """
SELECT {columns} FROM figures ANTI JOIN reprints USING (article_no)
WHERE figures.head = $head AND figures.qualifiers = $qualifiers AND figures.comparable AND figures.era <> 'none'
  AND (figures.kind = $kind OR $kind IS NULL AND NOT list_contains($shares, figures.kind)) AND ($holder IS NULL OR figures.holder = $holder)
  AND ($area IS NULL OR figures.area = $area)
ORDER BY figures.period_to, figures.period_from, figures.published NULLS LAST, figures.article, figures.start
"""


@dataclass(frozen=True, slots=True)
class Query:
    """Which figure: what is counted, whose, where. Words may be abbreviated."""

    entity: str
    organization: str | None = None
    place: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One number for one period, with the bounds that its hedge leaves (None: open) and who tells it."""

    first: date
    last: date
    deed: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    told: tuple[Fact, ...]

    def as_json(self) -> dict[str, Any]:
        """The point, JSON-ready."""
        bounds = {"value": self.value, "low": self.low, "high": self.high}
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            **{name: None if number is None else to_json_number(number) for name, number in bounds.items()},
            "action": self.deed or None,
            "sources": [told.as_json() for told in self.told],
        }


class SeriesFinder:
    """Finds series in a store."""

    def __init__(self, store: Store, extractor: Extractor | None = None) -> None:
        self._store = store
        self._extractor = extractor or Extractor.default(store.folders)
        self._gazetteer = store.gazetteer
        self._areas = Areas(store.rules.areas, self._gazetteer)
        self._holders = Holders(store.rules.holders, self._areas)
        self._values = Values()
        self._deeds = {action.id: action.words[0] for action in store.rules.action}

    def find(self, query: Query) -> list[Point]:
        """The points in the order of their periods; equal numbers of one period are one point, reprints tell nothing.

        Raises UsageError for a place or organisation that names none.
        """
        found = self._store.connection
        mark_reprints(found, self._store.rules.reprints)
        rows = found.execute(_TOLD.format(columns=select("figures")), self._keys(query)).fetchall()
        return list(self._points([fact(row) for row in rows]))

    def _keys(self, query: Query) -> dict[str, Any]:
        head, qualifiers = self._store.keys.head(self._expanded(query.entity), query.kind or "", None, None)
        area = None if query.place is None else self._area(query.place)
        holder = None
        if query.organization is not None:
            place = (
                None
                if area is None
                else {"text": area.name, "level": area.level, "current": area.province, "code": None}
            )
            body = self._holders.find({"expanded": self._expanded(query.organization)}, place)
            if body is None:
                raise UsageError(f"{query.organization!r} does not say which one: give its whole name, or --place too")
            holder = body.key
        # A body of a place is told by its holder; the place of its figures may be any within.
        where = area.key() if area is not None and holder is None else None
        shares = sorted(self._store.rules.comparing.by_sentence)
        keys = {"head": head, "qualifiers": qualifiers, "holder": holder, "area": where}
        return {**keys, "kind": query.kind, "shares": shares}

    def _area(self, text: str) -> Area:
        area = self._areas.named_whole(self._expanded(text))
        if area is None:
            raise UsageError(
                f"{text!r} names no one administrative unit: write it like 'tỉnh Long An' or 'huyện Lộc Bình'"
            )
        return area

    def _expanded(self, text: str) -> str:
        document = self._extractor.prepare(Article(text=text))
        return expand(document.view.text, document.abbreviations)

    def _points(self, facts: Sequence[Fact]) -> Iterator[Point]:
        points: dict[tuple[Any, ...], Point] = {}
        for told in facts:
            if told.period_from is None or told.period_to is None:
                continue
            bounds = self._values.interval(told)
            key = (told.period_from, told.period_to, told.action, told.value, bounds)
            if key in points:
                points[key] = replace(points[key], told=(*points[key].told, told))
            else:
                deed = self._deeds.get(told.action or "", "")
                points[key] = Point(
                    told.period_from, told.period_to, deed, told.value, bounds.low, bounds.high, (told,)
                )
        yield from points.values()
