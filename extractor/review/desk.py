"""What all parts of the running desk share."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

from extractor.review.added import figure_of
from extractor.review.database import DecisionStore
from extractor.review.decisions import Decision, in_force
from extractor.review.library import Library
from extractor.web.index import browser_figure

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.model import Record
    from extractor.pipeline import Extractor

# The guide's kinds; a record may hold others, and these may be corrected to as well.
KINDS = frozenset({
    "class_count", "attendee_count", "people_count", "organization_count", "event_count", "item_count", "money",
    "percentage", "ratio", "rate", "duration", "measure", "other_count",
})  # fmt: skip


@dataclass(slots=True)
class Desk:
    """The records, the decisions, and an extractor that is loaded when the first article is pasted."""

    library: Library
    store: DecisionStore
    token: str
    _extractor: Extractor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def kinds(self) -> frozenset[str]:
        """The kinds that a figure may be corrected to."""
        return KINDS | self.library.kinds

    def extract(self, articles: Iterable[Article]) -> list[Record]:
        """The records of new articles, one request at a time."""
        from extractor.pipeline import Extractor  # noqa: PLC0415 (heavy, and most reviews never paste anything)

        with self._lock:
            if self._extractor is None:
                self._extractor = Extractor.default()
            return [self._extractor.extract(article) for article in articles]

    def states(self, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
        """What the browser knows of each target in `decisions`: its base, the decision in force, all that came before."""
        targets: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
        for decision in decisions:
            targets[decision.article, decision.text_sha256, decision.target].append(decision)
        return [
            state(key, name, history)
            for (article, digest, name), history in targets.items()
            for key in self.library.keys_of(article, digest)
        ]


def state(key: str, target: str, history: list[Decision] | tuple[Decision, ...]) -> dict[str, Any]:
    """The state of one target for the browser."""
    standing = in_force(history)
    return {
        "article": key,
        "target": target,
        "base": history[-1].id if history else 0,
        "decision": _shown(standing) if standing else None,
        "history": [_shown(d) for d in history],
    }


def _shown(decision: Decision) -> dict[str, Any]:
    row = decision.as_json()
    shown: dict[str, Any] = {
        k: row[k] for k in ("id", "at", "reviewer", "action", "note", "correction", "undoes") if k in row
    }
    figure = figure_of(decision)
    return shown if figure is None else {**shown, "figure": browser_figure(figure)}


def the_desk() -> Desk:
    """The desk of the request at hand."""
    return cast("Desk", current_app.extensions["desk"])
