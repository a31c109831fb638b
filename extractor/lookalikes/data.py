"""What the data file of look-alikes holds: word lists, pieces of patterns, rules; and what a rule finds."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import DataError
from extractor.span import Span

DATA = Path(__file__).parent.parent / "data" / "lookalikes.toml"

_NAME = re.compile(r"\{([a-z][a-z_]*[0-9]?)\}")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A number that is no figure: where it stands with the words that show it, its kind, and the rule.

    `fields` holds what a date says: day, month, year, end_day, end_month, end_year, quarter, count and unit of a
    period, hour and minute; only what is written, in the order of the rule.
    """

    span: Span
    kind: str
    rule: str
    fields: tuple[tuple[str, int | str], ...] = ()


class Rule(BaseModel):
    """One way to recognise a number that is no figure; the head of the data file explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    pattern: str
    lead: tuple[str, ...] = ()
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


class LookalikeData(BaseModel):
    """The schema of lookalikes.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chain: str
    figure: str
    member: str
    lists: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    rule: tuple[Rule, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path | None = None) -> LookalikeData:
        """Read and check the data file.

        Raises:
            DataError: if the file cannot be read or does not fit the schema; the message names rule and key.
        """
        source = path or DATA
        try:
            return cls.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
        except ValidationError as error:
            first = error.errors()[0]
            raise DataError(f"{source}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
        except (OSError, ValueError) as error:
            raise DataError(f"{source}: {error}") from error

    def words(self, entries: Iterable[str]) -> tuple[str, ...]:
        """The entries with each ``@name`` replaced by the words of that list."""
        found: list[str] = []
        for entry in entries:
            found.extend(self._list(entry[1:]) if entry.startswith("@") else (entry,))
        return tuple(dict.fromkeys(found))

    def _list(self, name: str) -> tuple[str, ...]:
        if name not in self.lists:
            raise DataError(f"{DATA.name}: no list named {name!r}; there are {', '.join(sorted(self.lists))}")
        return self.lists[name]

    def expanded(self, pattern: str) -> str:
        """The pattern with each ``{name}`` replaced by the part or the list of that name."""

        def piece(found: re.Match[str]) -> str:
            name = found.group(1)
            return self.parts[name] if name in self.parts else alternatives(self._list(name))

        return _NAME.sub(piece, pattern)


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one regular expression, the longest first, grouped by their first letter."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        by_letter[phrase[0]].append(re.escape(phrase[1:]))
    return "(?:" + "|".join(f"{re.escape(a)}(?:{'|'.join(rest)})" for a, rest in sorted(by_letter.items())) + ")"
