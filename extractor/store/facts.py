"""A figure as the store holds it, ready to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.model import to_json_number


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its article and its keys (see `extractor.store.keys.KEYS`); amounts are decimal text."""

    article: str
    article_no: int
    uri: str | None
    url: str | None
    title: str | None
    published: date | None
    id: str
    kind: str
    text: str
    modifier: str
    unit: str | None
    unit_code: str | None
    entity_expanded: str | None
    organization_expanded: str | None
    place: str | None
    period: str | None
    period_from: date | None
    period_to: date | None
    status: str
    evidence: str | None
    number: str
    amount: str | None
    amount_low: str | None
    amount_high: str | None
    head: str | None
    qualifiers: str
    holder: str | None
    holder_sort: str | None
    area: str | None
    era: str
    action: str | None
    single: bool

    @property
    def value(self) -> Decimal | None:
        """The exact value; None for a range."""
        return exact(self.amount)

    @property
    def said(self) -> str:
        """The figure as written, in one line."""
        return " ".join(self.text.split())

    @property
    def sentence(self) -> str | None:
        """The sentence, in one line; None where the record has no text."""
        return None if self.evidence is None else " ".join(self.evidence.split())

    @property
    def source(self) -> str:
        """The article, for people: its id and day."""
        return self.article if self.published is None else f"{self.article}, {self.published:%d/%m/%Y}"

    def as_json(self) -> dict[str, Any]:
        """The figure as one side of a comparison, JSON-ready."""
        return {
            "article": self.article,
            "figure": self.id,
            "sentence": self.sentence,
            "text": self.said,
            **{name: _number(text) for name, text in self._amounts()},
            "modifier": self.modifier,
            "unit": self.unit,
            "entity": self.entity_expanded,
            "organization": self.organization_expanded,
            "place": self.place,
            "period": _period(self),
            "title": self.title,
            "uri": self.uri,
            "url": self.url,
            "published": None if self.published is None else self.published.isoformat(),
        }

    def _amounts(self) -> tuple[tuple[str, str | None], ...]:
        return (("value", self.amount), ("low", self.amount_low), ("high", self.amount_high))


COLUMNS = tuple(field.name for field in fields(Fact))
"""The columns of the table of figures that make a fact, in the order of its fields."""


def select(table: str) -> str:
    """The columns of a fact out of a table, as SQL."""
    return ", ".join(f'{table}."{name}"' for name in COLUMNS)


def fact(row: Sequence[Any]) -> Fact:
    """The fact of a row that `select` gave."""
    return Fact(*row)


def exact(text: str | None) -> Decimal | None:
    """The exact number of a decimal text."""
    return None if text is None else Decimal(text)


def _number(text: str | None) -> int | float | None:
    return None if text is None else to_json_number(Decimal(text))


def _period(fact: Fact) -> dict[str, str | None] | None:
    if fact.period is None:
        return None
    first, last = (None if day is None else day.isoformat() for day in (fact.period_from, fact.period_to))
    return {"text": fact.period, "from": first, "to": last}
