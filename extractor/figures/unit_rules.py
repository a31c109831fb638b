"""The rules by which a number gets its unit where the noun does not simply follow it (`data/unit_rules.toml`)."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.datafile import Table
from extractor.tokens import Phrases, Tokens

# What a rule leaves in the list of rules of a figure that needs no unit.
MULTIPLE = "units.ratio.multiple"
HALF = "units.ratio.half"
PART_OF = "units.part-of"
EACH_TIME = "units.each-time"
CHANGED = "units.changed-from"


class UnitRules(Table):
    """`data/unit_rules.toml`."""

    list_joints: tuple[str, ...]
    size_hedges: tuple[str, ...]
    one: tuple[str, ...]
    count_heads: tuple[str, ...]
    units_before: tuple[str, ...]
    before_hedges: tuple[str, ...]
    not_count_after: tuple[str, ...]
    count_links: tuple[str, ...]
    ratio_left: tuple[str, ...]
    ratio_units: tuple[str, ...]
    ratio_right: tuple[str, ...]
    multiple: tuple[str, ...]
    money_magnitudes: tuple[str, ...]
    small_magnitudes: tuple[str, ...]
    large_magnitudes: tuple[str, ...]
    money_left: tuple[str, ...]
    each: tuple[str, ...]
    half_left: tuple[str, ...]
    each_after: tuple[str, ...]
    either: tuple[str, ...]
    money_sure: tuple[str, ...]
    money_nouns: tuple[str, ...]
    times: tuple[str, ...]
    one_left: tuple[str, ...]
    one_units: tuple[str, ...]
    coefficient_heads: tuple[str, ...]
    elliptic_left: tuple[str, ...]
    elliptic_right: tuple[str, ...]
    group_links: tuple[str, ...]
    group_stops: tuple[str, ...]
    row_openers: tuple[str, ...]
    row_determiners: tuple[str, ...]
    part_links: tuple[str, ...]
    no_part: tuple[str, ...]
    not_bare_after: tuple[str, ...]
    no_nouns: tuple[str, ...]
    time_heads: tuple[str, ...]
    not_units: tuple[str, ...]
    row_heads: tuple[str, ...] = ()
    half_right: tuple[str, ...] = ()
    change_from: tuple[str, ...] = ()
    change_links: tuple[str, ...] = ()


def phrases(words: Iterable[str]) -> Phrases[str]:
    """The words as phrases, each its own payload."""
    return Phrases((word, word) for word in words)


def between(tokens: Tokens, first: int, stop: int) -> str:
    """The words of a token range as written, with single spaces where the text has any."""
    if stop == first + 1:
        return tokens.texts[first]
    parts = [tokens.texts[first]]
    for index in range(first + 1, stop):
        if tokens.starts[index] > tokens.end(index - 1):
            parts.append(" ")
        parts.append(tokens.texts[index])
    return "".join(parts)
