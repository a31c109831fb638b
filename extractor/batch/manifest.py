"""What a folder of results holds: its shards, what each was made from, and how far a run has come.

``manifest.json`` is written when a run is whole. Until then every finished shard is one line of a journal, brought to
disk before the next begins; a line cut short by a kill is passed over.
"""

from __future__ import annotations

import base64
import json
import os
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from extractor.write.target import replacing

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished shard. `ids` are the marks of its articles' ids, `repeated` the positions of those told as repeated.

    `digest` is of its items, `bytes` the size of its file, `inputs` maps each input to a hash of its part of it.
    `lost_under` is the time limit under which articles were lost, None where none was.
    """

    name: str
    digest: str
    bytes: int
    ids: str
    repeated: tuple[int, ...]
    inputs: Mapping[str, str]
    tally: Mapping[str, int] = field(default_factory=dict)
    lost_under: float | None = None

    def marks(self) -> tuple[int, ...]:
        """The ids' marks, unpacked."""
        data = base64.b64decode(self.ids)
        return struct.unpack(f">{len(data) // 8}Q", data)


def packed(marks: Sequence[int]) -> str:
    """Marks as an entry holds them."""
    return base64.b64encode(struct.pack(f">{len(marks)}Q", *marks)).decode("ascii")


class Manifest:
    """The entries of one folder, made under one `key`: program, data and options. Entries of another key are let go."""

    def __init__(self, folder: Path, journal: Path, key: Mapping[str, Any]) -> None:
        self._path = folder / MANIFEST
        self._journal = journal
        self._key = json.loads(json.dumps(key))
        self._entries = self._loaded()
        self._file: IO[bytes] | None = None

    def _loaded(self) -> dict[str, Entry]:
        stored = read_manifest(self._path)
        entries = {}
        if stored is not None and stored["key"] == self._key:
            entries = {row["name"]: _entry(row) for row in stored["shards"]}
        elif stored is not None:
            self._path.unlink()
        rows = _journal_rows(self._journal)
        if not rows or rows[0] != self._key:
            self._journal.unlink(missing_ok=True)
            return entries
        for row in rows[1:]:
            if "digest" in row:
                entries[row["name"]] = _entry(row)
            else:
                entries.pop(row["name"], None)
        return entries

    def get(self, name: str) -> Entry | None:
        """The entry of a shard that is done."""
        return self._entries.get(name)

    def forget(self, name: str) -> None:
        """A shard is about to be made anew; whoever is killed meanwhile must not believe the old entry."""
        if self._entries.pop(name, None) is not None:
            self._append({"name": name})

    def add(self, entry: Entry) -> None:
        """A shard is done and on disk."""
        self._entries[entry.name] = entry
        self._append(asdict(entry))

    def _append(self, row: Mapping[str, Any]) -> None:
        if self._file is None:
            new = not self._journal.exists()
            self._file = self._journal.open("ab")
            self._file.write(b"" if new else b"\n")  # ends a line that a kill cut short
            if new:
                self._write(self._key)
        self._write(row)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write(self, row: Mapping[str, Any]) -> None:
        assert self._file is not None  # noqa: S101 (for the type checker: opened by the caller)
        self._file.write(json.dumps(row).encode() + b"\n")

    def finish(self, names: Iterable[str], paths: Sequence[str]) -> None:
        """The run is whole: write the manifest with these shards, in this order, and let go of the journal."""
        self.close()
        content = {
            "format": FORMAT,
            "key": self._key,
            "paths": list(paths),
            "shards": [asdict(self._entries[name]) for name in names],
        }
        with replacing(self._path) as part:
            part.write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n", "utf-8")
        self._journal.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the journal."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_manifest(path: Path) -> dict[str, Any] | None:
    """The manifest of a folder whose run is whole, else None."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return stored if isinstance(stored, dict) and stored.get("format") == FORMAT else None


def _journal_rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue  # cut short by a kill, or the blank line written after one
    return rows


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "repeated": tuple(row["repeated"])})
