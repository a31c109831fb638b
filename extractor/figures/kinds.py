"""The kinds of figures and their units, from `data/kinds/`: one file a kind.

A unit's `words` are phrases; a bar ends the unit as written where more words only tell the kind: ``căn|hộ`` is
the unit `căn`. A unit with `left` or `right` cues is taken only beside one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from extractor.datafile import Table, files, merged
from extractor.figures.tree import PhraseTree, Told
from extractor.tokens import Tokens, syllables

# The kinds that count people, bodies or things.
COUNTS = frozenset(
    {
        "class_count", "attendee_count", "people_count", "organization_count", "event_count", "item_count",
        "other_count",
    }
)  # fmt: skip
# The kinds of amounts and shares; behind one a sum without a subject is said of the same thing.
AMOUNTS = frozenset({"money", "percentage", "rate", "measure"})


class Names(Table):
    """A name in both languages."""

    en: str
    vi: str


class UnitTable(Table):
    """One unit code of a kind, with the phrases that write it."""

    code: str
    words: tuple[str, ...]
    person: bool = False
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class KindTable(Table):
    """A kind file."""

    kind: str
    title: Names
    about: str
    core: bool
    priority: int
    unit: tuple[UnitTable, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class Unit:
    """A reading of a unit phrase: its kind and code, and how many tokens of it the GUIDE calls the unit."""

    kind: str
    code: str
    length: int
    person: bool
    left: tuple[str, ...]
    right: tuple[str, ...]


# A unit phrase found in a sentence: its length in tokens, and its readings.
Match = tuple[int, tuple[Unit, ...]]


def load_kinds(folders: Sequence[Path] = ()) -> list[KindTable]:
    """All kind tables, the package's and the users', in the order of their files; a user's units are added to a kind's."""
    names = dict.fromkeys(path.name for path in files("kinds", folders))
    return [merged(f"kinds/{name}", KindTable, folders) for name in names]


class UnitTables:
    """Every unit phrase with its readings, the best first: those that ask for a cue, then by priority of the kind."""

    def __init__(self, kinds: Sequence[KindTable]) -> None:
        readings: dict[str, list[tuple[tuple[int, int, int], Unit]]] = {}
        for order, kind in enumerate(kinds):
            for table in kind.unit:
                for words in table.words:
                    head = words.split("|")[0]
                    unit = Unit(kind.kind, table.code, len(syllables(head)), table.person, table.left, table.right)
                    rank = (0 if table.left or table.right else 1, -kind.priority, order)
                    readings.setdefault(words.replace("|", " "), []).append((rank, unit))
        # The first words of phrases of several words.
        self.long_words = frozenset(words[0].lower() for words in map(syllables, readings) if len(words) > 1)
        self._phrases: PhraseTree[tuple[Unit, ...], Match | None] = PhraseTree(
            (
                (words, tuple(unit for _, unit in sorted(ranked, key=lambda entry: entry[0])))
                for words, ranked in readings.items()
            ),
            None,
            _match,
            _longer,
        )

    def begins(self, word: str) -> bool:
        """Whether any unit phrase begins with the word, given in lower case."""
        return self._phrases.begins(word)

    def match(self, tokens: Tokens, index: int) -> Match | None:
        """The longest unit phrase at the token: its length in tokens, and its readings."""
        return self._phrases.at(tokens, index)

    def told(self, tokens: Tokens) -> Told[Match | None]:
        """What `match` gives for the tokens of a sentence, by their index."""
        return self._phrases.told(tokens)


def _match(_: Match | None, found: Sequence[tuple[Unit, ...]], length: int) -> Match | None:
    return length, found[0]


def _longer(one: Match | None, other: Match | None) -> Match | None:
    return one if other is None or (one is not None and one[0] >= other[0]) else other
