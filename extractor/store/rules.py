"""The schema of ``store.toml``: what makes two figures tell of one thing, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from extractor.datafile import Table, merged


class Reprints(Table):
    """How articles are known by runs of their syllables."""

    run: int
    kept: int
    contained: Decimal
    smallest: int


class Comparing(Table):
    """How far apart two figures may stand to be compared."""

    window: int
    state_days: int
    support_days: int
    undated_days: int
    alike: Decimal
    akin: Decimal
    by_sentence: frozenset[str]


class Phrases(Table):
    """What does not tell one counted thing from another."""

    ignored: tuple[str, ...]
    parts: tuple[str, ...]
    each: tuple[str, ...]
    tails: tuple[str, ...]
    recipients: str


class Head(Table):
    """Nouns that name one thing. `exact`: none of them names the others' thing, so each is a head of its own."""

    id: str
    words: tuple[str, ...]
    generic: bool = False
    shared: bool = False
    exact: bool = False
    by_sentence: bool = False
    examples: tuple[str, ...]


class Action(Table):
    """Verbs for one deed."""

    id: str
    words: tuple[str, ...]
    stock: bool = False
    shared: bool = False
    examples: tuple[str, ...]


class OneDeed(Table):
    """Actions that are one, the first, for figures of a kind."""

    kind: str
    actions: tuple[str, ...]


class Nouns(Table):
    """Compounds in which a verb's word names no deed."""

    words: tuple[str, ...]


class AreaWords(Table):
    """Words for sorts of administrative units."""

    province: tuple[str, ...]
    district: tuple[str, ...]
    city: tuple[str, ...]
    commune: tuple[str, ...]


class HolderWords(Table):
    """Words for bodies that a place names, and for bodies that are not named."""

    union: tuple[str, ...]
    levels: tuple[str, ...]
    bare: frozenset[str]


class Text(Table):
    """The same text in both languages."""

    vi: str
    en: str


class Messages(Table):
    """What is told of a comparison or a claim."""

    conflict: Text
    consistent: Text
    supported: Text
    refuted: Text
    not_found: Text
    nothing: Text


class Words(Table):
    """Words that messages are filled with."""

    unnamed: Text
    supported: Text
    refuted: Text
    not_found: Text

    def verdict(self, verdict: str, language: str) -> str:
        """A verdict on a claim in a language, ``vi`` or ``en``."""
        text: Text = getattr(self, verdict.replace(" ", "_"))
        return text.vi if language == "vi" else text.en


class StoreRules(Table):
    """The whole file."""

    reprints: Reprints
    comparing: Comparing
    phrases: Phrases
    head: tuple[Head, ...]
    action: tuple[Action, ...]
    nouns: Nouns
    one_deed: tuple[OneDeed, ...]
    areas: AreaWords
    holders: HolderWords
    messages: Messages
    words: Words

    @cached_property
    def generic(self) -> frozenset[str]:
        """The ids of heads that say nothing by themselves; of an `exact` head, with its words."""
        return frozenset(id_ for head in self.head if head.generic for id_ in head_ids(head))

    @cached_property
    def shared(self) -> frozenset[str]:
        """The ids of heads and actions for which a place and its union are one holder."""
        heads = frozenset(id_ for head in self.head if head.shared for id_ in head_ids(head))
        return heads | {action.id for action in self.action if action.shared}

    @cached_property
    def by_sentence(self) -> frozenset[str]:
        """The ids of heads that only their sentence tells apart."""
        return frozenset(id_ for head in self.head if head.by_sentence for id_ in head_ids(head))

    @cached_property
    def stock(self) -> frozenset[str]:
        """The ids of actions that tell a state."""
        return frozenset(action.id for action in self.action if action.stock)


def head_ids(head: Head) -> dict[str, str]:
    """Id → words: one id for all words of a head, or one for each word of an `exact` head."""
    return {f"{head.id}:{words}": words for words in head.words} if head.exact else {head.id: head.words[0]}


def load_rules(folders: Sequence[Path] = ()) -> StoreRules:
    """The package's rules with those of the users' folders; DataError names file and key."""
    return merged("store.toml", StoreRules, folders)
