"""What the steps of the figures stage look up at a token: phrases of all lists at once, and the words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.article import Article
from extractor.figures.lexicon import Lexicon, PartsOfSpeech
from extractor.figures.lists import NAMES, EntityLists, Left, Right
from extractor.figures.tree import PhraseTree
from extractor.tokens import Phrases, Tokens
from extractor.words import Vocabulary
from tests import adversarial
from tests.test_linear import calls

SYLLABLES = st.sampled_from(["a", "b", "c", "A", "B"])
PHRASES = st.lists(SYLLABLES, min_size=1, max_size=4).map(" ".join)
LISTS = st.dictionaries(st.sampled_from("xyz"), st.lists(PHRASES, max_size=6), max_size=3)
SENTENCES = st.lists(SYLLABLES | st.sampled_from([",", "5"]), max_size=9).map(" ".join)
NOTHING: dict[str, int] = {}
TABLE = PartsOfSpeech(verbs="a", nouns="b", adjectives="c", alone="zz", joined="zz z")


def tokens(text: str) -> Tokens:
    return Tokens.of(text, text.lower(), 0, len(text))


def tree(lists: dict[str, list[str]], *, backwards: bool) -> PhraseTree[str, dict[str, int]]:
    return PhraseTree(
        [(phrase, name) for name, phrases in lists.items() for phrase in phrases],
        NOTHING,
        lambda before, names, length: {**before, **dict.fromkeys(names, length)},
        lambda one, other: {name: max(one.get(name, 0), other.get(name, 0)) for name in {*one, *other}},
        backwards=backwards,
    )


@given(LISTS, SENTENCES)
def test_one_walk_tells_what_each_list_would(lists: dict[str, list[str]], text: str) -> None:
    line = tokens(text)
    ahead, back = tree(lists, backwards=False), tree(lists, backwards=True)
    singly = {name: Phrases((word, word) for word in words) for name, words in lists.items()}
    told, told_back = ahead.told(line), back.told(line)
    for index in range(-1, len(line) + 2):
        begin = {name: found[0] - index for name, words in singly.items() if (found := words.match(line, index))}
        end = {name: index - found[0] for name, words in singly.items() if (found := words.match_back(line, index))}
        assert ahead.at(line, index) == told[index] == begin
        if index <= len(line):
            assert back.at(line, index) == told_back[index] == end


def greedy(syllables: Sequence[str], words: frozenset[str]) -> list[tuple[int, int]]:
    """Of each syllable where its word begins and ends, by trying every size."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(syllables):
        sizes = (size for size in (4, 3, 2) if " ".join(syllables[first : first + size]) in words)
        stop = min(first + next(sizes, 1), len(syllables))
        found += [(first, stop)] * (stop - first)
        first = stop
    return found


@given(
    st.frozensets(st.lists(st.sampled_from("abc,"), min_size=2, max_size=4).map(" ".join), max_size=8),
    SENTENCES,
    st.data(),
)
def test_words_are_those_of_the_whole_sentence_in_whatever_order_asked(
    words: frozenset[str], text: str, data: st.DataObject
) -> None:
    line = tokens(text)
    parts = Lexicon(Vocabulary.of(words), TABLE).read(line)
    expected = greedy(line.lowers, frozenset(word for word in words if "," not in word))
    for index in data.draw(st.permutations(range(len(line)))):
        assert (parts.first[index], parts.stop[index]) == expected[index]
    with pytest.raises(IndexError):
        parts.first[len(line)]


def test_each_word_is_made_out_once() -> None:
    told: list[int] = []
    lexicon = Lexicon(Vocabulary.of(["a b"]), TABLE)
    tell = lexicon.tell

    def counted(syllables: Sequence[str], first: int, last: int, firsts: dict[int, int], stops: dict[int, int]) -> None:
        told.append(last - first + 1)
        tell(syllables, first, last, firsts, stops)

    lexicon.tell = counted
    parts = lexicon.read(tokens("a b " * 500))
    for index in (*range(999, -1, -7), *range(1000)):
        assert parts.stop[index] == index - index % 2 + 2
    assert sum(told) <= 1000


FIGURES = (
    "5 người ", "5 người, ", "5 người và ", "có 5 ", "giảm 5% so với ", "(5) ", "5 lớp cho 6 người ", "số người là 5, ",
    "hơn 5 triệu đồng cho ", "trong đó 5 nữ ", "chiếm 5%, ", "của 5 công đoàn cơ sở ", "gấp 5 lần ", "5/6 (84%) ",
)  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.default()


@pytest.mark.parametrize("piece", FIGURES)
def test_a_sentence_of_twice_the_figures_is_twice_the_work(piece: str, extractor: Extractor) -> None:
    short, long = (extractor.prepare(Article(text=adversarial.text(piece, size))) for size in (2_000, 4_000))
    extractor.figures.find(short)
    work = calls(lambda: extractor.figures.find(short))
    assert calls(lambda: extractor.figures.find(long)) <= 2.2 * work + 50


def test_every_list_has_words_and_a_name() -> None:
    lists = EntityLists.load()
    assert (*get_args(Right), *get_args(Left)) == NAMES
    assert all(lists.opening(name) and lists.ending(name) for name in NAMES)
