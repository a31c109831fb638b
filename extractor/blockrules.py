"""The rules of blocks as data: the schema of ``blocks.toml`` and its reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from extractor.datafile import Table, merged

NAME = "blocks.toml"


class Shape(Table):
    """Measures of length and place; ``blocks.toml`` says what each means."""

    short: int
    teaser: int
    subheading: int
    menu_piece: int
    byline_words: int
    caption_words: int
    dateline_rest: int
    top: int
    repeat: int
    repeat_whole: int
    repeat_share: float
    clock_years: int


class Cue(Table):
    """Words in a short paragraph that tell its role, and where they must stand in it."""

    id: str
    role: Literal["title", "dateline", "teaser", "caption", "byline", "boilerplate"]
    where: Literal["whole", "start", "end", "anywhere"]
    words: tuple[str, ...]
    whole_words: bool = False
    opens_list: bool = False
    examples: tuple[str, ...]


class Pattern(Table):
    """A regular expression over a lower-case paragraph; examples are texts, or texts and dates."""

    id: str
    pattern: str
    examples: tuple[str, ...] | tuple[tuple[str, str], ...]


class BlockRules(Table):
    """The schema of ``blocks.toml``."""

    shape: Shape
    cue: tuple[Cue, ...]
    dateline: tuple[Pattern, ...]
    date: tuple[Pattern, ...]


def load_rules(folders: Sequence[Path] = ()) -> BlockRules:
    """The package's rules with those of the users' folders. Raises DataError."""
    return merged(NAME, BlockRules, folders)
