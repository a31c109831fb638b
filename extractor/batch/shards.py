"""Items → shards: the pieces of the output, cut so that a change of the inputs changes few of them.

A large input has shards of its own, a thousand articles each. Small files are gathered; where a gathering ends
depends on the names in it alone, so a file that is added or removed moves no boundary but those beside it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.batch.items import Item

SHARD_ITEMS = 1000
SHARD_BYTES = 64 * 2**20
_GATHERED = 256  # small files in a shard, on average
_SLUG = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shard:
    """A piece of the output: its `name` and the items whose records go there."""

    name: str
    items: tuple[Item, ...]

    def digest(self) -> str:
        """A hash of everything in the items that can tell in the result."""
        digest = hashlib.sha256()
        for item in self.items:
            content = hashlib.sha256(item.content).hexdigest()
            digest.update(repr((item.uri, item.line, item.format, content)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def inputs(self) -> dict[str, str]:
        """The inputs, each with the hash of what this shard holds of it: the file's own where that is all of it."""
        digests: dict[str, hashlib._Hash] = {}
        for item in self.items:
            digests.setdefault(item.uri, hashlib.sha256()).update(item.content)
        return {uri: digest.hexdigest() for uri, digest in digests.items()}


def shards(items: Iterable[Item]) -> Iterator[Shard]:
    """Cut items into shards; no two have the same name."""
    begun: Counter[str] = Counter()
    group: list[Item] = []
    size = 0
    for item in items:
        if group and _ends(group, size, item):
            yield _named(group, begun)
            group, size = [], 0
        group.append(item)
        size += item.size
    if group:
        yield _named(group, begun)


def _ends(group: list[Item], size: int, item: Item) -> bool:
    """Whether a shard ends before `item`."""
    if len(group) == SHARD_ITEMS or size + item.size > SHARD_BYTES:
        return True
    last = group[-1]
    return item.uri != last.uri and (item.large or last.large or int(_hash(item.uri), 16) % _GATHERED == 0)


def _named(group: list[Item], begun: Counter[str]) -> Shard:
    uri = group[0].uri
    begun[uri] += 1
    stem = uri.rstrip("/").replace("\\", "/").rpartition("/")[2]
    slug = _SLUG.sub("-", stem).strip("-").lower()[:40] or "stdin"
    return Shard(f"{slug}-{_hash(uri)[:8]}-{begun[uri]:06d}", tuple(group))


def _hash(uri: str) -> str:
    return hashlib.sha256(uri.encode("utf-8", "surrogatepass")).hexdigest()
