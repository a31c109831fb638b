"""What made a record: versions of program, code, data and format, and of what else the result depends on."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent
DISTRIBUTION = "extractor-vi"
_DIGITS = 16


def versions() -> dict[str, str | int]:
    """The versions that `extractor version` prints. `code` and `data` are hashes of the package's files."""
    from extractor.model import FORMAT  # noqa: PLC0415 (loads pydantic, which most of the command line does not need)

    return {
        "program": _version(DISTRIBUTION),
        "code": hash_of(PACKAGE, "*.py"),
        "data": hash_of(PACKAGE / "data", "*"),
        "format": FORMAT,
        "python": platform.python_version(),
        "underthesea": _version("underthesea"),
        "trafilatura": _version("trafilatura"),
    }


def hash_of(folder: Path, pattern: str) -> str:
    """A hash over the names and contents of the files in a folder, at any depth."""
    return hash_of_files(folder, (path for path in folder.rglob(pattern) if path.is_file()))


def hash_of_files(root: Path, paths: Iterable[Path]) -> str:
    """A hash over contents, and names as seen from `root`."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:_DIGITS]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
