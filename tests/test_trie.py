"""Phrases as one expression: what it finds is what the phrases one by one find, the longest first."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractor.trie import trie

PHRASES = st.lists(st.text("abđ .", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=8)
TEXTS = st.text("abđ. ", max_size=30)


@given(PHRASES, TEXTS)
def test_finds_what_the_longest_alternative_finds(phrases: list[str], text: str) -> None:
    longest_first = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    found = re.compile(trie(phrases, space=" "))
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in re.finditer(longest_first, text)]


def test_a_shorter_phrase_is_taken_where_the_longer_one_does_not_end() -> None:
    found = re.compile(rf"({trie(['trong', 'trong đó'])})(?!\w)")
    assert [m[1] for m in found.finditer("trong đóng góp, trong  đó, trongđó")] == ["trong", "trong  đó"]


def test_a_long_phrase_needs_no_deep_recursion() -> None:
    phrase = "công đoàn " * 500 + "cơ sở"
    assert re.fullmatch(trie([phrase, "công"]), phrase)
