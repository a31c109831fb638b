"""Texts made to hurt: python -m tests.benchmarks.adversarial [--size CHARACTERS]

For each piece of tests/adversarial.py, repeated to the size: seconds for a million characters, and how many times the
plain run's (ordinary sentences, each with three figures) that is, all in one run.
"""

from __future__ import annotations

import argparse
import time

from extractor.pipeline import Extractor
from tests.adversarial import PROSE, WITH_FIGURES, WITHOUT_FIGURES, text


def seconds_per_million(extractor: Extractor, piece: str, size: int) -> tuple[float, int]:
    """CPU seconds for a million characters of a piece, and how many figures a text of the size had."""
    begin = time.process_time()
    record = extractor.extract_text(text(piece, size))
    return (time.process_time() - begin) / size * 1e6, len(record.figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of each text (1,000,000)")
    size = parser.parse_args().size
    extractor = Extractor.default()
    extractor.extract_text(PROSE)
    plain, _ = seconds_per_million(extractor, PROSE, size)
    print(f"{'plain run':36}{plain:8.2f} s a million characters")
    for piece in WITHOUT_FIGURES + WITH_FIGURES:
        took, figures = seconds_per_million(extractor, piece, size)
        print(f"{piece!a:36}{took:8.2f} s{took / plain:8.2f} × plain{figures:10,} figures", flush=True)


if __name__ == "__main__":
    main()
