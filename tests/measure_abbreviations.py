"""Measures abbreviations: accuracy and precision on the gold sets, coverage of the frequency table, and the bulk.

    python tests/measure_abbreviations.py [--shared ../shared] [--errors] [--sample N]

The gold sets are scored together, as the scorer beside them does it. Coverage counts the occurrences (union and
seed articles) of the table's short forms. The expansions in 300 bulk articles, drawn with a fixed seed, are for
reading by eye: `--sample N` prints N of them, drawn likewise, in their context.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.abbreviations import AbbreviationFinder
from extractor.clean import Cleaner
from extractor.document import Abbreviation
from extractor.span import Span

SHARED = Path(__file__).parent.parent.parent / "shared"
SETS = ("seeds", "dev", "genre")
TONES = "\u0300\u0301\u0303\u0309\u0323"
SEED = 20261122
ARTICLES = 300
FREQUENT = 150


def fold(word: str) -> str:
    """A syllable with its tone mark moved to its end, as the scorer compares."""
    marks = unicodedata.normalize("NFD", word)
    return "".join(c for c in marks if c not in TONES) + "".join(c for c in marks if c in TONES)


def words(text: str) -> str:
    """A phrase as the scorer compares it."""
    spaced = "".join(" " if c in ',;()"“”-–—' else c for c in text.lower())
    return " ".join(fold(word) for word in spaced.split())


class Measurer:
    """The finder on whole articles, with short forms as the source writes them."""

    def __init__(self) -> None:
        self.cleaner = Cleaner.load()
        self.finder = AbbreviationFinder.load()

    def find(self, text: str) -> Iterator[tuple[str, Span, Abbreviation]]:
        """Each use with its short form and span as written."""
        view = self.cleaner.clean(text)
        for use in self.finder.find(view.text, view.lower):
            span = view.to_source(Span(use.start, use.end))
            yield unicodedata.normalize("NFC", span.of(text)), span, use


def gold(measurer: Measurer, shared: Path, *, errors: bool) -> dict[str, tuple[int, int, int, int]]:
    """For each set: gold pairs, right ones, pairs said of short forms that gold knows, right ones."""
    counts = {}
    for name in SETS:
        pairs = right = said_pairs = said_right = 0
        for article in _lines(shared / "gold" / f"{name}.gold.jsonl"):
            said: dict[str, set[str]] = defaultdict(set)
            for short, _, use in measurer.find(article["text"]):
                if use.long:
                    said[short].add(words(use.long))
            accepted: dict[str, set[str]] = defaultdict(set)
            for row in article.get("abbreviations", []):
                if row["long"]:
                    longs = {words(long) for long in (row["long"], *row.get("alt", []))}
                    accepted[row["short"]] |= longs
                    pairs += 1
                    right += bool(longs & said[row["short"]])
                    if errors and not longs & said[row["short"]]:
                        print("missed", name, article["id"], row["short"], row["long"], said[row["short"]], sep="\t")
            for short, longs in said.items():
                if short in accepted:
                    said_pairs += len(longs)
                    said_right += len(longs & accepted[short])
                    if errors and longs - accepted[short]:
                        print("false", name, article["id"], short, longs - accepted[short], sep="\t")
                elif errors and longs:
                    print("not in gold", name, article["id"], short, longs, sep="\t")
        counts[name] = (pairs, right, said_pairs, said_right)
    counts["together"] = tuple(map(sum, zip(*counts.values(), strict=True)))  # type: ignore[assignment]
    return counts


def coverage(finder: AbbreviationFinder, shared: Path) -> tuple[float, list[str], float, list[str]]:
    """The share of occurrences of defined rows, and of the most frequent other rows that are abbreviations."""
    with (shared / "abbreviations" / "frequency.tsv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    defined = [(row, _count(row)) for row in rows if row["definitions_found"]]
    missing = [(row["abbreviation"], n) for row, n in defined if not finder.knows(row["abbreviation"]) and n]
    share = 1 - sum(n for _, n in missing) / sum(n for _, n in defined)
    others = [row for row in rows if not row["definitions_found"]]
    frequent: dict[str, dict[str, str]] = {}
    for order in (lambda row: (-_count(row), -int(row["freq_bulk"])), lambda row: -_count(row) - int(row["freq_bulk"])):
        for row in sorted(others, key=order)[:FREQUENT]:
            frequent[row["abbreviation"]] = row
    real = [short for short in frequent if not finder.is_name_or_code(short)]
    lacking = [short for short in real if not finder.knows(short)]
    return share, [f"{short} {n}" for short, n in missing], 1 - len(lacking) / len(real), lacking


def bulk(measurer: Measurer, shared: Path, sample: int) -> tuple[int, int, float]:
    """Expansions and ambiguous uses in the drawn articles, and megabytes a second of the search alone."""
    with gzip.open(shared / "bulk" / "articles.jsonl.gz", "rt", encoding="utf-8") as handle:
        texts = [json.loads(line)["text"] for line in handle]
    draw = random.Random(SEED)
    drawn = draw.sample(texts, ARTICLES)
    expanded = [(text, short, span, use) for text in drawn for short, span, use in measurer.find(text)]
    for text, short, span, use in draw.sample(expanded, min(sample, len(expanded))):
        around = text[max(0, span.start - 50) : span.end + 40].replace("\n", "⏎")
        print(short, use.long or f"? {' / '.join(use.candidates)}", around, sep="\t")
    views = [measurer.cleaner.clean(text) for text in drawn]
    start = time.perf_counter()
    for view in views:
        measurer.finder.find(view.text, view.lower)
    seconds = time.perf_counter() - start
    size = sum(len(view.text.encode()) for view in views) / 1e6
    return sum(bool(use.long) for *_, use in expanded), sum(not use.long for *_, use in expanded), size / seconds


def _count(row: dict[str, str]) -> int:
    return int(row["freq_union"]) + int(row["freq_seeds"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", action="store_true", help="print what gold and finder differ on")
    parser.add_argument("--sample", type=int, default=0, help="print so many expansions of bulk articles")
    args = parser.parse_args()
    start = time.perf_counter()
    measurer = Measurer()
    print(f"loaded in {time.perf_counter() - start:.3f} s; {len(measurer.finder.lexicon.senses)} short forms")
    for name, (pairs, right, said, said_right) in gold(measurer, args.shared, errors=args.errors).items():
        print(
            f"{name:10s} accuracy {right / pairs:.4f} ({right}/{pairs})  precision {said_right / said:.4f} ({said_right}/{said})"
        )
    share, missing, others, lacking = coverage(measurer.finder, args.shared)
    print(f"coverage   defined rows {share:.4f} (lacking: {', '.join(missing)})")
    print(f"           frequent others {others:.4f} (lacking: {', '.join(lacking)})")
    expanded, ambiguous, speed = bulk(measurer, args.shared, args.sample)
    print(f"bulk       {ARTICLES} articles: {expanded} expansions, {ambiguous} ambiguous, {speed:.1f} MB/s")


if __name__ == "__main__":
    main()
