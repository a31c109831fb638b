"""Words and their parts of speech by list, for the tokens of a sentence: fast, without a look at the context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.datafile import Table, merged
from extractor.tokens import Tokens
from extractor.words import Vocabulary

VERB, NOUN, ADJECTIVE, NAME, SIGN, UNKNOWN = "V", "N", "A", "P", "-", ""


class PartsOfSpeech(Table):
    """`data/parts_of_speech.toml`: words between commas."""

    verbs: str
    nouns: str
    adjectives: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a sentence, told for every token: first token of its word, the one behind its last, and its tag."""

    first: list[int]
    stop: list[int]
    tag: list[str]


class Lexicon:
    """Parts a sentence into words, the longest first, and tags them by the lists."""

    def __init__(self, vocabulary: Vocabulary, table: PartsOfSpeech) -> None:
        self._vocabulary = vocabulary
        lists = ((VERB, table.verbs), (NOUN, table.nouns), (ADJECTIVE, table.adjectives))
        self._tags = {word: tag for tag, words in lists for word in " ".join(words.split()).split(", ")}

    @classmethod
    def load(cls, vocabulary: Vocabulary, folders: Sequence[Path] = ()) -> Lexicon:
        """From the last of the package's and the users' `parts_of_speech.toml`."""
        return cls(vocabulary, merged("parts_of_speech.toml", PartsOfSpeech, folders))

    def read(self, tokens: Tokens) -> Parts:
        """The words of the sentence."""
        parts = Parts([], [], [])
        size, index = len(tokens), 0
        while index < size:
            stop = self._vocabulary.stop(tokens.lowers, index)
            tag = self._tag(tokens, index, stop)
            length = stop - index
            parts.first.extend([index] * length)
            parts.stop.extend([stop] * length)
            parts.tag.extend([tag] * length)
            index = stop
        return parts

    def _tag(self, tokens: Tokens, index: int, stop: int) -> str:
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
