"""The records under review, held packed in memory: the file may be replaced while people work."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from extractor.model import Record
from extractor.review.database import Target
from extractor.web.index import Index, text_digest

FASTEST = 1


class Library:
    """All records by number and by key, and the index that the browser filters on."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.index = Index()
        self._packed: list[bytes] = []
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._identities: list[tuple[str, str]] = []
        self._by_identity: dict[tuple[str, str], list[str]] = {}
        for record in records:
            self._add(record)
        self.kinds = frozenset(self.index.words.values[n] or "" for n in set(self.index.figures["kind"]))

    def _add(self, record: Record) -> None:
        key = self.index.add(record)
        identity = (record.id, text_digest(record))
        self._numbers[key] = len(self._packed)
        self.keys.append(key)
        self._identities.append(identity)
        self._by_identity.setdefault(identity, []).append(key)
        self._packed.append(zlib.compress(record.model_dump_json(by_alias=True).encode(), FASTEST))

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._packed)

    def number(self, key: str) -> int | None:
        """The number of the article with that key, None for an unknown one."""
        return self._numbers.get(key)

    def record(self, number: int) -> Record:
        """The record by its number; IndexError for an unknown one."""
        if number < 0:
            raise IndexError(number)
        return Record.model_validate_json(zlib.decompress(self._packed[number]))

    def searchable(self, number: int) -> str:
        """What a text search looks through: id, title and text."""
        record = self.record(number)
        return "\n".join(filter(None, (record.id, record.title, record.text)))

    def target(self, number: int, name: str) -> Target:
        """What a decision on that article speaks of."""
        return Target(*self._identities[number], name)

    def keys_of(self, article: str, text_sha256: str) -> list[str]:
        """The keys of the articles with that id and text; several where one was extracted twice."""
        return self._by_identity.get((article, text_sha256), [])
