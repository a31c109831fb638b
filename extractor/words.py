"""Words and their parts of speech over short stretches; the only module that knows underthesea.

What it costs, one core: 200 µs to part ten syllables into words, 120 µs more to tag them; three quarters of it is the
making of features inside underthesea's own Rust. So only stretches where lists and rules leave the end of a noun
phrase open are sent here, and answers are kept for stretches that come again. underthesea's models are loaded from
its folder by their own engine (underthesea_core): importing the package itself takes half a second and rewrites
tokens, which would lose their places in the text.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.clean import Cleaner
from extractor.errors import AlignmentError, DataError
from extractor.span import Span

if TYPE_CHECKING:
    from underthesea_core import CRFFeaturizer, CRFTagger

SEGMENTER = "pipeline/word_tokenize/models/ws_crf_*"
TAGGER = "pipeline/pos_tag/models/pos_crf_*"

# The tokens that the models were trained on: numbers, syllables (CNVC-LĐ is one), runs of full stops, single signs.
# Control characters belong to no token: the engine takes some of them for white space and stops at an empty word.
_TOKEN = regex.compile(r"\d+(?:[.,/]\d+)*+|[\p{L}\p{M}\p{N}_]+(?:-[\p{L}\p{M}\p{N}_]+)*+|\.{2,}|[^\s\p{C}\p{Z}]")
_GAP = regex.compile(r"[\s\p{C}\p{Z}]+")


class Tagged(NamedTuple):
    """A word and its part of speech, by the tags of the VLSP treebank.

    N noun, Np name, Nc classifier, Nu unit, Ny and Nb abbreviated or borrowed noun, V verb, A adjective, P pronoun,
    M numeral, L determiner, R adverb, E preposition, C and Cc conjunction, T particle, CH sign, X other.
    """

    span: Span
    tag: str


# The lengths of the shortest and the longest words in a vocabulary, in syllables.
PAIR, LONGEST = 2, 4


class Vocabulary:
    """Words of several syllables, so that a syllable in one is not taken for the word it is by itself.

    `rests` holds what follows each first syllable in the words that it begins; left out are the words in `openings`
    and those that a syllable in it begins, but for the words `kept`. The words of a syllable are gone through when it
    is first met: few of the many thousands ever are.
    """

    def __init__(
        self,
        rests: Mapping[str, Sequence[str]],
        openings: frozenset[str] = frozenset(),
        kept: frozenset[str] = frozenset(),
    ) -> None:
        self._rests, self._openings, self._kept = rests, openings, kept
        # The first syllables of the words that may be left out.
        self._left_out = frozenset(word.partition(" ")[0] for word in openings)
        # How many syllables the longest word has that begins with two syllables.
        self._longest: dict[str, dict[str, int]] = {}
        self._held: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        """The vocabulary of the words that have two to four syllables."""
        rests: dict[str, list[str]] = defaultdict(list)
        for word in words:
            first, _, rest = word.partition(" ")
            if rest and rest.count(" ") < LONGEST - 1:
                rests[first].append(rest)
        return cls(dict(rests))

    def __contains__(self, word: object) -> bool:
        """Whether it is a word; syllables in lower case, a space between them."""
        first, _, rest = str(word).partition(" ")
        if first in self._rests and first not in self._held:
            self._seconds(first)
        return rest in self._held.get(first, ())

    def without(self, openings: frozenset[str], kept: frozenset[str]) -> Vocabulary:
        """The vocabulary without these words and those that one of these syllables begins, but with the words `kept`."""
        return Vocabulary(self._rests, openings, kept)

    def tell(
        self, syllables: Sequence[str], first: int, last: int, firsts: dict[int, int], stops: dict[int, int]
    ) -> None:
        """Note of each syllable from `first` up to `last` where its word begins and stops, the longest words first."""
        begins, rests, end = self._longest, self._rests, len(syllables)
        while first <= last:
            syllable = syllables[first]
            seconds = begins.get(syllable)
            if seconds is None and syllable in rests:
                seconds = self._seconds(syllable)
            size = seconds.get(syllables[first + 1], 1) if seconds is not None and first + 1 < end else 1
            if size == 1:
                firsts[first] = first
                first += 1
                stops[first - 1] = first
                continue
            if size > PAIR:
                size = self._size(syllables, first, size)
            stop = first + size
            for place in range(first, stop):
                firsts[place], stops[place] = first, stop
            first = stop

    def _seconds(self, first: str) -> dict[str, int]:
        """The second syllables of the words that a syllable begins, each with the length of the longest word."""
        held = self._rests[first]
        # No sign belongs to a word, so that a stretch between signs can be parted by itself.
        if not (first + "".join(held)).replace(" ", "").isalpha():
            held = [rest for rest in held if (first + rest).replace(" ", "").isalpha()]
        if first in self._left_out:
            held = [rest for rest in held if self._is_held(first, f"{first} {rest}")]
        seconds: dict[str, int] = {}
        for rest in held:
            second, _, more = rest.partition(" ")
            size = PAIR + 1 + more.count(" ") if more else PAIR
            if size > seconds.get(second, 0):
                seconds[second] = size
        self._held[first] = frozenset(held)
        self._longest[first] = seconds
        return seconds

    def _is_held(self, first: str, word: str) -> bool:
        return word in self._kept or self._openings.isdisjoint((word, first))

    def _size(self, syllables: Sequence[str], first: int, size: int) -> int:
        """How many syllables the longest word has that begins at `first`, with `size` at most."""
        held = self._held[syllables[first]]
        size = min(size, len(syllables) - first)
        while size > 1 and " ".join(syllables[first + 1 : first + size]) not in held:
            size -= 1
        return size


class _Model:
    """One sequence model of underthesea: labels for a row of tokens."""

    def __init__(self, pattern: str, *, dictionary: bool) -> None:
        from underthesea_core import CRFFeaturizer, CRFTagger  # noqa: PLC0415 - loaded when first needed

        folder = _folder(pattern)
        words = _unpickled(folder / "dictionary.bin") if dictionary else set()
        self._featurizer: CRFFeaturizer = CRFFeaturizer(_unpickled(folder / "features.bin"), words)
        self._tagger: CRFTagger = CRFTagger()
        self._tagger.load(str(folder / "models.bin"))

    def labels(self, tokens: list[str]) -> list[str]:
        """One label a token. Raises AlignmentError if the model gives another number of them."""
        rows = self._featurizer.process([[[token] for token in tokens]])
        labels: list[str] = self._tagger.tag(rows[0])
        if len(labels) != len(tokens):
            raise AlignmentError(f"{len(labels)} labels for {len(tokens)} tokens, first token {tokens[0]!r}")
        return labels


class Words:
    """Parts stretches of text into words and tags them; loads its models at the first call.

    The same stretch always gives the same words. `seen` counts the characters that the models looked at. Copies sent
    to other processes start afresh and load their own models.
    """

    def __init__(self, remembered: int = 8192) -> None:
        self.seen = 0
        self._remembered = remembered
        self._segmenter: _Model | None = None
        self._tagger: _Model | None = None
        self._segment = lru_cache(remembered)(self._parted)
        self._tag = lru_cache(remembered)(self._tagged)

    def __reduce__(self) -> tuple[type[Words], tuple[int]]:
        return Words, (self._remembered,)

    def segment(self, text: str) -> tuple[Span, ...]:
        """The words of a short stretch in order, as spans of `text`; white space belongs to none."""
        return self._segment(text)

    def tag(self, text: str) -> tuple[Tagged, ...]:
        """The words of a short stretch with their parts of speech."""
        return self._tag(text)

    def vocabulary(self) -> Vocabulary:
        """The words of two to four syllables that the segmenter's dictionary holds."""
        words = _unpickled(_folder(SEGMENTER) / "dictionary.bin")
        # The dictionary writes hoá, our view hóa: one cleaning of the whole list makes them alike.
        return Vocabulary.of(Cleaner.load().clean("\n".join(words)).lower.split("\n"))

    def _parted(self, text: str) -> tuple[Span, ...]:
        tokens = [Span(*match.span()) for match in _TOKEN.finditer(text)]
        if not tokens:
            return ()
        self.seen += len(text)
        if self._segmenter is None:
            self._segmenter = _Model(SEGMENTER, dictionary=True)
        words: list[Span] = []
        for token, label in zip(tokens, self._segmenter.labels([token.of(text) for token in tokens]), strict=True):
            if label == "I-W" and words:
                words[-1] = Span(words[-1].start, token.end)
            else:
                words.append(token)
        return tuple(words)

    def _tagged(self, text: str) -> tuple[Tagged, ...]:
        words = self.segment(text)
        if not words:
            return ()
        if self._tagger is None:
            self._tagger = _Model(TAGGER, dictionary=False)
        labels = self._tagger.labels([_GAP.sub(" ", word.of(text)) for word in words])
        return tuple(Tagged(word, label.removeprefix("B-")) for word, label in zip(words, labels, strict=True))


def _folder(pattern: str) -> Path:
    """The folder of a model inside the installed underthesea, found without importing it."""
    spec = find_spec("underthesea")
    places = sorted(Path(spec.origin).parent.glob(pattern)) if spec and spec.origin else []
    if not places:
        raise DataError(f"underthesea holds no model {pattern}: install the version that pyproject.toml asks for")
    return places[-1]


def _unpickled(path: Path) -> list[str] | set[str]:
    """A list or set of strings of the installed package, which is trusted as code is."""
    content: list[str] | set[str] = pickle.loads(path.read_bytes())  # noqa: S301
    return content
