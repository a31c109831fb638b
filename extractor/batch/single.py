"""Everything into one file or stdout: records in the order of the inputs, errors to whoever listens."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

from extractor.batch.ids import Seen, mark_of, told
from extractor.batch.items import Item, Listener, items
from extractor.batch.order import Order
from extractor.batch.run import CHUNK_ITEMS, Engine, LostError, chunks, in_order, lost_outcome
from extractor.batch.work import Job, Outcome, alarm_raises, work
from extractor.write.target import Writer
from extractor.write.writers import writing


def carry_out(order: Order, listener: Listener) -> None:
    """Read, extract and write everything that is ordered."""
    with ExitStack() as until:
        sink = Sink(until.enter_context(writing(order.out, order.format)), listener)
        found = items(order.paths, order.reading, listener, order.outputs)
        start = (lambda: order.engine(until)) if order.width or order.cluster else None
        for outcome in outcomes(order.job(), found, start):
            sink.write(outcome)


def outcomes(job: Job, found: Iterable[Item], start: Callable[[], Engine] | None) -> Iterator[Outcome]:
    """The outcomes in order. Workers are started only where there is more than one chunk to share among them."""
    source = iter(found)
    first = list(itertools.islice(source, CHUNK_ITEMS)) if start else []
    source = itertools.chain(first, source)
    if start is None or len(first) < CHUNK_ITEMS:
        yield from _here(job, source)
    else:
        yield from (outcome for _, outcome in in_order(start(), job, ((None, chunk) for chunk in chunks(source))))


def _here(job: Job, source: Iterable[Item]) -> Iterator[Outcome]:
    """The outcomes of items worked on in this process; one that takes too long is an error like any other."""
    with alarm_raises(_OutOfTime):
        for item in source:
            try:
                outcome = work(job, (item,))
            except _OutOfTime:
                outcome = lost_outcome(item, LostError("ran out of time", timeout=True))
            yield outcome


class _OutOfTime(BaseException):
    """The article's time is up. No failure that stages may catch."""


class Sink:
    """Writes outcomes as they come, and tells repeated ids."""

    def __init__(self, writer: Writer, listener: Listener) -> None:
        self._writer = writer
        self._listener = listener
        self._seen = Seen()

    def write(self, outcome: Outcome) -> None:
        """Write the records of an outcome; its errors go to the listener."""
        for row in outcome.errors:
            self._listener.failed(row)
        repeated = set(self._seen.repeated(map(mark_of, outcome.ids)))
        for position, line in enumerate(outcome.lines):
            self._writer.write(told(line) if position in repeated else line)
        self._listener.done(outcome.tally + Counter(repeated_ids=len(repeated), warnings=len(repeated)))
