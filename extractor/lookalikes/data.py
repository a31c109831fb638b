"""What the data file of look-alikes holds: word lists, pieces of patterns, rules; and what a rule finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from extractor.datafile import Table, merged
from extractor.errors import DataError
from extractor.numerals.lexicon import alternatives
from extractor.span import Span

NAME = "lookalikes.toml"

_NAME = re.compile(r"\{([a-z][a-z_]*[0-9]?)\}")


class Lookalike(NamedTuple):
    """A number that is no figure: where it stands with the words that show it, its kind, and the rule."""

    span: Span
    kind: str
    rule: str


class Rule(Table):
    """One way to recognise a number that is no figure; the head of the data file explains the fields."""

    id: str
    kind: str
    pattern: str
    goes_on: tuple[str, ...] | None = None
    lead: tuple[str, ...] = ()
    gap: int = 1
    cased: bool = False
    chunk: bool = False
    capital: bool = False
    line_start: bool = False
    improper: bool = False
    follows: str | None = None
    not_follows: str | None = None
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


class LookalikeData(Table):
    """The schema of lookalikes.toml."""

    chain: str
    figure: str
    member: str
    lists: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    rule: tuple[Rule, ...] = Field(min_length=1)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> LookalikeData:
        """The package's file with those of the users' folders; DataError names file and key."""
        return merged(NAME, cls, folders)

    def words(self, entries: Iterable[str]) -> tuple[str, ...]:
        """The entries with each ``@name`` replaced by the words of that list."""
        found: list[str] = []
        for entry in entries:
            found.extend(self._list(entry[1:]) if entry.startswith("@") else (entry,))
        return tuple(dict.fromkeys(found))

    def _list(self, name: str) -> tuple[str, ...]:
        if name not in self.lists:
            raise DataError(f"{NAME}: no list named {name!r}; there are {', '.join(sorted(self.lists))}")
        return self.lists[name]

    def expanded(self, pattern: str) -> str:
        """The pattern with each ``{name}`` replaced by the part or the list of that name."""

        def piece(found: re.Match[str]) -> str:
            name = found.group(1)
            return self.parts[name] if name in self.parts else f"(?:{alternatives(self._list(name))})"

        return _NAME.sub(piece, pattern)
