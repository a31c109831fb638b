"""Worker processes on this machine, behind `concurrent.futures.Executor`: pebble's pool, which survives dead workers.

Tasks and results lie in files; only their names go through the pool's pipes. So a worker that is killed in the
middle of a message leaves no half message to the others, and a queue of tasks takes no memory.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import pickle
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from extractor.batch.run import LostError
from extractor.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")
LOG = logging.getLogger(__name__)
_HEARTBEAT = 5.0  # seconds between two looks at whether the pool itself is still alive
_UNGUARDED = (
    'worker processes cannot import the script: put what it does under if __name__ == "__main__":, or order workers=0'
)
_ALARM = -int(getattr(signal, "SIGALRM", 0)) or None  # exit code of a worker whose time was up


class LocalPool(Executor):
    """`workers` processes, each started anew when it dies. A task that takes over `limit` seconds is ended.

    A future of a lost task raises `LostError`, and the pool goes on.
    """

    def __init__(self, workers: int, limit: float | None = None, spool: Path | None = None) -> None:
        _refuse_endless_starts()
        self.width = workers
        self._limit = limit
        self._spool = Path(tempfile.mkdtemp(prefix="spool-", dir=spool))
        self._names = itertools.count()
        self._pool: Any = self._started()

    def _started(self) -> ProcessPool:
        return ProcessPool(max_workers=self.width, context=multiprocessing.get_context("spawn"))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call. Its arguments and its result must be picklable."""
        if not self._pool.active:
            LOG.warning("the pool of workers broke down and is started anew")
            self._end()
            self._pool = self._started()
        task = self._spool / f"{next(self._names)}.task"
        task.write_bytes(pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))
        future: Future[T] = Future()
        running = self._pool.schedule(_call, args=(str(task),), timeout=self._limit)
        running.add_done_callback(lambda done: _settle(future, done, task))
        return future

    def result(self, future: Future[T]) -> T:
        """Wait for a future. Raises `LostError` also where the pool itself broke down meanwhile."""
        while True:
            try:
                return future.result(_HEARTBEAT)
            except TimeoutError:
                if not future.done() and not self._pool.active:
                    raise LostError("the pool of workers broke down") from None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, what is queued undone, and remove the files."""
        del wait, cancel_futures  # whoever has waited for the results has nothing left to wait for
        self._end()
        shutil.rmtree(self._spool, ignore_errors=True)

    def _end(self) -> None:
        self._pool.stop()
        self._pool.join()


def _refuse_endless_starts() -> None:
    """Raise UsageError where no worker could ever start; the pool would try again and again.

    A new process imports the program's script once more. A script read from standard input is in no file, and one that
    orders its batch outside of ``if __name__ == "__main__"`` would order another one in each worker.
    """
    if multiprocessing.parent_process() is not None and getattr(
        multiprocessing.current_process(), "_inheriting", False
    ):
        raise UsageError(_UNGUARDED)
    main = sys.modules["__main__"]
    script = getattr(main, "__file__", None)
    if script is None or main.__spec__ is not None or _is_ours(main):
        return
    if not Path(script).exists():
        raise UsageError(f"worker processes cannot import {script}: keep the script in a file, or order workers=0")
    context = multiprocessing.get_context("spawn")
    trial = context.Process(target=_nothing)
    trial.start()
    trial.join()
    if (trial.exitcode or 0) > 0:  # below 0 it was killed, which tells nothing of the script
        raise UsageError(_UNGUARDED)


def _is_ours(script: ModuleType) -> bool:
    """Whether it is the script that pip makes for the command line, which is known to be importable."""
    ours = sys.modules.get("extractor.cli")
    return ours is not None and getattr(script, "main", None) is ours.main


def _nothing() -> None:
    """In a trial worker: to have been started is all."""


def _call(name: str) -> None:
    """In the worker: the call that lies in the file, its result into a file beside it."""
    task = Path(name)
    function, args, kwargs = pickle.loads(task.read_bytes())  # noqa: S301 (written by our own parent process)
    result = function(*args, **kwargs)
    task.with_suffix(".result").write_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


def _settle(future: Future[Any], done: Future[None], task: Path) -> None:
    """Hand the result, or what became of it, to whoever waits."""
    result = task.with_suffix(".result")
    try:
        done.result()
        future.set_result(pickle.loads(result.read_bytes()))  # noqa: S301 (written by our own worker)
    except ProcessExpired as error:
        late = error.exitcode == _ALARM
        reason = "ran out of time" if late else f"the worker process died (exit code {error.exitcode})"
        future.set_exception(LostError(reason, timeout=late))
    except TimeoutError:
        future.set_exception(LostError("ran out of time", timeout=True))
    except BrokenProcessPool:
        future.set_exception(LostError("the pool of workers broke down"))
    except CancelledError:
        future.cancel()
    except BaseException as error:  # noqa: BLE001 (raised again where the result is asked for)
        future.set_exception(error)
    finally:
        task.unlink(missing_ok=True)
        result.unlink(missing_ok=True)
