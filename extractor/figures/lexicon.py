"""Words and their parts of speech by list, for the tokens of a sentence: fast, without a look at the context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from weakref import ref

from extractor.datafile import Table, merged
from extractor.tokens import Tokens
from extractor.words import Vocabulary

VERB, NOUN, ADJECTIVE, NAME, SIGN, UNKNOWN = "V", "N", "A", "P", "-", ""


class PartsOfSpeech(Table):
    """`data/parts_of_speech.toml`: words between commas."""

    alone: str
    joined: str
    verbs: str
    nouns: str
    adjectives: str


V = TypeVar("V")


class _Told(dict[int, V]):
    """What is known of tokens by their index; more is found out when asked for, as long as the parts it is of are held.

    It holds them by a weak reference: nothing that lives for one sentence waits for the garbage collector.
    """

    __slots__ = ("_find_out", "_parts")

    def __init__(self, parts: ref[Parts], find_out: Callable[[Parts, int], None]) -> None:
        super().__init__()
        self._parts, self._find_out = parts, find_out

    def __missing__(self, index: int) -> V:
        parts = self._parts()
        if parts is not None:
            self._find_out(parts, index)
        if index not in self:
            raise IndexError(index)
        return self[index]


class Parts:
    """The words of a sentence, told for every token: `first` token of its word, the one behind its last (`stop`), `tag`.

    Words are made out when asked for, from the last sign before the token on: no word reaches over a sign.
    """

    __slots__ = ("__weakref__", "_lexicon", "_tokens", "first", "stop", "tag")

    def __init__(self, lexicon: Lexicon, tokens: Tokens) -> None:
        self._lexicon, self._tokens = lexicon, tokens
        here = ref(self)
        self.first: _Told[int] = _Told(here, Parts._part)
        self.stop: _Told[int] = _Told(here, Parts._part)
        self.tag: _Told[str] = _Told(here, Parts._name)

    def _part(self, index: int) -> None:
        firsts, lowers, first = self.first, self._tokens.lowers, index
        while first > 0 and first - 1 not in firsts and lowers[first - 1][0].isalpha():
            first -= 1
        self._lexicon.tell(lowers, first, min(index, len(lowers) - 1), firsts, self.stop)

    def _name(self, index: int) -> None:
        first, stop = self.first[index], self.stop[index]
        tag = self._lexicon.tag(self._tokens, first, stop)
        for token in range(first, stop):
            self.tag[token] = tag


class Lexicon:
    """Parts a sentence into words, the longest first, and tags them by the lists."""

    def __init__(self, vocabulary: Vocabulary, table: PartsOfSpeech) -> None:
        self.tell = vocabulary.without(frozenset(_listed(table.alone)), frozenset(_listed(table.joined))).tell
        lists = ((VERB, table.verbs), (NOUN, table.nouns), (ADJECTIVE, table.adjectives))
        self._tags = {word: tag for tag, words in lists for word in _listed(words)}

    @classmethod
    def load(cls, vocabulary: Vocabulary, folders: Sequence[Path] = ()) -> Lexicon:
        """From the last of the package's and the users' `parts_of_speech.toml`."""
        return cls(vocabulary, merged("parts_of_speech.toml", PartsOfSpeech, folders))

    def read(self, tokens: Tokens) -> Parts:
        """The words of the sentence."""
        return Parts(self, tokens)

    def tag(self, tokens: Tokens, index: int, stop: int) -> str:
        """The part of speech of the word that the tokens from `index` to `stop` make."""
        first = tokens.texts[index]
        if not first.islower():
            if not first[0].isalpha():
                return SIGN
            inside = index > 0 and tokens.texts[index - 1][0].isalpha()
            if first[0].isupper() and (inside or (len(first) > 1 and first.isupper())):
                return NAME
        if stop == index + 1:
            return self._tags.get(tokens.lowers[index], UNKNOWN)
        tag = self._tags.get(" ".join(tokens.lowers[index:stop]), UNKNOWN)
        if tag == UNKNOWN and self._tags.get(tokens.lowers[index]) == VERB:
            return VERB  # mang lại, đưa ra: the verb that begins it
        return tag


def _listed(words: str) -> list[str]:
    return " ".join(words.split()).split(", ")
