"""The samples and the records they are promised to give. `python -m tests.samples` writes the records anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from extractor import Article, Extractor, read_articles

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"


def sample_files() -> list[Path]:
    """The articles, without what is expected of them."""
    return sorted(path for path in SAMPLES.iterdir() if ".expected." not in path.name)


def expected_file(sample: Path) -> Path:
    """Where the records of a sample stand."""
    return sample.with_name(f"{sample.stem}.expected.jsonl")


def records(extractor: Extractor, sample: Path) -> Iterator[str]:
    """The records of a sample as JSON lines, the path of the source as in the repository."""
    articles: Iterator[Article] = iter(read_articles([str(sample)]))
    for record in extractor.extract_many(articles):
        row = record.as_json()
        row["source"]["uri"] = sample.relative_to(ROOT).as_posix()
        yield json.dumps(row, ensure_ascii=False)


def main() -> None:
    """Write the expected records of all samples."""
    extractor = Extractor.default()
    for sample in sample_files():
        expected_file(sample).write_text("".join(f"{line}\n" for line in records(extractor, sample)), "utf-8")


if __name__ == "__main__":
    main()
