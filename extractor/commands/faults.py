"""How a command ends when something stops it: a clear line on stderr and an exit status, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from extractor.errors import DataError, ExtractorError, UsageError

FAILED, WRONG_USAGE, INTERRUPTED, TERMINATED = 1, 2, 130, 143


@contextmanager
def told() -> Iterator[None]:
    """Turn failures into messages: wrong usage or data ends with 2, anything else that stops the command with 1."""
    signal.signal(signal.SIGTERM, _terminated)
    if sys.stderr is None:  # closed by the caller; its number must not become that of an output file
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (open to the end)
    try:
        yield
    except (UsageError, DataError) as error:
        _end(str(error), WRONG_USAGE)
    except ExtractorError as error:
        _end(str(error), FAILED)
    except KeyboardInterrupt:
        _end("stopped; a batch into a folder goes on where it was when the same command is run again", INTERRUPTED)
    except BrokenPipeError:  # `| head` has seen enough; stdout must not be flushed again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _end(_reason(error), FAILED)


def _terminated(_number: int, _frame: object) -> None:
    """Leave by the front door, so that workers end and temporary files go."""
    sys.exit(TERMINATED)


def _reason(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"the disk is full{place}; what was written whole is kept: make room and run the same command again"
    return f"{error.strerror or error}{place}"


def _end(message: str, status: int) -> None:
    click.echo(f"extractor: {message}", err=True)
    sys.exit(status)
