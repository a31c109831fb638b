"""The word lists of `data/entities.toml`, made ready for matching."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from extractor.datafile import Table, merged
from extractor.tokens import Phrases


def _phrases(words: object) -> Phrases[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise ValueError("must be a list of words")
    return Phrases((word, word) for word in words)


PhraseList = Annotated[Phrases[str], BeforeValidator(_phrases)]


class EntityLists(Table):
    """`data/entities.toml`; the file says what each list is for."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    # to the right
    stops: PhraseList
    verbs: PhraseList
    attending: PhraseList
    verbs_follow: tuple[str, ...]
    compounds: PhraseList
    bare_heads: tuple[str, ...]
    negations: PhraseList
    relative: PhraseList
    predicate: PhraseList
    governors: PhraseList
    fronted: PhraseList
    restrictive: PhraseList
    always_restrictive: PhraseList
    counted_restrictive: PhraseList
    late_hedges: PhraseList
    inside_free: PhraseList
    purpose: PhraseList
    purpose_verbs: PhraseList
    list_nouns: PhraseList
    loose_ends: PhraseList
    demonstratives: PhraseList
    reports: PhraseList
    sum_heads: PhraseList
    no_whole: PhraseList
    share_of: PhraseList
    no_activity: PhraseList
    # to the left
    linkers: PhraseList
    soft_links: PhraseList
    number_heads: PhraseList
    left_heads: PhraseList
    far_heads: PhraseList
    name_heads: PhraseList
    left_breaks: PhraseList
    left_starts: PhraseList
    attributive: PhraseList
    near_starts: PhraseList
    copulas: PhraseList
    leaning: PhraseList
    conjunctions: PhraseList
    joiners: PhraseList
    instrumental: PhraseList
    origins: PhraseList
    whole_numbers: tuple[str, ...]
    averages: PhraseList
    verb_tails: PhraseList
    lasting: PhraseList
    predicate_marks: PhraseList
    determiners: PhraseList
    articles: PhraseList
    tails: PhraseList
    not_entity: PhraseList
    properties: PhraseList
    trade_verbs: PhraseList
    accounts: PhraseList
    total_links: PhraseList
    total_nouns: PhraseList
    comparisons: PhraseList
    comparatives: PhraseList
    changes: PhraseList
    givers: PhraseList
    each: PhraseList
    category_links: PhraseList
    bodies: PhraseList
    share_verbs: PhraseList
    share_heads: PhraseList

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> EntityLists:
        """From the last of the package's and the users' `entities.toml`."""
        return merged("entities.toml", cls, folders)
