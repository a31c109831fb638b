"""How fast: python -m tests.benchmarks.speed [--bulk ARTICLES] [--count N] [--html FOLDER] [--workers]

Everything is measured in one run over the same texts, in seconds of one core (but --workers): the whole pipeline, its
stages, and beside them underthesea's word_tokenize and ner, a bare scan for numbers, and json. All are warm before they
are measured. So the ratios hold on any machine, also a busy one.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import regex

from extractor.article import Article
from extractor.batch import folder
from extractor.batch.order import Order
from extractor.commands.console import Console
from extractor.pipeline import Extractor
from extractor.read import ReadOptions, read
from extractor.words import Words
from extractor.write.lines import to_line
from tests.benchmarks.corpus import Corpus, load

NER_ARTICLES = 5
BATCH = 2000  # articles of the batch with one worker and with two
OTHERS = 300  # articles that warm the pipeline up, none of them among those measured
SIZES = (1_000, 10_000, 100_000, 1_000_000)


class Timed:
    """A stage whose calls are timed."""

    def __init__(self, stage: object, name: str, spent: Counter[str]) -> None:
        self._stage, self._name, self._spent = stage, name, spent

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._stage, attribute)
        if not callable(value):
            return value

        def call(*args: object, **kwargs: object) -> object:
            begin = time.process_time()
            try:
                return value(*args, **kwargs)
            finally:
                self._spent[self._name] += time.process_time() - begin

        return call


def clocked(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds that a call takes: of one core, or by another clock."""
    begin = clock()
    call()
    return clock() - begin


def each(function: Callable[[Any], object], values: Iterable[Any]) -> Callable[[], None]:
    """A call that applies a function to all values and keeps nothing."""

    def run() -> None:
        for value in values:
            function(value)

    return run


def row(name: str, seconds: float, corpus: Corpus, whole: float) -> None:
    """One line of the table: rates, and how many times the pipeline's own time it takes."""
    rate, volume = len(corpus.articles) / seconds, corpus.megabytes / seconds
    print(f"{name:34}{seconds:9.3f} s{rate:12,.0f} articles/s{volume:10.2f} MB/s{seconds / whole:10.3f} × pipeline")


def characters_seen() -> int:
    """How many characters underthesea's models have looked at so far."""
    return sum(found.seen for found in gc.get_objects() if isinstance(found, Words))


def pipeline(corpus: Corpus, others: Corpus) -> float:
    """The whole pipeline and its stages; seconds of the whole, once models and expressions are loaded (by `others`)."""
    warm = Extractor.default()
    begun = clocked(each(warm.extract, others.articles))
    seen = -characters_seen()
    whole = clocked(each(warm.extract, corpus.articles))
    seen += characters_seen()
    row("pipeline (extract)", whole, corpus, whole)
    spent: Counter[str] = Counter()
    stages = {field.name: getattr(warm, field.name) for field in dataclasses.fields(warm)}
    timed = dataclasses.replace(warm, **{name: Timed(stage, name, spent) for name, stage in stages.items()})
    spent["the rest: assembling the record"] = clocked(each(timed.extract, corpus.articles)) - spent.total()
    for name, seconds in spent.items():
        row(f"  {name} ({seconds / spent.total():.0%})", seconds, corpus, whole)
    extra = begun - whole * others.characters / corpus.characters
    print(f"{'once: loading models, compiling':34}{max(0.0, extra):9.3f} s")
    print(f"{'share of the text that underthesea saw':34}{seen / corpus.characters:9.2%}")
    return whole


def writing(corpus: Corpus, whole: float) -> None:
    """Records to JSON and back."""
    extractor = Extractor.default()
    records = [extractor.extract(article) for article in corpus.articles]
    rows = [record.as_json() for record in records]
    lines = [to_line(found) for found in rows]
    row("record → JSON-ready (as_json)", clocked(each(lambda record: record.as_json(), records)), corpus, whole)
    row("json.dumps of the records", clocked(each(json.dumps, rows)), corpus, whole)
    row("json.loads of the records", clocked(each(json.loads, lines)), corpus, whole)


def beside(corpus: Corpus, whole: float) -> None:
    """What others take over the same texts."""
    from underthesea import ner, word_tokenize  # noqa: PLC0415 (after the pipeline was measured)

    word_tokenize("Chạy một lần để nạp mô hình.")
    ner("Chạy một lần để nạp mô hình.")
    tokenizing = clocked(each(word_tokenize, corpus.texts))
    row("underthesea.word_tokenize", tokenizing, corpus, whole)
    few = Corpus(corpus.articles[:NER_ARTICLES])
    tagging = clocked(each(ner, few.texts)) * corpus.characters / few.characters
    row(f"underthesea.ner (from {len(few.articles)} articles)", tagging, corpus, whole)
    numbers = regex.compile(r"\d+(?:[.,]\d+)*")
    row("bare number scan (regex)", clocked(each(numbers.findall, corpus.texts)), corpus, whole)
    print(f"\nthe pipeline is {tokenizing / whole:.2f} times as fast as underthesea.word_tokenize (aim: 8)")


def growth(corpus: Corpus) -> None:
    """Time for a character as articles grow: the same in each line, or the pipeline is not linear."""
    extractor = Extractor.default()
    text = "\n\n".join(corpus.texts)
    while len(text) < SIZES[-1]:
        text += "\n\n" + text
    print()
    for size in SIZES:
        pieces = [Article(text[at : at + size], id="x") for at in range(0, min(len(text), max(size, 50_000)), size)]
        pieces = [piece for piece in pieces if len(piece.text) == size]
        seconds = clocked(each(extractor.extract, pieces)) / len(pieces)
        print(
            f"an article of {size:>9,} characters {seconds:9.4f} s {seconds / size * 1e6:8.2f} s a million characters"
        )


def pages(place: Path) -> None:
    """Taking articles out of HTML, apart from everything else."""
    options = ReadOptions(format="html")
    size = sum(path.stat().st_size for path in place.rglob("*.html")) / 1e6
    read_all = lambda: sum(1 for _ in read([str(path) for path in sorted(place.rglob("*.html"))], options))  # noqa: E731
    read_all()
    seconds, count = clocked(read_all), sum(1 for _ in place.rglob("*.html"))
    if count:
        print(f"\nHTML to text: {count} pages, {count / seconds:,.0f} pages/s, {size / seconds:.2f} MB of HTML/s")


def workers(corpus: Corpus) -> None:
    """A batch with one worker and with two, the workers' start left out (measured on two articles)."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "in.jsonl")
        taken = []
        for count in (1, 2):
            lengths = []
            for articles in (corpus.articles[:2], corpus.articles):
                source.write_bytes(b"".join(to_line({"id": a.id, "text": a.text}) + b"\n" for a in articles))
                order = Order((str(source),), Path(place, f"{count}-{len(articles)}"), workers=count)
                with Console() as console:
                    lengths.append(
                        clocked(
                            lambda order=order, console=console: folder.carry_out(order, console), time.perf_counter
                        )
                    )
            taken.append(lengths[1] - lengths[0])
            print(f"batch, {count} workers: {taken[-1]:7.2f} s, {len(corpus.articles) / taken[-1]:,.0f} articles/s")
        print(f"two workers are {taken[0] / taken[1]:.2f} times as fast as one (aim: 1.7)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--bulk", type=Path, help="a file of articles (real ones that stand beside the project, else its samples)"
    )
    parser.add_argument("--count", type=int, default=150, help="how many articles (150)")
    parser.add_argument("--html", type=Path, default=Path(__file__).parents[2] / "samples", help="a folder of pages")
    parser.add_argument("--workers", action="store_true", help="measure a batch with one worker and with two")
    options = parser.parse_args()
    corpus, others = load(options.bulk, options.count, OTHERS)
    print(f"{len(corpus.articles)} articles, {corpus.characters:,} characters, {corpus.megabytes:.2f} MB\n")
    whole = pipeline(corpus, others)
    writing(corpus, whole)
    beside(corpus, whole)
    growth(corpus)
    pages(options.html)
    if options.workers:
        print()
        workers(load(options.bulk, BATCH)[0])


if __name__ == "__main__":
    main()
