"""What reviewers decided, and what a new run of the same articles makes of it.

A decision names its article by id, and its figures by the places and letters of their numbers, never by the ids of one
run. Decisions are appended and never changed; an undo is a decision too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pydantic

from extractor.errors import UsageError
from extractor.model import Interval, Modifier, Number, Part

Action = Literal["confirm", "reject", "correct", "accept", "dismiss", "done", "add", "undo"]


class Anchor(Interval):
    """A number in the article: the field it stands in, its place there, its letters."""

    field: Literal["text", "title"] = "text"
    text: str


class Correction(Part):
    """What a figure should say, whole: every correctable property, changed or not. `entity` is None for unsaid."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    kind: str
    modifier: Modifier
    entity: str | None = None
    entity_at: Interval | None = None


class Addition(Correction):
    """A figure that the program missed, whole: its place with hedge and unit, its letters, and its sentence."""

    start: int
    end: int
    text: str
    unit: str | None = None
    unit_code: str | None = None
    evidence: Interval


class Decision(Part):
    """One decision of one reviewer. `at` is UTC in ISO form; `undoes` is the id of the decision that an undo takes back."""

    id: int
    at: str
    reviewer: str
    article: str
    text_sha256: str
    target: str
    action: Action
    figures: tuple[Anchor, ...] = ()
    check: str | None = None
    correction: Correction | None = None
    addition: Addition | None = None
    note: str = ""
    undoes: int | None = None

    def as_json(self) -> dict[str, Any]:
        """JSON-ready values; what is not there is left out."""
        return self.model_dump(mode="json", exclude_none=True)

    def told(self) -> str:
        """The decision in a few words, for a warning."""
        return f"review decision {self.id} ({self.action} by {self.reviewer}, {self.at[:10]})"


def in_force(history: Iterable[Decision]) -> Decision | None:
    """The decision on one target that stands: the last one that no undo took back; None if none does."""
    standing: list[Decision] = []
    for decision in history:
        if decision.action == "undo":
            standing = [d for d in standing if d.id != decision.undoes]
        else:
            standing.append(decision)
    return standing[-1] if standing else None


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in force, by the id of their article."""

    by_article: dict[str, tuple[Decision, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, history: Iterable[Decision]) -> Decisions:
        """Those of all decisions ever made that are in force."""
        targets: dict[tuple[str, str, str], list[Decision]] = {}
        for decision in sorted(history, key=lambda d: d.id):
            targets.setdefault((decision.article, decision.text_sha256, decision.target), []).append(decision)
        found: dict[str, list[Decision]] = {}
        for rows in targets.values():
            standing = in_force(rows)
            if standing is not None:
                found.setdefault(standing.article, []).append(standing)
        return cls({article: tuple(sorted(rows, key=lambda d: d.id)) for article, rows in found.items()})

    def on(self, article: str, text_sha256: str) -> tuple[Decision, ...]:
        """The decisions on an article: those on this very text if there are any, else those on the article's id."""
        rows = self.by_article.get(article, ())
        exact = tuple(d for d in rows if d.text_sha256 == text_sha256)
        return exact or rows

    def __len__(self) -> int:
        """How many decisions are in force."""
        return sum(len(rows) for rows in self.by_article.values())


def load_decisions(path: Path) -> Decisions:
    """The decisions of a file that the review desk exported. UsageError names the line that is no decision."""
    return Decisions.of(_lines(path))


def _lines(path: Path) -> Iterator[Decision]:
    try:
        with path.open("rb") as stream:
            for line, text in enumerate(stream, 1):
                if text.strip():
                    yield _decision(text, f"{path}, line {line}")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give the file that the review desk exported") from error


def _decision(text: bytes, place: str) -> Decision:
    try:
        return Decision.model_validate_json(text)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(x) for x in first["loc"]) or "line"
        raise UsageError(
            f"{place}: {where}: {first['msg']}; export the decisions from the review desk again"
        ) from error
