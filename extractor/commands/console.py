"""What a run tells people on stderr: errors as they come, a progress bar on a terminal, and the counts at the end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

import click

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch.tally import Tally


class Console:
    """Listens to a run; `errors` is a file for the error rows. Usable once, in a ``with`` block."""

    def __init__(self, errors: Path | None = None) -> None:
        self.tally: Tally = Counter()
        self._path = errors
        self._file: IO[bytes] | None = None
        self._bar: Any = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Open the file of errors, and the bar where stderr is a terminal."""
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._open.enter_context(self._path.open("wb"))
            except OSError as error:
                raise UsageError(f"cannot write {self._path}: {error.strerror}. Name another file") from error
        if sys.stderr.isatty():
            from tqdm import tqdm  # noqa: PLC0415 (only a terminal shows a bar)

            self._bar = self._open.enter_context(
                tqdm(unit="B", unit_scale=True, unit_divisor=1024, file=sys.stderr, dynamic_ncols=True)
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""
        self._open.close()
        self._bar = None

    def expect(self, size: int) -> None:
        """How many bytes the inputs have, where it is known: tells the time left."""
        if self._bar is not None:
            self._bar.total = size

    def read(self, size: int) -> None:
        """So many more bytes of the inputs are read."""
        if self._bar is not None:
            self._bar.update(size)

    def failed(self, row: dict[str, Any]) -> None:
        """An article became an error row."""
        if self._file is not None:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            self._file.write(line.encode("utf-8", "backslashreplace") + b"\n")
        self.say(f"{place_of(row)}: {row['message']} [{row['stage']}]")

    def done(self, tally: Tally) -> None:
        """So much more was written."""
        self.tally += tally
        if self._bar is not None:
            self._bar.set_postfix(articles=self.tally["articles"], refresh=False)

    def say(self, message: str) -> None:
        """Tell something, above the bar if there is one."""
        text = message.encode("utf-8", "backslashreplace").decode()
        if self._bar is not None:
            self._bar.write(text, file=sys.stderr)
        else:
            click.echo(text, err=True)


def place_of(row: dict[str, Any]) -> str:
    """Where an error happened, for people."""
    uri = row["uri"] or row["id"] or "?"
    return uri if row["line"] is None else f"{uri}, line {row['line']}"
