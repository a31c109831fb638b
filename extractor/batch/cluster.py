"""The workers of a Dask cluster, behind the same interface as those of this machine.

Dask sends the work to the workers and its results back, so they need no common disk; they need this package.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from extractor.batch.run import LostError
from extractor.errors import UsageError
from extractor.versions import versions

P = ParamSpec("P")
T = TypeVar("T")
_RETRIES = 2
_SECONDS_TO_CONNECT = 30


class Cluster:
    """The cluster whose scheduler answers at `address`, such as ``tcp://scheduler:8786``.

    Raises UsageError where Dask is not installed, or nobody answers.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")  # an extra, not there unless asked for
        except ImportError as error:
            raise UsageError("a cluster needs Dask: pip install 'extractor-vi[cluster]'") from error
        try:
            self._client: Any = distributed.Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"no scheduler answers at {address} ({error}); start one, or check the address") from error
        self._check_workers(address)
        self._executor = self._client.get_executor(retries=_RETRIES, pure=False)
        self._lost: type[Exception] = distributed.KilledWorker
        self.width = max(1, sum(self._client.nthreads().values()))

    def _check_workers(self, address: str) -> None:
        """Raise UsageError where there is no worker, or one whose program would give other results than ours."""
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
            found = self._client.run(versions)
        except (TimeoutError, ImportError) as error:
            self._client.close()
            raise UsageError(f"no worker with this package at {address} ({error}); install it there") from error
        ours = versions()
        for worker, theirs in sorted(found.items()):
            other = [name for name in ours if theirs.get(name) != ours[name]]
            if other:
                self._client.close()
                raise UsageError(f"worker {worker} has another {', '.join(other)}; install the same version everywhere")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call."""
        future: Future[T] = self._executor.submit(fn, *args, **kwargs)
        return future

    def result(self, future: Future[T]) -> T:
        """Wait for a result. A call that took several workers with it is lost; Dask itself retries those of dead ones."""
        try:
            return future.result()
        except self._lost as error:
            reason = "took several workers of the cluster with it: they died, or it ran out of time"
            raise LostError(reason, final=True) from error

    def __enter__(self) -> Self:
        """The cluster itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the cluster; what is queued there is cancelled."""
        self._executor.shutdown(wait=False)
        self._client.close()
