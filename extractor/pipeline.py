"""The one place that knows the order of the stages: article in, record out."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from extractor.abbreviations import AbbreviationFinder
from extractor.article import Article
from extractor.assemble import assemble
from extractor.blocks import BlockFinder
from extractor.check import Checker
from extractor.clean import Cleaner
from extractor.document import Document
from extractor.figures import FigureFinder
from extractor.model import Record
from extractor.relate import Relater
from extractor.scope import ScopeFinder
from extractor.sentences import SentenceFinder
from extractor.trace import NO_TRACE, Trace
from extractor.words import Words


@dataclasses.dataclass(frozen=True)
class Extractor:
    """Finds the figures of articles. Holds its rules and no state between articles; two can live side by side.

    >>> from extractor import Extractor
    >>> record = Extractor.default().extract_text("Liên đoàn mở gần 50 lớp tập huấn.")
    >>> record.figures[0].modifier, int(record.figures[0].value), record.figures[0].unit
    ('almost', 50, 'lớp')
    """

    cleaner: Cleaner
    blocks: BlockFinder
    sentences: SentenceFinder
    abbreviations: AbbreviationFinder
    figures: FigureFinder
    scopes: ScopeFinder
    relater: Relater
    checker: Checker

    @classmethod
    def default(cls, folders: Sequence[Path] = ()) -> Extractor:
        """An extractor with the package's data files, and those of the users' folders where given."""
        words = Words()
        vocabulary = words.vocabulary()
        return cls(
            Cleaner.load(folders),
            BlockFinder.load(folders),
            SentenceFinder.load(folders),
            AbbreviationFinder.load(folders),
            FigureFinder.load(words, vocabulary, folders),
            ScopeFinder.load(vocabulary, folders),
            Relater.load(folders),
            Checker.load(folders),
        )

    def extract_text(
        self,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 (the record's own name for it)
        title: str | None = None,
        published: date | str | None = None,
    ) -> Record:
        """The record of a text. Without an `id`, one is derived from the text; `published` is a day or its ISO form.

        Raises:
            ValueError: if `published` is text and no date.
        """
        day = date.fromisoformat(published) if isinstance(published, str) else published
        return self.extract(Article(text=text, id=id, title=title, published=day))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Record]:
        """The records of many articles, one at a time."""
        return map(self.extract, articles)

    def extract(self, article: Article, trace: Trace = NO_TRACE) -> Record:
        """The record of an article."""
        return assemble(article, article_id(article), self.analyse(article, trace), self.blocks)

    def analyse(self, article: Article, trace: Trace = NO_TRACE) -> Document:
        """The article after all stages, in view coordinates."""
        document = self.prepare(article)
        document.quantities = self.figures.find(document, trace)
        document.scopes = self.scopes.find(document)
        document.relations = self.relater.relate(document)
        document.findings = self.checker.check(document)
        return document

    def prepare(self, article: Article) -> Document:
        """The article cleaned, cut into blocks and sentences, its abbreviations expanded."""
        view = self.cleaner.document(article.title, article.text)
        blocks = self.blocks.find(view)
        published, warnings = article.published, article.warnings
        if published is None:
            dated = self.blocks.dateline_date(view, blocks)
            if dated is not None and dated.trusted:
                published = dated.day
            elif dated is not None:
                said = dated.span.of(view.text)
                warnings = (
                    *warnings,
                    f"the date {said} at the top may be the day of the visit: not taken as the article's",
                )
        return Document(
            view=view,
            title_end=view.title_end,
            published=published,
            blocks=blocks,
            sentences=self.sentences.find(view.text, blocks),
            abbreviations=self.abbreviations.find(view.text, view.lower),
            warnings=warnings,
        )


def article_id(article: Article) -> str:
    """The article's own id, else one derived from its text."""
    if article.id is not None:
        return article.id
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
