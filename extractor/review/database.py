"""Decisions in SQLite: appended in one transaction each, so that a kill loses none that was acknowledged.

Two reviewers are kept from overwriting each other by `base`: the id of the last decision on the target that the writer
has seen. A row with the same base can be there only once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.review.decisions import Decision, in_force

SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    article TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    target TEXT NOT NULL,
    base INTEGER NOT NULL,
    action TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (article, text_sha256, target, base)
)
"""
APPLICATION = 0x65787472  # "extr": tells our files from other SQLite files
WAIT = 15.0  # seconds that a writer waits for another
HISTORY = """
SELECT id, at, reviewer, article, text_sha256, target, action, body FROM decisions
WHERE article = ? AND text_sha256 = ? AND target = ? ORDER BY id
"""
CHANGED = """
SELECT id, at, reviewer, article, text_sha256, target, action, body FROM decisions
WHERE (article, text_sha256, target) IN (SELECT article, text_sha256, target FROM decisions WHERE id > ?) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is on: an article (by id and text) and a figure, finding or the article itself in it."""

    article: str
    text_sha256: str
    name: str

    def key(self) -> tuple[str, str, str]:
        """The target as the database has it."""
        return self.article, self.text_sha256, self.name


class ConflictError(Exception):
    """Someone else decided on the target since the writer looked; `history` is all decisions on it."""

    def __init__(self, history: Sequence[Decision]) -> None:
        super().__init__("decided by someone else")
        self.history = tuple(history)


class NothingToUndoError(Exception):
    """An undo where no decision is in force."""


class DecisionStore:
    """The decisions beside a set of records. Any number of processes may have the same file open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with self._open() as connection:
                self._prepare(connection)
        except sqlite3.Error as error:
            raise UsageError(f"{path}: cannot keep decisions there: {error}; name another file with --db") from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and application != APPLICATION:
            raise sqlite3.DatabaseError("it is another program's database")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def append(
        self,
        target: Target,
        *,
        base: int,
        reviewer: str,
        action: str,
        body: Mapping[str, Any],
        now: datetime | None = None,
    ) -> tuple[Decision, ...]:
        """Add a decision and give the target's whole history.

        `base` is the id of the last decision on the target that the reviewer has seen, 0 for none. Raises ConflictError
        if there is a later one, NothingToUndoError for an undo of nothing.
        """
        at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        with self._writing() as connection:
            history = _history(connection, target)
            if (history[-1].id if history else 0) != base:
                raise ConflictError(history)
            if action == "undo":
                standing = in_force(history)
                if standing is None:
                    raise NothingToUndoError
                body = {**body, "undoes": standing.id}
            connection.execute(
                "INSERT INTO decisions (at, reviewer, article, text_sha256, target, base, action, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (at, reviewer, *target.key(), base, action, json.dumps(body, ensure_ascii=True)),
            )
            return _history(connection, target)

    def history(self, target: Target) -> tuple[Decision, ...]:
        """All decisions on a target, oldest first."""
        with self._open() as connection:
            return _history(connection, target)

    def changed(self, after: int) -> tuple[Decision, ...]:
        """All decisions, old and new, on those targets that were decided on after the decision of that id."""
        with self._open() as connection:
            return tuple(map(_decision, connection.execute(CHANGED, (after,))))

    def all(self) -> tuple[Decision, ...]:
        """Every decision ever made, oldest first."""
        return self.changed(0)


def _history(connection: sqlite3.Connection, target: Target) -> tuple[Decision, ...]:
    return tuple(map(_decision, connection.execute(HISTORY, target.key())))


def _decision(row: tuple[Any, ...]) -> Decision:
    number, at, reviewer, article, digest, target, action, body = row
    known = {"id": number, "at": at, "reviewer": reviewer, "article": article}
    return Decision.model_validate(
        {**json.loads(body), **known, "text_sha256": digest, "target": target, "action": action}
    )
