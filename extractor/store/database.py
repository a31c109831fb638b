"""The store: articles and their figures in one embedded database, on disk or in memory."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from extractor.datafile import DATA
from extractor.errors import UsageError
from extractor.model import Record
from extractor.scope.gazetteer import Gazetteer
from extractor.store import tables
from extractor.store.compare import Comparison, compare
from extractor.store.keys import Keys
from extractor.store.rules import StoreRules, load_rules
from extractor.write.duck import duckdb
from extractor.write.lines import to_line

FORMAT = "1"
MEMORY = "1200MB"
THREADS = 2
_CHUNK = 1000


class Added(NamedTuple):
    """How many articles came in: new ones, ones that replaced an older version, and ones known already.

    `repeated` are the ids that came more than once with other content: the last one counts.
    """

    added: int
    replaced: int
    unchanged: int
    repeated: tuple[str, ...] = ()


class Store:
    """Figures of articles, one row a figure. Use it in a ``with`` block, or close it.

    The tables ``articles``, ``figures`` and ``findings`` are those of `extractor convert -o FILE.duckdb`, so that
    other tools read a store too; `figures` has the keys of `extractor.store.keys` besides.
    """

    def __init__(self, connection: Any, folders: Sequence[Path], *, keep: bool, open_: ExitStack) -> None:
        self.connection = connection
        self.folders = tuple(folders)
        self.rules: StoreRules = load_rules(folders)
        self.gazetteer = Gazetteer.load(folders)
        self.keys = Keys(self.rules, self.gazetteer)
        self._keep = keep
        self._open = open_
        self._folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="extractor-store-")))

    @classmethod
    def open(
        cls, path: Path | None = None, *, read_only: bool = False, memory: str = MEMORY, folders: Sequence[Path] = ()
    ) -> Store:
        """The store in a file, made if there is none; without a path, one in memory that nothing is left of.

        `memory` bounds what the database holds in memory; what goes beyond is put on disk. `folders` are the user's
        data files; a store made with others is brought up to date. Raises UsageError for a store that another process
        writes to and for a file that is no store, DataError for data files.
        """
        library = duckdb()
        with ExitStack() as stack:
            spill = stack.enter_context(tempfile.TemporaryDirectory(prefix="extractor-spill-"))
            config = {
                "memory_limit": memory,
                "threads": str(THREADS),
                "temp_directory": spill,
                "preserve_insertion_order": "false",
            }
            if read_only and path is not None and not path.exists():
                raise UsageError(f"{path}: no such store; make one with: extractor check RECORDS --store {path}")
            if path is not None and path.exists() and not _is_database(path):
                raise UsageError(f"{path} is no store but another file; name another one")
            with _explained(library, path):
                connection = library.connect(
                    ":memory:" if path is None else str(path), read_only=read_only, config=config
                )
            stack.callback(connection.close)
            store = cls(connection, folders, keep=path is not None, open_=stack.pop_all())
        try:
            store._settle(path, read_only=read_only)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._open.close()

    def add(self, records: Iterable[Record | Mapping[str, Any]]) -> Added:
        """Take in records; one whose id is there already replaces that article, or is skipped if it is the same.

        They come in by the thousand, each thousand wholly or not at all: after a break, add the same again.
        """
        return self.add_lines(to_line(r.as_json() if isinstance(r, Record) else r) for r in records)

    def add_lines(self, lines: Iterable[bytes]) -> Added:
        """The same, of records as lines of JSON."""
        known = dict(self.connection.execute("SELECT article, digest FROM articles").fetchall())
        total = len(known)
        unchanged = 0
        came: set[str] = set()
        replaced: set[str] = set()
        repeated: dict[str, None] = {}
        for chunk in _chunks(lines):
            fresh: dict[str, tuple[bytes, str, dict[str, Any]]] = {}
            for line in chunk:
                parsed = _parsed(line)
                article = parsed[0]
                if known.get(article) == parsed[2]:
                    unchanged += 1
                    continue
                if article in came:
                    repeated[article] = None
                elif article in known:
                    replaced.add(article)
                came.add(article)
                known[article] = parsed[2]
                fresh[article] = parsed[1:]
            self._put(fresh)
        return Added(len(known) - total, len(replaced), unchanged, tuple(repeated))

    def remove(self, article: str) -> bool:
        """Take an article out, by its id; whether it was there."""
        found = self.connection.execute("SELECT count(*) FROM articles WHERE article = $id", {"id": article}).fetchone()
        if not found[0]:
            return False
        with self._transaction():
            tables.delete(self.connection, [article])
        return True

    def compare(self) -> Iterator[Comparison]:
        """What agrees and what contradicts across articles, in the order of the articles' days and ids."""
        return compare(self.connection, self.rules)

    def alarms(self) -> int:
        """How many findings within articles are alarms."""
        row = self.connection.execute("SELECT count(*) FROM findings WHERE alarm").fetchone()
        return int(row[0])

    def _put(self, fresh: Mapping[str, tuple[bytes, str, dict[str, Any]]]) -> None:
        """Insert articles in one transaction, in place of those with their ids."""
        if not fresh:
            return
        last = self.connection.execute("SELECT coalesce(max(article_no), 0) FROM articles").fetchone()[0]
        staged: dict[str, list[dict[str, Any]]] = {table: [] for table in tables.STORED}
        for number, (line, digest, record) in enumerate(fresh.values(), last + 1):
            for table, row in tables.rows(record, number, self.keys, self.rules.reprints):
                if table == "articles":
                    row |= {"digest": digest, "record": line.decode("utf-8", "replace") if self._keep else None}
                staged[table].append(row)
        old = self.connection.execute(
            "SELECT article FROM articles WHERE list_contains($ids, article)", {"ids": list(fresh)}
        ).fetchall()
        with self._transaction():
            if old:
                tables.delete(self.connection, [row[0] for row in old])
            tables.insert(self.connection, self._folder, staged)

    def _settle(self, path: Path | None, *, read_only: bool) -> None:
        """Make the tables of a new store; bring those of an old one up to this version of program and data."""
        version = _version(self.folders)
        names = {row[0] for row in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if not names:
            with self._transaction():
                tables.create(self.connection, version)
        elif "store" not in names:
            raise UsageError(f"{path} is no store; give it as RECORDS, and name another file with --store")
        elif self.connection.execute("SELECT version FROM store").fetchone()[0] != version:
            if read_only:
                raise UsageError(
                    f"{path} was made by another version, or with other data files; "
                    f"bring it up to date with: extractor check --store {path} (and the same --lexicon)"
                )
            self._renew(version)

    def _renew(self, version: str) -> None:
        """Make all rows anew from the records."""
        last = self.connection.execute("SELECT coalesce(max(article_no), 0) FROM articles").fetchone()[0]
        while found := self.connection.execute(
            "SELECT record FROM articles WHERE article_no <= $last ORDER BY article_no LIMIT $chunk",
            {"last": last, "chunk": _CHUNK},
        ).fetchall():
            self._put({r[0]: r[1:] for r in (_parsed(row[0].encode()) for row in found)})
        self.connection.execute("UPDATE store SET version = $version", {"version": version})

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


def is_store(path: Path) -> bool:
    """Whether a file is a store, not records. Raises UsageError where another process writes to it."""
    if not _is_database(path):
        return False
    library = duckdb()
    with _explained(library, path), library.connect(str(path), read_only=True) as connection:
        found = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'store'").fetchone()
    return bool(found[0])


def _is_database(path: Path) -> bool:
    """Whether a file is DuckDB's own; it would also open a text file, as a table, and keep nothing in it."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


@contextmanager
def _explained(library: Any, path: Path | None) -> Iterator[None]:
    """Turn what the database says about its file into a word on what to do."""
    try:
        yield
    except library.IOException as error:
        if "lock" in str(error):
            raise UsageError(
                f"{path} is in use by another process; wait until that has ended, or name another store"
            ) from error
        if "not a valid DuckDB" in str(error):
            raise UsageError(f"{path} is no store but another file; name another one") from error
        raise UsageError(f"{path} cannot be opened: {error}") from error
    except library.Error as error:
        raise UsageError(f"{path} cannot be opened: {error}") from error


def _parsed(line: bytes) -> tuple[str, bytes, str, dict[str, Any]]:
    """The id, the line, its digest and the record."""
    record = json.loads(line)
    return record["id"], line, hashlib.sha256(line).hexdigest(), record


def _version(folders: Sequence[Path]) -> str:
    """What the keys in a store depend on."""
    own = [root / name for root in folders for name in ("store.toml", "gazetteer/former.toml")]
    read = [DATA / "store.toml", DATA / "gazetteer" / "units.tsv", *(path for path in own if path.is_file())]
    return hashlib.sha256(FORMAT.encode() + b"".join(path.read_bytes() for path in read)).hexdigest()[:16]


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk
