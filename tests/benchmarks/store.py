"""How the comparison across articles grows: generated records, 10,000 to 100,000, in a memory of 2 GB.

    python tests/benchmarks/store.py [RECORDS ...] [--store FILE]

Each size runs in a process of its own, so that its peak of memory is its own. About one article in twenty is a
reprint, cut or whole; bodies tell of the same things in several articles, one time in ten with another number.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from extractor.store import Store
from extractor.store.inputs import lines_of

SIZES = (10_000, 20_000, 50_000, 100_000)
WORDS = 350
FIGURES = 15
NOUNS = ("đoàn viên", "công đoàn cơ sở", "lớp tập huấn", "suất quà", "căn nhà mái ấm công đoàn")
UNITS = ("đoàn viên", "công đoàn cơ sở", "lớp", "suất", "căn")
CODES = ("person", "organization", "class", "item", "item")
KINDS = ("people_count", "organization_count", "class_count", "item_count", "item_count")
VERBS = ("kết nạp", "thành lập mới", "tổ chức", "trao", "xây mới")
ONSETS, RHYMES = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "t", "th", "tr", "v"), (
    "a", "an", "anh", "ao", "âu", "e", "em", "ên", "i", "inh", "o", "ong", "ô", "ông", "ơ", "u", "ung", "ưng", "ương", "yên",
)  # fmt: skip
SYLLABLES = [onset + rhyme for onset in ONSETS for rhyme in RHYMES]


def lines(count: int) -> Iterator[bytes]:
    """The lines of so many records, the same ones each time."""
    chance = random.Random(4)
    before: list[dict] = []
    for number in range(count):
        if before and chance.random() < 0.05:
            row = reprint(chance.choice(before), number, chance)
        else:
            row = article(number, count, chance)
            before = [*before[-50:], row]
        yield json.dumps(row, ensure_ascii=False).encode()


def reprint(row: dict, number: int, chance: random.Random) -> dict:
    """Another paper's copy of an article, with another title, whole or without its end."""
    kept = chance.choice((1.0, 0.6))
    text = row["text"][: int(len(row["text"]) * kept)]
    figures = [figure for figure in row["figures"] if figure["evidence"]["end"] <= len(text)]
    body = [{"start": 0, "end": len(text), "role": "body", "duplicate_of": None}]
    return {**row, "id": f"a{number}", "title": "Tin ghi ở cơ sở", "text": text, "figures": figures, "blocks": body}


def article(number: int, count: int, chance: random.Random) -> dict:
    """An article of a body and a year: figures among words."""
    body = f"Công ty {' '.join(chance.choices(SYLLABLES, k=1)).title()} {chance.randrange(max(1, count // 20))}"
    year = chance.choice((2019, 2020, 2021, 2022))
    text, figures = "", []
    for index in range(FIGURES):
        text += f"{' '.join(chance.choices(SYLLABLES, k=WORDS // FIGURES))}. "
        told, sentence = figure(index, body, year, len(text), chance)
        text += sentence + " "
        figures.append(told)
    return {
        "format": 1, "id": f"a{number}", "title": " ".join(chance.choices(SYLLABLES, k=8)), "byline": None,
        "source": {"uri": f"shard-{number // 1000}.jsonl", "media_type": "text/plain", "encoding": "utf-8", "sha256": None},
        "published": f"{year}-12-{chance.randrange(1, 29):02}", "text": text, "offset_unit": "codepoint",
        "blocks": [{"start": 0, "end": len(text), "role": "body", "duplicate_of": None}], "abbreviations": [],
        "figures": figures, "relations": [], "findings": [], "warnings": [],
    }  # fmt: skip


def figure(index: int, body: str, year: int, at: int, chance: random.Random) -> tuple[dict, str]:
    """A figure of a body, and its sentence; the same body's figure for the same month mostly has the same value."""
    sort, month = index % len(NOUNS), index // len(NOUNS) + 1
    value = (hash((len(body), sort, month, year)) % 9000 + 1000) + (chance.random() < 0.1)
    opening = f"Tháng {month}/{year}, {body} đã {VERBS[sort]} "
    written = f"{value:,}".replace(",", ".")
    sentence = f"{opening}{written} {NOUNS[sort]}."
    start = at + len(opening)
    entity = {"text": NOUNS[sort], "expanded": NOUNS[sort], "start": start, "end": at + len(sentence) - 1}
    first = f"{year}-{month:02}-01"
    told = {
        "id": f"f{index + 1}", "field": "text", "kind": KINDS[sort], "text": f"{written} {UNITS[sort]}",
        "start": start, "end": start + len(written) + 1 + len(UNITS[sort]),
        "number": {"start": start, "end": start + len(written)}, "value": value, "low": None, "high": None,
        "modifier": "exact", "unit": UNITS[sort], "unit_code": CODES[sort], "entity": entity,
        "organization": {"text": body, "expanded": body}, "place": None,
        "period": {"text": f"tháng {month}/{year}", "from": first, "to": f"{year}-{month:02}-28"}, "status": "achieved",
        "evidence": {"start": at, "end": at + len(sentence)}, "duplicate_of": None, "ambiguous": None, "found_by": [],
    }  # fmt: skip
    return told, sentence


def measure(count: int, path: Path | None) -> None:
    """Fill a store and compare; one JSON line of what it took."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "records.jsonl")
        with file.open("wb") as out:
            out.writelines(line + b"\n" for line in lines(count))
        began = time.perf_counter()
        with Store.open(path) as store:
            store.add_lines(lines_of([file]))
            added = time.perf_counter()
            verdicts = {"conflict": 0, "consistent": 0}
            for comparison in store.compare():
                verdicts[comparison.verdict] += 1
            ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"add": added - began, "compare": ended - added, "peak": peak, **verdicts}))


def main() -> None:
    """Run all sizes and print how time and memory grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--store", type=Path, help="a folder: keep the stores in files there")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.store and options.store / f"store-{options.one}.duckdb")
        return
    print(
        f"{'records':>9} {'figures':>9} {'add s':>8} {'compare s':>10} {'µs/figure':>10} {'peak MB':>8} {'conflicts':>10} {'agreements':>11}"
    )
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)] + (
            ["--store", str(options.store)] if options.store else []
        )
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        each = (row["add"] + row["compare"]) / (size * FIGURES) * 1e6
        print(
            f"{size:>9,} {size * FIGURES:>9,} {row['add']:>8.1f} {row['compare']:>10.1f} {each:>10.1f} {row['peak']:>8.0f}"
            f" {row['conflict']:>10,} {row['consistent']:>11,}",
            flush=True,
        )


if __name__ == "__main__":
    main()
