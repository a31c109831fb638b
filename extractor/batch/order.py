"""What a user orders: which inputs, how to work on them, and where the records go."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.makers import DefaultMaker, Maker
from extractor.batch.run import CHUNK_ITEMS, Engine, Here
from extractor.batch.work import Job
from extractor.datafile import files
from extractor.errors import UsageError
from extractor.read import ReadOptions
from extractor.write.lines import Selection
from extractor.write.target import format_of

FOLDER_FORMATS = {"jsonl": ".jsonl", "jsonl.zst": ".jsonl.zst", "jsonl.gz": ".jsonl.gz"}
_GRACE = 60.0  # seconds: a worker's start, and the reading of its data


@dataclass(frozen=True, slots=True)
class Order:
    """All that one run is told. `workers` None: as many as there are cores, where the work is enough to share."""

    paths: tuple[str, ...]
    out: Path | None = None
    form: str | None = None
    selection: Selection = field(default_factory=Selection)
    reading: ReadOptions = field(default_factory=ReadOptions)
    make: Maker = field(default_factory=DefaultMaker)
    errors: Path | None = None
    workers: int | None = None
    force: bool = False
    timeout: float = 60.0
    cluster: str | None = None

    @property
    def to_folder(self) -> bool:
        """Whether OUT is a folder: it is one already, or its ending is none of a format."""
        return self.out is not None and (self.out.is_dir() or format_of(self.out) is None)

    @property
    def format(self) -> str:
        """The format of the output: as told, else by the ending of OUT, else JSON Lines."""
        by_ending = format_of(self.out) if self.out is not None and not self.to_folder else None
        return self.form or by_ending or "jsonl"

    @property
    def width(self) -> int:
        """How many worker processes are wanted."""
        return (os.cpu_count() or 1) if self.workers is None else self.workers

    @property
    def outputs(self) -> tuple[Path | None, ...]:
        """What the run writes itself, and must not read."""
        return (self.out, self.errors)

    def job(self) -> Job:
        """What the workers are to do."""
        return Job(self.make, self.reading, self.selection, self.timeout if self.width or self.cluster else None)

    def engine(self, until: ExitStack, spool: Path | None = None) -> Engine:
        """Start the workers, if any are wanted; they end with `until`."""
        if self.cluster:
            from extractor.batch.cluster import Cluster  # noqa: PLC0415 (an extra that only clusters need)

            return until.enter_context(Cluster(self.cluster))
        if not self.width:
            return Here()
        from extractor.batch.pool import LocalPool  # noqa: PLC0415 (not for the few articles done in this process)

        return until.enter_context(LocalPool(self.width, self.timeout * CHUNK_ITEMS + _GRACE, spool))


def check_kinds(kinds: tuple[str, ...], lexicons: tuple[Path, ...]) -> None:
    """Refuse a kind of figure that no data file defines."""
    known = sorted({path.stem for path in files("kinds", lexicons)})
    for kind in kinds:
        if kind not in known:
            raise UsageError(f"unknown kind {kind!r}; use one of {', '.join(known)}")
