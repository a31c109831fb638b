"""Tokens: every sign of a text is in one token or is white space, and offsets are exact."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractor.tokens import Phrases, Tokens

TOKEN = regex.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\n|[^\w\s]")
TEXT = st.text(st.sampled_from("aĐễ đ5 0.,;:)(“”\n\t_-%²½\u0301\u00a0\u200b٣Ⅷ"), max_size=40)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Hơn 8.500 người (32,83%).", ["Hơn", "8.500", "người", "(", "32,83", "%", ")", "."]),
        ("50m2, 5triệu", ["50", "m", "2", ",", "5", "triệu"]),
        ("a\nb", ["a", "\n", "b"]),
        ("  ", []),
    ],
)
def test_tokens(text: str, texts: list[str]) -> None:
    assert Tokens.of(text, text.lower(), 0, len(text)).texts == texts


@given(TEXT, TEXT, TEXT)
def test_tokens_are_those_of_the_expression(before: str, text: str, behind: str) -> None:
    whole, start, end = before + text + behind, len(before), len(before) + len(text)
    tokens = Tokens.of(whole, whole.upper() if len(whole.upper()) == len(whole) else whole, start, end)
    found = [(start + match.start(), start + match.end(), match.group()) for match in TOKEN.finditer(text)]
    assert list(zip(tokens.starts, map(tokens.end, range(len(tokens))), tokens.texts, strict=True)) == found
    assert [lower.lower() for lower in tokens.lowers] == [text.lower() for text in tokens.texts]


def test_the_longest_phrase_wins_in_both_directions() -> None:
    phrases = Phrases([("công đoàn", 1), ("công đoàn cơ sở", 2), ("cơ sở", 3), ("HV", 4)])
    text = "công đoàn cơ sở HV hv"
    tokens = Tokens.of(text, text.lower(), 0, len(text))
    assert phrases.match(tokens, 0) == (4, 2)
    assert phrases.match_back(tokens, 4) == (0, 2)
    assert phrases.find(tokens, 1, len(tokens)) == (2, 4, 3)
    assert (phrases.match(tokens, 4), phrases.match(tokens, 5)) == ((5, 4), None)
