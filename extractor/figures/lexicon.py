"""Words and their parts of speech by list, for the tokens of a sentence: fast, without a look at the context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from extractor.datafile import Table, merged
from extractor.tokens import Tokens
from extractor.words import Vocabulary

VERB, NOUN, ADJECTIVE, NAME, SIGN, UNKNOWN = "V", "N", "A", "P", "-", ""


class PartsOfSpeech(Table):
    """`data/parts_of_speech.toml`: words between commas."""

    verbs: str
    nouns: str
    adjectives: str


V = TypeVar("V")


class _Told(dict[int, V]):
    """What is known of tokens by their index; more is found out when asked for."""

    def __init__(self, find_out: Callable[[int], None]) -> None:
        super().__init__()
        self._find_out = find_out

    def __missing__(self, index: int) -> V:
        self._find_out(index)
        if index not in self:
            raise IndexError(index)
        return self[index]


class Parts:
    """The words of a sentence, told for every token: `first` token of its word, the one behind its last (`stop`), `tag`.

    Words are made out as far as they are asked for, from the start of the sentence on.
    """

    def __init__(self, lexicon: Lexicon, tokens: Tokens) -> None:
        self._lexicon, self._tokens, self._next = lexicon, tokens, 0
        self.first: _Told[int] = _Told(self._part)
        self.stop: _Told[int] = _Told(self._part)
        self.tag: _Told[str] = _Told(self._name)

    def _part(self, index: int) -> None:
        first, lowers = self._next, self._tokens.lowers
        while first <= index < len(lowers):
            stop = self._lexicon.stop(lowers, first)
            for token in range(first, stop):
                self.first[token], self.stop[token] = first, stop
            first = stop
        self._next = first

    def _name(self, index: int) -> None:
        first, stop = self.first[index], self.stop[index]
        self.tag.update(dict.fromkeys(range(first, stop), self._lexicon.tag(self._tokens, first, stop)))


class Lexicon:
    """Parts a sentence into words, the longest first, and tags them by the lists."""

    def __init__(self, vocabulary: Vocabulary, table: PartsOfSpeech) -> None:
        self.stop = vocabulary.stop
        lists = ((VERB, table.verbs), (NOUN, table.nouns), (ADJECTIVE, table.adjectives))
        self._tags = {word: tag for tag, words in lists for word in " ".join(words.split()).split(", ")}

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
