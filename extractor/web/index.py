"""What the browser must know of all articles at once: a table a sort, by columns, every repeated word written once.

The browser filters, sorts and counts on these columns; an article itself is only fetched when it is shown.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from extractor.model import ALARMS, Figure, Record, RecordFinding

SAFE_INTEGER = 2**53
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def text_digest(record: Record) -> str:
    """The SHA-256 of the record's title and text, which decisions about it are tied to."""
    whole = f"{record.title or ''}\0{record.text or ''}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def figure_target(figure: Figure) -> str:
    """What names a figure for good, whatever its id in this run: field and place of its number."""
    return f"figure:{figure.field}:{figure.number.start}-{figure.number.end}"


def finding_target(record: Record, finding: RecordFinding) -> str:
    """What names a finding for good: its check and the places of its figures' numbers, in their order."""
    by_id = {f.id: f for f in record.figures}
    places = [figure_target(by_id[x]).partition(":")[2] for x in finding.figures if x in by_id]
    return f"finding:{finding.check}:{','.join(places)}"


def browser_row(record: Record) -> dict[str, Any]:
    """The record for the browser: nulls and tokens left out, whole numbers too large for it as strings."""
    row = record.as_json()
    row.pop("tokens", None)
    pruned: dict[str, Any] = _prune(row)
    return pruned


def browser_figure(figure: Figure) -> dict[str, Any]:
    """A figure for the browser, as in `browser_row`."""
    numbers = {name: number_text(getattr(figure, name)) for name in ("value", "low", "high")}
    pruned: dict[str, Any] = _prune({**figure.model_dump(mode="json", by_alias=True), **numbers})
    return pruned


def _prune(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _prune(v) for k, v in value.items() if v is not None and v != []}
    if isinstance(value, list):
        return [_prune(v) for v in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE_INTEGER:
        return str(value)
    return value


def number_text(value: Decimal | None) -> str | None:
    """A value in plain digits, exact: ``8500``, ``32.83``; None for None."""
    if value is None:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@dataclass(slots=True)
class Words:
    """Strings by number, each kept once; number 0 stands for none."""

    values: list[str | None] = field(default_factory=lambda: [None])
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, value: str | None) -> int:
        """The number of a string, new ones added."""
        if not value:
            return 0
        if value not in self.numbers:
            self.numbers[value] = len(self.values)
            self.values.append(value)
        return self.numbers[value]


ARTICLE_COLUMNS = ("key", "title", "published", "source", "doubts", "warnings", "missing")
FIGURE_COLUMNS = (
    "article", "id", "kind", "text", "value", "modifier", "unit", "entity", "organization", "place",
    "from", "to", "status", "doubt", "copy", "target",
)  # fmt: skip
FINDING_COLUMNS = ("article", "n", "check", "verdict", "figures", "vi", "en", "target")


class Index:
    """The columns over all articles, grown one record at a time."""

    def __init__(self) -> None:
        self.words = Words()
        self.articles: dict[str, list[Any]] = {c: [] for c in ARTICLE_COLUMNS}
        self.figures: dict[str, list[Any]] = {c: [] for c in FIGURE_COLUMNS}
        self.findings: dict[str, list[Any]] = {c: [] for c in FINDING_COLUMNS}
        self._seen: dict[str, int] = {}

    def add(self, record: Record) -> str:
        """Take in one record; gives the key of its article: the id, or ``id~2`` where that id came before."""
        article = len(self.articles["key"])
        count = self._seen[record.id] = self._seen.get(record.id, 0) + 1
        key = record.id if count == 1 else f"{record.id}~{count}"
        self._add_article(key, record)
        first = len(self.figures["id"])
        rows = {f.id: first + i for i, f in enumerate(record.figures)}
        for figure in record.figures:
            self._add_figure(article, figure)
        for n, finding in enumerate(record.findings):
            _append(self.findings, {
                "article": article, "n": n,
                "check": self.words.number(finding.check), "verdict": self.words.number(finding.verdict),
                "figures": [rows[x] for x in finding.figures if x in rows],
                "vi": finding.message.vi, "en": finding.message.en, "target": finding_target(record, finding),
            })  # fmt: skip
        return key

    def _add_article(self, key: str, record: Record) -> None:
        open_forms = sum(1 for a in record.abbreviations if a.long is None)
        _append(self.articles, {
            "key": key, "title": heading(record),
            "published": record.published.isoformat() if record.published else None,
            "source": record.url or record.source.uri, "doubts": open_forms,
            "warnings": len(record.warnings), "missing": record.published is None,
        })  # fmt: skip

    def _add_figure(self, article: int, figure: Figure) -> None:
        number = self.words.number
        period = figure.period
        _append(self.figures, {
            "article": article, "id": figure.id, "kind": number(figure.kind), "text": figure.text,
            "value": value_text(figure), "modifier": number(figure.modifier), "unit": number(figure.unit),
            "entity": number(figure.entity.expanded if figure.entity else None),
            "organization": number(figure.organization.expanded if figure.organization else None),
            "place": number(figure.place.text if figure.place else None),
            "from": number(period.first.isoformat() if period and period.first else None),
            "to": number(period.last.isoformat() if period and period.last else None),
            "status": number(figure.status), "doubt": int(is_doubtful(figure)),
            "copy": int(figure.duplicate_of is not None), "target": figure_target(figure),
        })  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The index as JSON-ready columns."""
        return {
            "words": self.words.values,
            "articles": self.articles,
            "figures": self.figures,
            "findings": self.findings,
            "alarms": sorted(ALARMS),
        }


def _append(columns: dict[str, list[Any]], row: dict[str, Any]) -> None:
    for name, value in row.items():
        columns[name].append(value)


def heading(record: Record) -> str:
    """What an article is called in lists: its title, else the title block or first line of its text, else its id."""
    if record.title:
        return record.title
    text = record.text or ""
    titles = (text[b.start : b.end] for b in record.blocks if b.role == "title")
    line: str = next(titles, text.strip().split("\n", 1)[0]).strip()
    return line[:200] or record.id


def value_text(figure: Figure) -> str | None:
    """The value in plain digits, or ``low..high`` for a range."""
    if figure.low is not None or figure.high is not None:
        return f"{number_text(figure.low) or ''}..{number_text(figure.high) or ''}"
    return number_text(figure.value)


def is_doubtful(figure: Figure) -> bool:
    """Whether something about the figure is open: two readings, a period without days, a place with candidates."""
    period, place = figure.period, figure.place
    no_days = period is not None and period.first is None and period.last is None
    return figure.ambiguous is not None or no_days or (place is not None and bool(place.candidates))
