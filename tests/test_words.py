"""Words over stretches, by underthesea's models."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import AlignmentError
from extractor.words import Vocabulary, Words

WORDS = Words()


def told(text):
    return [span.of(text) for span in WORDS.segment(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cán bộ công đoàn tham gia lớp tập huấn", ["cán bộ", "công đoàn", "tham gia", "lớp", "tập huấn"]),
        ("8.500  lượt\nngười", ["8.500", "lượt", "người"]),
        ("61% CNVC-LĐ", ["61", "%", "CNVC-LĐ"]),
        ("CNVCLĐ.", ["CNVCLĐ", "."]),
        ("", []),
        ("  \n", []),
    ],
)
def test_words(text, words):
    assert told(text) == words


def test_tags():
    text = "người lao động tham gia lớp học tại Long An"
    assert [(span.of(text), tag) for span, tag in WORDS.tag(text)] == [
        ("người", "N"),
        ("lao động", "V"),
        ("tham gia", "V"),
        ("lớp học", "N"),
        ("tại", "E"),
        ("Long An", "Np"),
    ]


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.text(alphabet=st.sampled_from("ab á\ud800\x00\x1c\u200d\u2028.-_1,%\u0301\n"), max_size=40)
)
def test_words_lie_in_order_and_cover_the_letters(text):
    spans = WORDS.segment(text)
    place = 0
    for start, end in spans:
        assert start < end
        assert not any(character.isalnum() for character in text[place:start])
        place = end
    assert not any(character.isalnum() for character in text[place:])
    assert [word.span for word in WORDS.tag(text)] == list(spans)


def test_a_stretch_is_looked_at_once():
    words = Words()
    first = words.segment("đoàn viên công đoàn")
    assert words.seen == len("đoàn viên công đoàn")
    assert words.segment("đoàn viên công đoàn") == first
    assert words.seen == len("đoàn viên công đoàn")


def test_a_copy_for_another_process_gives_the_same_words():
    copy = pickle.loads(pickle.dumps(WORDS))
    assert copy.tag("đoàn viên ưu tú") == WORDS.tag("đoàn viên ưu tú")


def test_a_model_that_loses_a_token_is_told(monkeypatch):
    words = Words()
    words.segment("một")
    monkeypatch.setattr(words._segmenter, "_tagger", type("Loses", (), {"tag": lambda *_: ["B-W"]})())
    with pytest.raises(AlignmentError, match="đoàn"):
        words.segment("đoàn viên")


def test_nothing_is_loaded_before_the_first_stretch():
    code = "import sys, extractor.words as w; w.Words(); print([m for m in sys.modules if 'underthesea' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("openings", "kept", "words"),
    [
        ((), (), ["công đoàn cơ sở", "mở", "lớp học"]),
        (("công đoàn cơ sở",), (), ["công đoàn", "cơ sở", "mở", "lớp học"]),
        (("công",), (), ["công", "đoàn", "cơ sở", "mở", "lớp học"]),
        (("công", "lớp"), ("công đoàn",), ["công đoàn", "cơ sở", "mở", "lớp", "học"]),
    ],
)
def test_a_vocabulary_parts_by_the_longest_words_left_in(
    openings: tuple[str, ...], kept: tuple[str, ...], words: list[str]
) -> None:
    whole = Vocabulary.of(["công đoàn", "công đoàn cơ sở", "cơ sở", "lớp học", "một hai ba bốn năm", "mở"])
    syllables = ["công", "đoàn", "cơ", "sở", "mở", "lớp", "học"]
    firsts: dict[int, int] = {}
    stops: dict[int, int] = {}
    whole.without(frozenset(openings), frozenset(kept)).tell(syllables, 0, len(syllables) - 1, firsts, stops)
    assert [" ".join(syllables[first : stops[first]]) for first in dict.fromkeys(firsts.values())] == words


@pytest.mark.parametrize(
    ("word", "known"),
    [("công đoàn", True), ("công đoàn cơ sở", True), ("công đoàn cơ", False), ("mở", False), ("", False)],
)
def test_a_vocabulary_is_asked_for_a_word(word: str, known: bool) -> None:
    assert (word in Vocabulary.of(["công đoàn", "công đoàn cơ sở", "mở"])) is known
