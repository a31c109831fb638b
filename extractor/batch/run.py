"""Chunks through an executor: results in the order of the chunks, few at a time, whatever happens to the workers."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import ParamSpec, Protocol, TypeVar

from extractor.batch.items import Item
from extractor.batch.work import Job, Outcome, error_row, work

P = ParamSpec("P")
T = TypeVar("T")
Tag = TypeVar("Tag")
Chunk = tuple[Item, ...]
LOG = logging.getLogger(__name__)
CHUNK_ITEMS = 100
CHUNK_BYTES = 2**20
_AHEAD = 4  # chunks in work or waiting, for each worker: enough to keep all busy, few enough to keep memory flat
_TRIES_ALONE = 3


class LostError(Exception):
    """A task's worker died, or was ended because the task ran out of time (`timeout`); `final` if trying again is idle."""

    def __init__(self, reason: str, *, timeout: bool = False, final: bool = False) -> None:
        super().__init__(reason)
        self.timeout = timeout
        self.final = final or timeout


class Engine(Protocol):
    """A `concurrent.futures.Executor` that tells how many workers it has, and which tasks were lost with a worker."""

    width: int

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call."""

    def result(self, future: Future[T]) -> T:
        """Wait for the result of a call. Raises `LostError`, or what the call itself raised."""


class Here:
    """The engine without workers: each call is done in this process, when it comes in."""

    width = 1

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do a call."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (raised again where the result is asked for)
            future.set_exception(error)
        return future

    def result(self, future: Future[T]) -> T:
        """The result of a call."""
        return future.result()


def chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    """Cut items into chunks: the pieces that workers take."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        if chunk and (len(chunk) == CHUNK_ITEMS or size + item.size > CHUNK_BYTES):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(item)
        size += item.size
    if chunk:
        yield tuple(chunk)


def in_order(engine: Engine, job: Job, tagged: Iterable[tuple[Tag, Chunk]]) -> Iterator[tuple[Tag, Outcome]]:
    """The outcome of each chunk, with its tag, in order. Takes from `tagged` only as much as the workers need.

    An empty chunk has an empty outcome, without any worker.
    """
    waiting: deque[tuple[Tag, Chunk, Future[Outcome]]] = deque()
    for tag, chunk in tagged:
        waiting.append((tag, chunk, engine.submit(work, job, chunk) if chunk else _empty()))
        if len(waiting) >= _AHEAD * engine.width:
            yield _settled(engine, job, *waiting.popleft())
    while waiting:
        yield _settled(engine, job, *waiting.popleft())


def _empty() -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_result(Outcome())
    return future


def _settled(engine: Engine, job: Job, tag: Tag, chunk: Chunk, future: Future[Outcome]) -> tuple[Tag, Outcome]:
    """Wait for a chunk. Where its worker was lost, each item is tried again alone: one of them is to blame."""
    try:
        return tag, engine.result(future)
    except LostError as lost:
        LOG.warning("a chunk of %d from %s was lost (%s); trying its items one by one", len(chunk), chunk[0].uri, lost)
    alone = [(item, engine.submit(work, job, (item,))) for item in chunk]
    outcome = Outcome()
    for item, single in alone:
        outcome += _alone(engine, job, item, single)
    return tag, outcome


def _alone(engine: Engine, job: Job, item: Item, future: Future[Outcome]) -> Outcome:
    """The outcome of an item by itself. Running out of time is its own doing; a death is tried again."""
    for left in reversed(range(_TRIES_ALONE)):
        try:
            return engine.result(future)
        except LostError as lost:
            if left and not lost.final:
                future = engine.submit(work, job, (item,))
                continue
            return lost_outcome(item, lost)
    raise AssertionError("unreachable")


def lost_outcome(item: Item, lost: LostError) -> Outcome:
    """The dead letter of an item that took its worker with it."""
    article_id = item.article.id if item.article else None
    row = error_row(lost, uri=item.uri, line=item.line, stage="extract", article_id=article_id)
    row["error"] = "TimeoutError" if lost.timeout else "WorkerError"
    return Outcome.of_error(row) + Outcome(tally=Counter(lost=1))
