"""What a worker does: a chunk of items → the lines of their records, error rows and counts.

Everything here travels between processes: plain, picklable values.
"""

from __future__ import annotations

import functools
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from extractor.article import Article
from extractor.batch.items import ErrorRow, Item, articles
from extractor.batch.makers import DefaultMaker, Extracts, Maker
from extractor.batch.tally import Tally, of_error, of_record
from extractor.errors import ReadError
from extractor.read import ReadOptions
from extractor.write.lines import Selection, to_line


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all chunks of a batch.

    `limit` is the time one article may take, in seconds for each megabyte that it begins; None for any time.

    `make` is called once a process.
    """

    make: Maker = field(default_factory=DefaultMaker)
    options: ReadOptions = field(default_factory=ReadOptions)
    selection: Selection = field(default_factory=Selection)
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a chunk, in the order of its items: `ids` and `lines` go together."""

    ids: tuple[str, ...] = ()
    lines: tuple[bytes, ...] = ()
    errors: tuple[ErrorRow, ...] = ()
    tally: Tally = field(default_factory=Counter)

    @classmethod
    def of_error(cls, row: ErrorRow) -> Outcome:
        """The outcome that is one error."""
        return cls(errors=(row,), tally=of_error(row))

    def __add__(self, other: Outcome) -> Outcome:
        """Both, one after the other."""
        return Outcome(
            self.ids + other.ids, self.lines + other.lines, self.errors + other.errors, self.tally + other.tally
        )


@functools.lru_cache(maxsize=1)
def extractor_of(make: Maker) -> Extracts:
    """The extractor of this process, made at its first use."""
    return make()


def work(job: Job, chunk: tuple[Item, ...]) -> Outcome:
    """Work through a chunk; whatever happens to one article, the others are done."""
    extractor = extractor_of(job.make)
    outcome = _Collected()
    for item in chunk:
        if item.error is not None:
            outcome.failed(item.error)
            continue
        limit = None if job.limit is None else job.limit * (1 + item.size // 2**20)
        with _time_limit(limit) as again:
            for article in _articles(item, job.options):
                if isinstance(article, dict):
                    outcome.failed(article)
                else:
                    outcome.done(extractor, article, job.selection)
                again()
    return outcome.whole()


def _articles(item: Item, options: ReadOptions) -> Iterator[Article | ErrorRow]:
    """The articles of an item; an error of reading, even one that nobody foresaw, as its row."""
    try:
        for result in articles(item, options):
            yield result.row() if isinstance(result, ReadError) else result
    except Exception as error:  # noqa: BLE001 (one article never stops a batch)
        yield error_row(error, uri=item.uri, line=item.line, stage="read")


class _Collected:
    """Gathers the outcome of a chunk."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._lines: list[bytes] = []
        self._errors: list[ErrorRow] = []
        self._tally: Tally = Counter()

    def done(self, extractor: Extracts, article: Article, selection: Selection) -> None:
        """Extract one article, and keep its line or its error."""
        stage = "extract"
        try:
            record = extractor.extract(article)
            stage = "write"
            row = selection.row(record.as_json())
            line = to_line(row)
            tally = of_record(row)
        except Exception as error:  # noqa: BLE001 (one article never stops a batch)
            uri, line_number = article.source.uri, article.source.line
            self.failed(error_row(error, uri=uri, line=line_number, stage=stage, article_id=article.id))
            return
        self._ids.append(record.id)
        self._lines.append(line)
        self._tally += tally

    def failed(self, row: ErrorRow) -> None:
        """Keep an error."""
        self._errors.append(row)
        self._tally += of_error(row)

    def whole(self) -> Outcome:
        """The outcome so far."""
        return Outcome(tuple(self._ids), tuple(self._lines), tuple(self._errors), self._tally)


def error_row(
    error: BaseException, *, uri: str | None, line: int | None, stage: str, article_id: str | None = None
) -> ErrorRow:
    """The error row of any failure; the message of one that nobody foresaw names its type."""
    reason = str(error) or type(error).__name__
    return {
        "id": article_id,
        "uri": uri,
        "line": line,
        "stage": stage,
        "error": type(error).__name__,
        "message": reason,
    }


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[Callable[[], None]]:
    """End this process (not only this thread) when a block, or what follows a call of `again`, takes too long.

    The alarm's default action is the system's own, so that it works where no Python code gets to run: in the middle
    of a regular expression. Where there is no such alarm (Windows), the pool's limit for a whole chunk is what helps.
    """
    if seconds is None or not hasattr(signal, "setitimer"):
        yield lambda: None
        return
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield lambda: _rearm(seconds)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def alarm_raises(error: type[BaseException]) -> Iterator[None]:
    """Within the block a time limit raises `error` instead of ending this process, where the system can do so."""

    def ring(_number: int, _frame: object) -> None:
        raise error

    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


def _rearm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
