"""The texts that benchmarks run over: the samples, repeated, or a file of articles."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from extractor.article import Article
from extractor.read import ReadOptions, read

SAMPLES = Path(__file__).parents[2] / "samples"
REAL = Path(__file__).parents[3] / "shared" / "bulk" / "articles.jsonl.gz"
"""Real articles, where they stand beside the project. The samples hold four times as many figures a page."""


@dataclass(frozen=True)
class Corpus:
    """Articles with their size in characters and in UTF-8 bytes."""

    articles: list[Article]

    @property
    def characters(self) -> int:
        return sum(len(article.text) for article in self.articles)

    @property
    def megabytes(self) -> float:
        return sum(len(article.text.encode("utf-8", "replace")) for article in self.articles) / 1e6

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.articles]


def load(bulk: Path | None, count: int, others: int = 0) -> tuple[Corpus, Corpus]:
    """The first `count` articles of a file, and so many `others` behind them.

    Without a file the real ones; where they are not there, the samples, over and over, each time with a line of its own.

    (A repeated text would be answered from memory in places, and look faster than it is.)
    """
    bulk = bulk or (REAL if REAL.exists() else None)
    found = [article for article in read([str(bulk or SAMPLES)], ReadOptions()) if isinstance(article, Article)]
    if not found:
        raise SystemExit(f"no articles in {bulk or SAMPLES}; give a file with --bulk")
    if bulk is not None:
        return Corpus(found[:count]), Corpus(found[count : count + others])
    rounds = itertools.islice(((turn, article) for turn in itertools.count() for article in found), count + others)
    told = [Article(f"{article.text}\n\nLần {turn}.", id=f"{article.id}-{turn}") for turn, article in rounds]
    return Corpus(told[:count]), Corpus(told[count:])
