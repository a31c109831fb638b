"""A batch of small shards with the stand-in extractor, to be killed: run_batch.py OUT WORKERS PAUSE INPUT…"""

from __future__ import annotations

import sys
from pathlib import Path

from fake_extractor import Fake

from extractor.batch import folder, run, shards
from extractor.batch.order import Order
from extractor.commands.console import Console

if __name__ == "__main__":
    folder.versions = dict  # the program does not change during a test
    shards.SHARD_ITEMS, run.CHUNK_ITEMS = 20, 7
    out, workers, pause, *paths = sys.argv[1:]
    with Console() as console:
        folder.carry_out(Order(tuple(paths), Path(out), make=Fake(float(pause)), workers=int(workers)), console)
