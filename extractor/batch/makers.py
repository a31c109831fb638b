"""Makes the extractor of a worker process: the package's own, with what the user asked for around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractor.article import Article
from extractor.span import Span
from extractor.versions import hash_of

if TYPE_CHECKING:
    from extractor.clean import Cleaner
    from extractor.model import Record
    from extractor.pipeline import Extractor
    from extractor.words import Words


class Extracts(Protocol):
    """What a batch needs of an extractor."""

    def extract(self, article: Article, /) -> Record:
        """The record of one article."""


class Maker(Protocol):
    """Makes the extractor of a worker process: hashable, picklable."""

    def __call__(self) -> Extracts:
        """The extractor."""

    def __hash__(self) -> int:
        """Equal makers make equal extractors."""

    def identity(self) -> dict[str, Any]:
        """What the extractor's results depend on, beside the program itself: JSON values, hashes of files."""


class Adjuster(Protocol):
    """Makes what is done to each record afterwards: hashable, picklable."""

    def __call__(self) -> Callable[[Record], Record]:
        """Load it, in a worker."""

    def __hash__(self) -> int:
        """Equal adjusters do the same."""

    def identity(self) -> str:
        """A hash of what it depends on."""


@dataclass(frozen=True, slots=True)
class DefaultMaker:
    """The package's extractor with the user's lexicon folders, adding tokens or adjusting the records where asked to."""

    lexicons: tuple[Path, ...] = ()
    tokens: bool = False
    adjuster: Adjuster | None = None

    def __call__(self) -> Extracts:
        """Load data and models, which only workers need."""
        from extractor.pipeline import Extractor  # noqa: PLC0415
        from extractor.words import Words  # noqa: PLC0415

        extractor = Extractor.default(self.lexicons)
        if not self.tokens and self.adjuster is None:
            return extractor
        return Extended(extractor, Words() if self.tokens else None, self.adjuster() if self.adjuster else None)

    def identity(self) -> dict[str, Any]:
        """The contents of the lexicon folders and of what adjusts the records."""
        return {
            "lexicons": [hash_of(folder, "*") for folder in self.lexicons],
            "tokens": self.tokens,
            "adjuster": self.adjuster and self.adjuster.identity(),
        }


@dataclass(frozen=True, slots=True)
class Extended:
    """An extractor whose records get tokens, or are adjusted, or both."""

    extractor: Extractor
    words: Words | None
    adjust: Callable[[Record], Record] | None

    def extract(self, article: Article, /) -> Record:
        """The record of one article."""
        record = self.extractor.extract(article)
        if self.adjust is not None:
            record = self.adjust(record)
        if self.words is not None:
            record = record.model_copy(update={"tokens": tokens(article.text, self.extractor.cleaner, self.words)})
        return record


def tokens(text: str, cleaner: Cleaner, words: Words) -> tuple[tuple[int, int], ...]:
    """The words of a text as offsets into it; the words are those of its normalised view."""
    view = cleaner.clean(text)
    found: list[tuple[int, int]] = []
    at = 0
    for line in view.text.splitlines(keepends=True):
        found += [view.to_source(Span(at + word.start, at + word.end)) for word in words.segment(line)]
        at += len(line)
    return tuple(found)
