"""The schema of ``checks.toml``: tolerances, number style and messages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from extractor.datafile import Table, merged


class Magnitude(Table):
    """A word for a power of ten."""

    zeros: int
    word: str


class Style(Table):
    """How numbers are written in messages; `smallest` is the least number that takes a magnitude word."""

    group: str
    decimal: str
    percent: str
    magnitudes: tuple[Magnitude, ...]
    smallest: Decimal


class Message(Table):
    """What is told of a verdict, in both languages."""

    id: str
    check: str
    verdict: str
    vi: str
    en: str


class Same(Table):
    """How far a number told again may be rounded, or cut off at its magnitude word, as a share of it."""

    rounded: Decimal
    cut: Decimal


class Impossible(Table):
    """What makes a share above 100 or a quotient above one impossible, and what excuses it."""

    id: str
    share: tuple[str, ...]
    population: tuple[str, ...]
    excused: tuple[str, ...]
    made: tuple[str, ...]
    most: Decimal
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class CheckRules(Table):
    """The whole file."""

    style: Style
    same: Same
    message: tuple[Message, ...]
    impossible: Impossible


def load_rules(folders: Sequence[Path] = ()) -> CheckRules:
    """The package's rules with those of the users' folders; DataError names file and key."""
    return merged("checks.toml", CheckRules, folders)
