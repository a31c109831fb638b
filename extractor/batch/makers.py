"""Makes the extractor of a worker process: the package's own, with what the user asked for around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractor.article import Article
from extractor.span import Span
from extractor.versions import hash_of, hash_of_files

if TYPE_CHECKING:
    from extractor.clean import Cleaner
    from extractor.model import Record
    from extractor.pipeline import Extractor
    from extractor.review.decisions import Decisions
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


@dataclass(frozen=True, slots=True)
class DefaultMaker:
    """The package's extractor with the user's lexicon folders, adding tokens and applying reviewers' decisions."""

    lexicons: tuple[Path, ...] = ()
    tokens: bool = False
    decisions: Path | None = None

    def __call__(self) -> Extracts:
        """Load data and models, which only workers need."""
        from extractor.pipeline import Extractor  # noqa: PLC0415

        extractor = Extractor.default(self.lexicons)
        if not self.tokens and self.decisions is None:
            return extractor
        from extractor.review.decisions import load_decisions  # noqa: PLC0415
        from extractor.words import Words  # noqa: PLC0415

        decisions = None if self.decisions is None else load_decisions(self.decisions)
        return Extended(extractor, Words() if self.tokens else None, decisions)

    def identity(self) -> dict[str, Any]:
        """The contents of the lexicon folders and of the decisions."""
        decisions = self.decisions
        return {
            "lexicons": [hash_of(folder, "*") for folder in self.lexicons],
            "tokens": self.tokens,
            "decisions": None if decisions is None else hash_of_files(decisions.parent, [decisions]),
        }


@dataclass(frozen=True, slots=True)
class Extended:
    """An extractor whose records get tokens, or reviewers' decisions, or both."""

    extractor: Extractor
    words: Words | None
    decisions: Decisions | None

    def extract(self, article: Article, /) -> Record:
        """The record of one article."""
        record = self.extractor.extract(article)
        if self.decisions is not None:
            from extractor.review.applying import apply  # noqa: PLC0415 (only for who reviews)

            record = apply(record, self.decisions)
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
