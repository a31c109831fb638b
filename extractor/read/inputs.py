"""Paths as the user gives them → the files they mean, in one stable order.

A path is a file, a folder (walked, names sorted, hidden files passed over), a glob, ``-`` for stdin, or a URL.
"""

from __future__ import annotations

import fnmatch
import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import ReadError
from extractor.read.options import STDIN, InputUnit, ReadOptions, is_url
from extractor.read.streams import filesystem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def inputs(paths: Iterable[str | os.PathLike[str]], options: ReadOptions) -> Iterator[InputUnit | ReadError]:
    """List the files behind `paths`, in the order given, those of a folder or glob sorted by name.

    A path that means nothing is yielded as a `ReadError`; the rest is still listed.
    """
    for path in paths:
        name = os.fspath(path)
        if not name:
            yield ReadError(
                "an empty path", uri=name, stage="open", remedy="Give a file, a folder, a glob, or - for stdin."
            )
        elif name == STDIN:
            yield InputUnit(STDIN)
        elif is_url(name):
            yield from _remote(name, options)
        elif Path(name).is_dir():
            yield from _folder(name, options)
        elif os.path.lexists(name):
            yield _unit(name)
        elif glob.has_magic(name):
            yield from _glob(name, options)
        else:
            yield ReadError("no such file", uri=name, stage="open", remedy="Check the path.")


def _unit(name: str) -> InputUnit | ReadError:
    try:
        return InputUnit(name, Path(name).stat().st_size)
    except OSError as error:
        reason = error.strerror or str(error)
        return ReadError(f"cannot be opened: {reason}", uri=name, stage="open", remedy="Check the file and its rights.")


def _folder(name: str, options: ReadOptions) -> Iterator[InputUnit | ReadError]:
    problems: list[OSError] = []
    found = False
    seen: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(name, onerror=problems.append, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:  # a link that leads back up
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(files):
            path = os.path.join(folder, file)  # noqa: PTH118 (a Path would drop a leading ./ that the user typed)
            if not file.startswith(".") and not _excluded(path, options):
                found = True
                yield _unit(path)
    for problem in problems:
        where, why = str(problem.filename or name), problem.strerror or str(problem)
        yield ReadError(f"cannot be listed: {why}", uri=where, stage="open", remedy="Check the folder's rights.")
    if not found and not problems:
        yield ReadError("no file in this folder", uri=name, stage="open", remedy="Check the path.")


def _excluded(path: str, options: ReadOptions) -> bool:
    name = os.path.basename(path)  # noqa: PTH119 (paths as strings here)
    return any(fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(name, pattern) for pattern in options.exclude)


def _glob(pattern: str, options: ReadOptions) -> Iterator[InputUnit | ReadError]:
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not names:
        yield ReadError("the pattern matches no file", uri=pattern, stage="open", remedy="Check the pattern.")
    for name in names:
        if not Path(name).is_dir():
            yield _unit(name)
        elif "**" not in pattern:  # ** lists the files of a folder by itself
            yield from _folder(name, options)


def _remote(url: str, options: ReadOptions) -> Iterator[InputUnit | ReadError]:
    """The files behind a URL: a glob or a folder is listed where its file system can (the web cannot)."""
    if url.startswith(("http://", "https://")):
        yield InputUnit(url)
        return
    try:
        filesystem, path = filesystem_of(url)
        is_pattern = glob.has_magic(path)
        found = filesystem.glob(path) if is_pattern else filesystem.find(path)
        units = [InputUnit(filesystem.unstrip_protocol(name), filesystem.size(name)) for name in sorted(found)]
    except ReadError as error:
        yield error
        return
    except Exception as error:  # noqa: BLE001 (each file system raises errors of its own)
        yield ReadError(f"cannot be listed: {error}", uri=url, stage="open", remedy="Check the address.")
        return
    units = [unit for unit in units if not _excluded(unit.uri, options)]
    if not units:
        yield ReadError("no such file", uri=url, stage="open", remedy="Check the address.")
    yield from units
