"""The rules of blocks as data: the schema of ``blocks.toml`` and its reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from extractor.datafile import Table, files, load

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


class MoreBlockRules(Table):
    """The schema of a user's ``blocks.toml``: entries added to the package's, or put in the place of the same id."""

    cue: tuple[Cue, ...] = ()
    dateline: tuple[Pattern, ...] = ()
    date: tuple[Pattern, ...] = ()


class BlockRules(MoreBlockRules):
    """The schema of the package's ``blocks.toml``."""

    shape: Shape

    def with_more(self, own: MoreBlockRules) -> BlockRules:
        """These rules with the entries of `own`."""
        return BlockRules(
            shape=self.shape,
            cue=tuple({cue.id: cue for cue in self.cue + own.cue}.values()),
            dateline=tuple({rule.id: rule for rule in self.dateline + own.dateline}.values()),
            date=tuple({rule.id: rule for rule in self.date + own.date}.values()),
        )


def load_rules(folders: Sequence[Path] = ()) -> BlockRules:
    """The package's rules with those of the users' folders. Raises DataError."""
    first, *more = files(NAME, folders)
    rules = load(first, BlockRules)
    for path in more:
        rules = rules.with_more(load(path, MoreBlockRules))
    return rules
