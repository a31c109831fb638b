"""A batch into a folder: shards of records, dead letters, a manifest and a summary. Stop it, kill it, start it again.

    OUT/shards/NAME.jsonl   records, in the order of the inputs; the manifest tells the order of the shards
    OUT/errors.jsonl        dead letters: what failed, at which stage, why, and where it came from
    OUT/manifest.json       which shard was made from what, with which program, data and options
    OUT/summary.json        counts
    OUT/.batch/             the lock, the journal and unfinished work of a run

The same inputs and options give the same bytes, with any number of workers, however often it was interrupted.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from extractor.batch.ids import Seen, mark_of, told
from extractor.batch.items import ErrorRow, Listener, items
from extractor.batch.manifest import MANIFEST, Entry, Manifest, packed, read_manifest
from extractor.batch.order import FOLDER_FORMATS, Order
from extractor.batch.run import Chunk, Engine, chunks, in_order
from extractor.batch.shards import Shard, shards
from extractor.batch.tally import Tally, summary
from extractor.batch.work import Outcome
from extractor.errors import UsageError
from extractor.versions import versions
from extractor.write.lines import to_line
from extractor.write.target import replacing
from extractor.write.writers import writing

LOG = logging.getLogger(__name__)
SHARDS, ERRORS, SUMMARY = "shards", "errors.jsonl", "summary.json"
"""The names of what lies in OUT, beside the manifest."""


def carry_out(order: Order, listener: Listener) -> Tally:
    """Do what is ordered, missing or changed; the counts of all that the folder holds then.

    Raises UsageError where the folder is not ours to write to, or another run is at work there.
    """
    assert order.out is not None  # noqa: S101 (for the type checker: `to_folder` holds)
    if order.format not in FOLDER_FORMATS:
        raise UsageError(
            f"{order.out} would be a folder, which takes JSON Lines: give a file the ending .{order.format}, "
            f"or write the folder, then: extractor convert {order.out} -o FILE.{order.format}"
        )
    with ExitStack() as until:
        place = _Place(order.out, FOLDER_FORMATS[order.format])
        until.enter_context(_locked(place))
        if order.force:
            place.start_anew()
        else:
            place.refuse_others(order.paths)
        manifest = Manifest(place.out, place.journal, _key(order))
        until.callback(manifest.close)
        batch = _Batch(order, place, manifest, listener, order.engine(until, place.work))
        return batch.carry_out()


def _key(order: Order) -> dict[str, Any]:
    """Everything beside the inputs that tells in the result."""
    return {
        "versions": versions(),
        "options": {
            "format": order.format,
            "selection": asdict(order.selection),
            "reading": {**asdict(order.reading), "fields": dict(order.reading.fields)},
            "extractor": order.make.identity(),
        },
    }


class _Place:
    """The folder and what lies where in it."""

    def __init__(self, out: Path, ending: str) -> None:
        self.out = out
        self.ending = ending
        self.shards = out / SHARDS
        self._own = out / ".batch"
        self.errors = self._own / "errors"
        self.work = self._own / "work"
        self.journal = self._own / "journal.jsonl"
        self.lock = self._own / "lock"

    def make(self) -> None:
        """Make the folder, unless it holds somebody else's things. Raises UsageError."""
        try:
            if self.out.is_dir() and any(self.out.iterdir()) and not self._own.is_dir():
                raise UsageError(f"{self.out} is not empty and was not made by a batch; choose another folder")
            for folder in (self.shards, self.errors):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot write to {self.out}: {error.strerror}; choose another folder") from error

    def clear_work(self) -> None:
        """Remove what a killed run left unfinished."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()

    def start_anew(self) -> None:
        """Believe nothing of what is there."""
        for path in (self.out / MANIFEST, self.journal):
            path.unlink(missing_ok=True)

    def refuse_others(self, paths: tuple[str, ...]) -> None:
        """Raise UsageError where the folder holds the results of inputs that are not given now: they would be lost."""
        stored = read_manifest(self.out / MANIFEST)
        missing = [path for path in stored["paths"] if path not in paths] if stored else []
        if missing:
            others = ", ".join(missing)
            raise UsageError(f"{self.out} holds results of {others}: give that too, or another folder, or --force")

    def shard(self, name: str) -> Path:
        """The file of a shard."""
        return self.shards / f"{name}{self.ending}"

    def dead_letters(self, name: str) -> Path:
        """The file of a shard's error rows; there is none where nothing failed."""
        return self.errors / f"{name}.jsonl"

    def remove_all_but(self, names: list[str]) -> None:
        """Remove shards that no input stands behind any more."""
        kept = {self.shard(name).name for name in names}
        for path in self.shards.iterdir():
            if path.name not in kept:
                path.unlink()
        kept = {self.dead_letters(name).name for name in names}
        for path in self.errors.iterdir():
            if path.name not in kept:
                path.unlink()


@contextmanager
def _locked(place: _Place) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go of when this process ends in any way."""
    place.make()
    lock = FileLock(place.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UsageError(f"another run is writing to {place.out}; wait for it, or choose another folder") from error
    try:
        place.clear_work()
        yield
        shutil.rmtree(place.work, ignore_errors=True)
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk of a shard on its way through the workers: the shard's last one, or what is already done of it."""

    shard: Shard
    last: bool = False
    done: Entry | None = None


class _Batch:
    """One run over a folder that is ours."""

    def __init__(self, order: Order, place: _Place, manifest: Manifest, listener: Listener, engine: Engine) -> None:
        self._order = order
        self._job = order.job()
        self._place = place
        self._manifest = manifest
        self._listener = listener
        self._engine = engine
        self._seen = Seen()
        self._total: Tally = Counter()
        self._names: list[str] = []

    def carry_out(self) -> Tally:
        """All shards, then what is told of the whole."""
        outcome = Outcome()
        for part, more in in_order(self._engine, self._job, self._parts()):
            if part.done is not None:
                self._kept(part.shard, part.done)
                continue
            outcome += more
            if part.last:
                self._made(part.shard, outcome)
                outcome = Outcome()
        self._finish()
        return self._total

    def _parts(self) -> Iterator[tuple[_Part, Chunk]]:
        """The work that is left, in the order of the inputs; of what is done, a mark without work."""
        order = self._order
        for shard in shards(items(order.paths, order.reading, self._listener, order.outputs)):
            entry = self._manifest.get(shard.name)
            if entry is not None and entry.digest == shard.digest() and self._is_good(entry):
                yield _Part(shard, done=entry), ()
                continue
            left = len(shard.items)
            for chunk in chunks(shard.items):
                left -= len(chunk)
                yield _Part(shard, last=left == 0), chunk

    def _is_good(self, entry: Entry) -> bool:
        """Whether the shard's file is there, and nothing was lost that another time limit might save."""
        if entry.lost_under not in (None, self._order.timeout):
            return False
        try:
            return self._place.shard(entry.name).stat().st_size == entry.bytes
        except FileNotFoundError:
            return False

    def _kept(self, shard: Shard, entry: Entry) -> None:
        """A shard that is done already, unless its ids meet others now than they did then."""
        repeated = tuple(self._seen.repeated(entry.marks()))
        if repeated == entry.repeated:
            for row in self._stored_errors(entry.name):
                self._listener.failed(row)
            self._counted(entry)
            return
        parts = ((None, chunk) for chunk in chunks(shard.items))
        outcome = sum((more for _, more in in_order(self._engine, self._job, parts)), Outcome())
        self._store(shard, outcome, repeated)

    def _stored_errors(self, name: str) -> list[ErrorRow]:
        dead = self._place.dead_letters(name)
        return [json.loads(line) for line in dead.read_bytes().splitlines()] if dead.exists() else []

    def _made(self, shard: Shard, outcome: Outcome) -> None:
        """A shard that is worked through."""
        for row in outcome.errors:
            self._listener.failed(row)
        self._store(shard, outcome, tuple(self._seen.repeated(map(mark_of, outcome.ids))))

    def _store(self, shard: Shard, outcome: Outcome, repeated: tuple[int, ...]) -> None:
        """Bring a shard to disk under its name, then say so in the manifest."""
        lines = list(outcome.lines)
        for position in repeated:
            lines[position] = told(lines[position])
        self._manifest.forget(shard.name)
        size = self._write(self._place.shard(shard.name), self._order.format, lines)
        dead = self._place.dead_letters(shard.name)
        if outcome.errors:
            self._write(dead, "jsonl", [to_line(row) for row in outcome.errors])
        else:
            dead.unlink(missing_ok=True)
        marks = packed([mark_of(article_id) for article_id in outcome.ids])
        tally = outcome.tally + Counter(repeated_ids=len(repeated), warnings=len(repeated))
        counts = dict(sorted(tally.items()))
        lost_under = self._order.timeout if counts.get("lost") else None
        entry = Entry(shard.name, shard.digest(), size, marks, repeated, shard.inputs(), counts, lost_under)
        self._manifest.add(entry)
        LOG.info("shard %s written: %d articles, %d errors", shard.name, len(lines), len(outcome.errors))
        self._counted(entry)

    def _write(self, path: Path, form: str, lines: list[bytes]) -> int:
        """Write lines to a file of the folder, which appears whole or not at all; its size in bytes."""
        with writing(path, form, within=self._place.work) as writer:
            for line in lines:
                writer.write(line)
        return path.stat().st_size

    def _counted(self, entry: Entry) -> None:
        self._names.append(entry.name)
        self._total.update(entry.tally)
        self._listener.done(Counter(entry.tally))

    def _finish(self) -> None:
        """Dead letters and summary of the whole folder, then its manifest: now the run is complete."""
        with replacing(self._place.out / ERRORS, within=self._place.work) as part, part.open("wb") as file:
            for name in self._names:
                if self._place.dead_letters(name).exists():
                    file.write(self._place.dead_letters(name).read_bytes())
        with replacing(self._place.out / SUMMARY, within=self._place.work) as part:
            part.write_text(json.dumps(summary(self._total), indent=2) + "\n", "utf-8")
        self._manifest.finish(self._names, self._order.paths)
        self._place.remove_all_but(self._names)
