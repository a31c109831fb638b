"""The word lists of `data/entities.toml`, made ready for matching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import StringConstraints, create_model

from extractor.datafile import Table, merged
from extractor.figures.tree import PhraseTree, Told
from extractor.tokens import Tokens, syllables

# What tells where a phrase to the right of a number ends, and where one to the left begins and what ties it there.
Right = Literal[
    "stops", "verbs", "attending", "compounds", "negations", "relative", "predicate", "governors", "fronted",
    "restrictive", "always_restrictive", "counted_restrictive", "late_hedges", "inside_free", "purpose",
    "purpose_verbs", "list_nouns", "loose_ends", "demonstratives", "partitives", "reports", "sum_heads", "sums_behind", "no_whole", "plans", "rests", "share_of",
    "no_activity", "helpers", "deed_nouns", "nominals", "sites", "settled", "settled_ends", "topics", "open_ends", "date_heads",
    "clause_ends", "clause_inside", "before_numbers",
]  # fmt: skip
Left = Literal[
    "linkers", "soft_links", "number_heads", "chief_names", "left_heads", "far_heads", "name_heads", "left_breaks", "left_starts",
    "attributive", "near_starts", "copulas", "leaning", "conjunctions", "joiners", "instrumental", "origins",
    "averages", "verb_tails", "lasting", "predicate_marks", "determiners", "articles", "tails", "not_entity",
    "properties", "dimensions", "sum_names", "trade_verbs", "accounts", "total_links", "total_nouns", "comparisons", "adrift", "left_loose_ends", "comparatives", "changes", "change_verbs",
    "givers", "each", "years", "ends_of_year", "category_links", "category_nouns", "bodies", "share_verbs", "share_heads",
    "proposals", "aims", "asides", "titles",
]  # fmt: skip
ListName = Right | Left
# Of every list that has a phrase at a token: how many tokens the longest one has.
Marks = Mapping[ListName, int]
NOTHING: Marks = {}

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Words = tuple[Phrase, ...]


class Sets(Table):
    """Words and unit codes of `data/entities.toml` that are looked up whole; the file says what each is for."""

    verbs_follow: Words
    bare_heads: Words
    doers: Words
    whole_numbers: Words


NAMES: tuple[ListName, ...] = (*get_args(Right), *get_args(Left))
_FIELDS: dict[str, Any] = dict.fromkeys(NAMES, (Words, ...))
_FILE = create_model("EntityFile", __base__=Sets, **_FIELDS)


class EntityLists:
    """The lists of `data/entities.toml`; the file says what each is for."""

    def __init__(self, table: Sets) -> None:
        entries: list[tuple[str, ListName]] = [(word, name) for name in NAMES for word in getattr(table, name)]
        self._forward = PhraseTree(entries, NOTHING, _longer, _longest)
        self._backward = PhraseTree(entries, NOTHING, _longer, _longest, backwards=True)
        self._opening = {name: frozenset(syllables(word)[0].lower() for word in getattr(table, name)) for name in NAMES}
        self._ending = {name: frozenset(syllables(word)[-1].lower() for word in getattr(table, name)) for name in NAMES}
        self.codes_with_verbs = frozenset(table.verbs_follow)
        self.bare_heads = frozenset(table.bare_heads)
        self.doers = frozenset(table.doers)
        self.whole_numbers = frozenset(table.whole_numbers)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> EntityLists:
        """From the package's and the users' `entities.toml`."""
        return cls(merged("entities.toml", _FILE, folders))

    def opening(self, *names: ListName) -> frozenset[str]:
        """The first words of the phrases of some lists, in lower case."""
        return frozenset[str]().union(*(self._opening[name] for name in names))

    def ending(self, name: ListName) -> frozenset[str]:
        """The last words of a list's phrases, in lower case."""
        return self._ending[name]

    def begin(self, tokens: Tokens) -> Told[Marks]:
        """By the index of a token: the lists with a phrase that begins there."""
        return self._forward.told(tokens)

    def end(self, tokens: Tokens) -> Told[Marks]:
        """By the index of a token: the lists with a phrase that ends right before it."""
        return self._backward.told(tokens)


def _longer(before: Marks, names: list[ListName], length: int) -> Marks:
    return {**before, **dict.fromkeys(names, length)}


def _longest(one: Marks, other: Marks) -> Marks:
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in (*one, *other)}
