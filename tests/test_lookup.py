"""The words of a text and the phrases among them: found where they are, nowhere else, in whatever text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractor.lookup import PhraseFinder, Phrases, PhrasesBefore, WordPlaces, openings, united, whole_words

PHRASES = ["công đoàn", "công đoàn cơ sở", "công ty", "sở", "đ/c", "tp.", "lao động - tb&xh", "%", "2 tháng"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [*PHRASES, "công", "đoàn", "cơ", "tháng", "2", " ", "  ", ", ", "-", "\n", "_", "\xa0", "²", "ạ"]
        ),
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)


def lowered(text: str) -> str:
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


@given(TEXTS.map(lowered))
def test_words_are_runs_of_letters(lower: str) -> None:
    leads = WordPlaces.of(lower).among(dict.fromkeys(re.findall(r"[^\W\d_]+", lower)))
    assert [(at, word) for at, word, _ in leads] == [(m.start(), m[0]) for m in re.finditer(r"[^\W\d_]+", lower)]


@given(TEXTS.map(lowered))
def test_a_follower_is_the_word_one_mark_on(lower: str) -> None:
    leads = WordPlaces.of(lower).among(dict.fromkeys(re.findall(r"[^\W\d_]+", lower)))
    for at, word, after in leads:
        assert re.match(r"(?:[\W\d_]([^\W\d_]+))?", lower[at + len(word) :])[1] == (after or None)


@given(TEXTS.map(lowered))
def test_phrases_are_those_that_one_expression_finds(lower: str) -> None:
    known = [phrase for phrase in PHRASES if phrase != "%"]
    found = [(f.start, f.end, f.phrase) for f in Phrases(known).find(lower, WordPlaces.of(lower))]
    assert found == [(m.start(), m.end(), m[0]) for m in re.finditer(whole_words(known), lower)]


@given(TEXTS.map(lowered))
def test_what_is_found_among_some_places_is_what_is_found_in_the_text(lower: str) -> None:
    some, others = Phrases(PHRASES[:4]), PhraseFinder(PHRASES[4:], whole_words)
    words = WordPlaces.of(lower)
    leads = words.among(united(some.openings, others.openings))
    assert list(some.find(lower, leads)) == list(some.find(lower, words))
    assert [m.span() for m in others.find(lower, leads)] == [m.span() for m in others.find(lower, words)]


def test_openings_of_several_phrases() -> None:
    assert openings(["cả nước", "cả", "tp.", "kcn - kcx"]) == {"cả": None, "tp": None, "kcn": {""}}
    assert openings(["công ty"], loosely=True) == {"công": {"ty", ""}}
    assert united({"a": frozenset("b")}, {"a": frozenset("c"), "d": None}) == {"a": {"b", "c"}, "d": None}


def test_phrases_right_before_a_place() -> None:
    before = PhrasesBefore({"agent": ["do", "được"], "owner": ["của", "cho các"]}, "các")
    text = "do công ty của các xã cho  các huyện; thuê(do tỉnh; bảo do"

    def sort(word: str, least: int = 0) -> str | None:
        return before.sort(text, least, text.index(word))

    assert (sort("công"), sort("xã"), sort("huyện"), sort("tỉnh")) == ("agent", "owner", None, "agent")
    assert sort("xã", text.index("ủa")) is None
    assert before.sort(text, 0, len(text)) is None  # no white space between
    assert before.sort("ado a", 0, 4) is None


def test_words_are_found_in_linear_time() -> None:
    lead = {"có": frozenset({"sẽ"})}
    for text in ("." * 400_000, "1" * 400_000, "có " * 150_000, "́" * 400_000):
        assert not WordPlaces.of(text).among(lead)
