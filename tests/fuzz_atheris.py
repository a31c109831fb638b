"""Fuzzing led by coverage, where atheris is installed: ``python tests/fuzz_atheris.py -max_total_time=600``.

Bytes become articles by the reader, and records by the pipeline; a crash or an unsound record stops it and is kept.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed here: pip install atheris")

with atheris.instrument_imports(include=["extractor"]):
    from extractor import Extractor, ReadOptions
    from extractor.article import Article
    from extractor.errors import ReadError
    from extractor.read import read_stream
    from tests.soundness import faults

EXTRACTOR = Extractor.default()
NAMES = ("x.txt", "x.html", "x.json", "x.jsonl", "x.csv", "x.warc", "x.zip", "x")


def one(data: bytes) -> None:
    """The first byte chooses the name of the file, the rest is what is in it."""
    name, rest = NAMES[data[0] % len(NAMES)] if data else "x", data[1:]
    try:
        for result in read_stream(io.BytesIO(rest), name, ReadOptions()):
            if isinstance(result, Article):
                found = faults(result, EXTRACTOR.extract(result))
                assert not found, found
    except ReadError:
        pass


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
