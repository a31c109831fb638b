"""A tree of the words of many phrases: one walk down from a token answers for all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from extractor.tokens import Tokens, syllables

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Word(Generic[V]):
    """A word of the tree: the answer where a walk ends with it, and the words that may follow.

    `written` tells of a first word that phrases matched as written have too, if perhaps with a capital letter.
    """

    answer: V
    following: dict[str, _Word[V]]
    written: bool = False


class PhraseTree(Generic[T, V]):
    """Phrases by their words, each word with the answer for all phrases read up to it, so that no walk builds one.

    A phrase with a capital letter in it is matched as written (HV, CĐCS), any other in lower case. `extended` makes
    the answer at a word: from the one at the word before, the payloads of the phrases that end here, and their length
    in tokens. `joined` makes one answer of two: of the phrases in lower case, of those as written.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, T]],
        nothing: V,
        extended: Callable[[V, list[T], int], V],
        joined: Callable[[V, V], V],
        *,
        backwards: bool = False,
    ) -> None:
        self.nothing, self._extended, self._joined = nothing, extended, joined
        self._step, self.offset = (-1, -1) if backwards else (1, 0)
        found: tuple[dict[tuple[str, ...], list[T]], dict[tuple[str, ...], list[T]]] = {}, {}
        for phrase, payload in entries:
            # The same word is one string in all places, so that looking words up touches little memory.
            words = tuple(map(sys.intern, syllables(phrase)))[:: self._step]
            found[phrase != phrase.lower()].setdefault(words, []).append(payload)
        self.words, self._written = (self._branches(phrases, nothing, 0) for phrases in found)
        for word in {word.lower() for word in self._written}:
            known = self.words.get(word)
            self.words[word] = _Word(known.answer if known else nothing, known.following if known else {}, written=True)

    def _branches(self, phrases: Mapping[tuple[str, ...], list[T]], before: V, depth: int) -> dict[str, _Word[V]]:
        """The words at one depth, of phrases that are alike before it."""
        groups: dict[str, dict[tuple[str, ...], list[T]]] = {}
        for words, payloads in phrases.items():
            groups.setdefault(words[depth], {})[words] = payloads
        branches: dict[str, _Word[V]] = {}
        for word, group in groups.items():
            ended = [payload for words, payloads in group.items() if len(words) == depth + 1 for payload in payloads]
            answer = self._extended(before, ended, depth + 1) if ended else before
            longer = {words: payloads for words, payloads in group.items() if len(words) > depth + 1}
            branches[word] = _Word(answer, self._branches(longer, answer, depth + 1))
        return branches

    def at(self, tokens: Tokens, index: int) -> V:
        """The answer for the phrases that start at the token; for a backward tree, for those that end before it."""
        words = tokens.lowers
        place = index + self.offset
        word = self.words.get(words[place]) if 0 <= place < len(words) else None
        return self.nothing if word is None else self.from_word(word, tokens, place)

    def from_word(self, word: _Word[V], tokens: Tokens, index: int) -> V:
        """The answer of a walk that starts at the token, which is a first word of phrases."""
        last = word
        if word.following:
            words, step, place = tokens.lowers, self._step, index + self._step
            while 0 <= place < len(words) and (following := last.following.get(words[place])) is not None:
                last, place = following, place + step
        written = self._written.get(tokens.texts[index]) if word.written else None
        return last.answer if written is None else self._joined(last.answer, self._as_written(written, tokens, index))

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with the word, given in lower case."""
        return word in self.words

    def _as_written(self, word: _Word[V], tokens: Tokens, index: int) -> V:
        """The answer of a walk over the tokens as written."""
        place = index + self._step
        while 0 <= place < len(tokens.texts):
            following = word.following.get(tokens.texts[place])
            if following is None:
                break
            word, place = following, place + self._step
        return word.answer

    def told(self, tokens: Tokens) -> Told[V]:
        """What `at` gives for the tokens of a sentence, each when asked for."""
        answers: Told[V] = Told()
        answers.tree, answers.tokens = self, tokens
        return answers


class Told(dict[int, V]):
    """The answers of a tree for the tokens of one sentence by their index, each found out when first asked for."""

    __slots__ = ("tokens", "tree")

    tree: PhraseTree[Any, V]
    tokens: Tokens

    def __missing__(self, index: int) -> V:
        tree = self.tree
        place = index + tree.offset
        try:
            word = tree.words.get(self.tokens.lowers[place]) if place >= 0 else None
        except IndexError:
            word = None
        answer = self[index] = tree.nothing if word is None else tree.from_word(word, self.tokens, place)
        return answer
