"""The command line with the stand-in extractor, for tests that need a process of its own."""

from __future__ import annotations

from fake_extractor import Fake

from extractor.batch import makers
from extractor.cli import main

if __name__ == "__main__":
    makers.DefaultMaker = lambda *_: Fake()  # type: ignore[assignment,misc]
    main(prog_name="extractor")
