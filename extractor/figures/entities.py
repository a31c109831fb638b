"""The phrase that says what is counted, or what has the share: right of the unit, or left of the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.datafile import Table, files, load
from extractor.figures.kinds import Unit, UnitTables
from extractor.tokens import Phrases, Tokens

# A noun phrase of the genre is hardly longer; what is cut here would be a sentence.
LONGEST = 18
_CLOSERS = frozenset(".;:!?()[]\n\"“”…")


class EntityFile(Table):
    """`data/entities.toml`."""

    stops: tuple[str, ...]
    verbs: tuple[str, ...]
    verbs_follow: tuple[str, ...]
    bare_heads: tuple[str, ...]
    relative: tuple[str, ...]
    predicate: tuple[str, ...]
    joints: tuple[str, ...]
    linkers: tuple[str, ...]
    givers: tuple[str, ...]
    left_starts: tuple[str, ...]
    not_entity: tuple[str, ...]
    category_links: tuple[str, ...]
    bodies: tuple[str, ...]
    share_verbs: tuple[str, ...]
    no_whole: tuple[str, ...]
    no_activity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the entity finder walks it.

    `figure[i]` is the index of the figure that token i belongs to (number, hedge or unit), -1 for none; `skip[i]` is
    the index behind the date or label that starts at token i; `skip_back[i]` where one that ends before i starts;
    `short[i]` the index behind an abbreviation that starts there, `longs[i]` what it stands for.
    """

    tokens: Tokens
    figure: list[int]
    skip: dict[int, int]
    skip_back: dict[int, int]
    short: dict[int, int]
    longs: dict[int, str]


class EntityFinder:
    """Finds noun phrases around a figure by words that cannot stand inside them."""

    def __init__(self, table: EntityFile, units: UnitTables) -> None:
        self._units = units
        self._stops = Phrases((word, word) for word in table.stops)
        self._verbs = Phrases((word, word) for word in table.verbs)
        self._relative = Phrases((word, word) for word in table.relative)
        self._predicate = frozenset(table.predicate)
        self._linkers = Phrases((word, word) for word in table.linkers)
        self._givers = Phrases((word, word) for word in table.givers)
        self._left_starts = Phrases((word, word) for word in (*table.left_starts, *table.verbs))
        self._not_entity = Phrases((word, word) for word in table.not_entity)
        self._category_links = Phrases((word, word) for word in table.category_links)
        self._bodies = Phrases((word, word) for word in table.bodies)
        self._share_verbs = Phrases((word, word) for word in table.share_verbs)
        self._no_whole = Phrases((word, word) for word in table.no_whole)
        self._no_activity = Phrases((word, word) for word in table.no_activity)
        self._verbs_follow = frozenset(table.verbs_follow)
        self._bare_heads = frozenset(table.bare_heads)

    @classmethod
    def load(cls, units: UnitTables, folders: Sequence[Path] = ()) -> EntityFinder:
        """From the last of the package's and the users' `entities.toml`."""
        return cls(load(files("entities.toml", folders)[-1], EntityFile), units)

    # -- to the right ------------------------------------------------------------------------------------------

    def right(self, line: Line, first: int, after_unit: int, unit: Unit | None) -> int:
        """Where the phrase ends that begins at the token `first` and whose unit ends before `after_unit`."""
        tokens, index = line.tokens, after_unit
        limit = min(len(tokens), first + LONGEST)
        bare = unit is not None and " ".join(tokens.lowers[first:after_unit]) in self._bare_heads
        free = unit is not None and unit.code in self._verbs_follow
        while index < limit and line.figure[index] < 0:
            step = line.short.get(index)
            if step is not None:
                index = step
                continue
            if index in line.skip:
                break
            word = tokens.texts[index]
            if word in _CLOSERS or tokens.lowers[index].isdigit():
                break
            if word in (",", "-", "/", "&") or tokens.lowers[index] == "và":
                joined = self._joined(line, index + 1, unit)
                if joined is None:
                    break
                index = joined
                continue
            if not word[0].isalnum():
                break
            stop = self._stops.match(tokens, index) or (None if free and index == after_unit else self._verbs.match(tokens, index))
            if stop is not None and not (index == after_unit and bare and self._modifies(line, index)):
                break
            index = stop[0] if stop is not None else index + 1
        return min(index, limit)

    def _modifies(self, line: Line, index: int) -> bool:
        """Whether a relative clause without a relative word begins here (người tham gia bảo hiểm y tế)."""
        found = self._relative.match(line.tokens, index)
        if found is None or found[1] in self._predicate:
            return False
        behind = found[0]
        return behind < len(line.tokens) and line.tokens.texts[behind][0].isalpha() and line.figure[behind] < 0

    def _joined(self, line: Line, index: int, unit: Unit | None) -> int | None:
        """Behind the noun at `index` if it goes on the list that the figure counts (công chức, viên chức)."""
        tokens = line.tokens
        if unit is None or index >= len(tokens) or line.figure[index] >= 0:
            return None
        found = self._units.match(tokens, index)
        short = line.short.get(index)
        if found is None:
            return short if short is not None and unit.person else None
        stop, readings = found
        if stop < len(tokens) and line.figure[stop] >= 0:
            return None
        same = any(r.kind == unit.kind or (r.person and unit.person) for r in readings)
        return max(stop, short or 0) if same else None

    # -- to the left -------------------------------------------------------------------------------------------

    def left(self, line: Line, index: int) -> tuple[int, int] | None:
        """The phrase that the number at the token `index` is said of: its first token and the one behind its last."""
        stop = self._skip_linkers(line, index)
        if stop is None:
            return None
        first = self._start_of_phrase(line, stop)
        return self._trimmed(line, first, stop)

    def _skip_linkers(self, line: Line, index: int) -> int | None:
        steps = 0
        while index > 0 and steps < 6:
            if line.figure[index - 1] >= 0:
                return None
            start = line.skip_back.get(index)
            if start is not None:
                index, steps = start, steps + 1
                continue
            found = self._linkers.match_back(line.tokens, index)
            if found is None:
                break
            index, steps = found[0], steps + 1
        return index if index > 0 and line.figure[index - 1] < 0 else None

    def _start_of_phrase(self, line: Line, stop: int) -> int:
        tokens, index = line.tokens, stop
        while index > 0 and stop - index < LONGEST:
            if line.figure[index - 1] >= 0:
                break
            word = tokens.texts[index - 1]
            if word in _CLOSERS:
                break
            if word == ",":
                earlier = self._listed(line, index - 1)
                if earlier is None:
                    break
                index = earlier
                continue
            if self._left_starts.match_back(tokens, index) is not None and index < stop:
                break
            index -= 1
        return index

    def _listed(self, line: Line, comma: int) -> int | None:
        """Where the item before the comma begins, if it is a bare noun of the same list (cao đẳng, trung cấp có …)."""
        tokens, index = line.tokens, comma
        while index > 0 and comma - index <= 4:
            before = tokens.texts[index - 1]
            if before == "," or before in _CLOSERS or line.figure[index - 1] >= 0:
                return index if comma > index and (before == "," and index > 1 and line.figure[index - 2] >= 0) else None
            if self._left_starts.match_back(tokens, index) is not None:
                return None
            index -= 1
        return None

    def _trimmed(self, line: Line, first: int, stop: int) -> tuple[int, int] | None:
        tokens = line.tokens
        while first < stop and (not tokens.texts[first][0].isalnum() or first in line.skip):
            first = line.skip.get(first, first + 1)
        found = self._not_entity.match(tokens, first) if first < stop else None
        if found is not None and found[0] < stop and tokens.lowers[found[0]] == ",":
            return self._trimmed(line, found[0] + 1, stop)
        while stop > first and not tokens.texts[stop - 1][0].isalnum():
            stop -= 1
        if first >= stop or (found is not None and found[0] >= stop):
            return None
        return first, stop

    def after_giver(self, line: Line, index: int) -> bool:
        """Whether a verb of giving, spending or getting stands right before the token."""
        return self._givers.match_back(line.tokens, index) is not None

    def bare(self, line: Line, first: int, stop: int) -> bool:
        """Whether the unit alone says nothing of who or what is counted (người, lượt)."""
        return " ".join(line.tokens.lowers[first:stop]) in self._bare_heads

    def category(self, line: Line, index: int) -> tuple[int, int] | None:
        """The category left of a bare count: sơ cấp có 17 người; not the body that has them (huyện có 17 người)."""
        if self._category_links.match_back(line.tokens, index) is None:
            return None
        phrase = self.left(line, index)
        if phrase is None:
            return None
        found = self._units.match(line.tokens, phrase[0])
        bodies = found is not None and all(unit.kind == "organization_count" for unit in found[1])
        whole = self._bodies.match(line.tokens, phrase[0]) is not None
        return None if bodies or whole else phrase

    def share_verb(self, line: Line, index: int) -> bool:
        """Whether the share at the token is said of what stands left: chiếm, tăng, giảm, vượt …"""
        return self._share_verbs.match_back(line.tokens, index) is not None

    def of_share(self, line: Line, index: int) -> tuple[int, int] | None:
        """The noun phrase right behind a share or fraction: 80% cán bộ, công chức."""
        tokens = line.tokens
        if index >= len(tokens) or not tokens.texts[index][0].isalpha() or line.figure[index] >= 0:
            return None
        if self._no_whole.match(tokens, index) is not None:
            return None
        found = self._units.match(tokens, index)
        unit = found[1][0] if found is not None else None
        stop = found[0] if found is not None else index
        if found is None and (self._stops.match(tokens, index) or self._verbs.match(tokens, index)):
            return None
        end = self.right(line, index, max(stop, line.short.get(index, 0)), unit)
        return (index, end) if end > index else None

    def continues(self, line: Line, stop: int, index: int) -> bool:
        """Whether only punctuation and linking words stand between the figure before and the token."""
        while index > stop:
            word = line.tokens.texts[index - 1]
            if word in (",", "(", "-", "và") or word == ")":
                index -= 1
                continue
            start = line.skip_back.get(index)
            found = self._linkers.match_back(line.tokens, index)
            if start is not None:
                index = start
            elif found is not None and found[0] >= stop:
                index = found[0]
            else:
                return False
        return True

    def activity(self, line: Line, index: int) -> tuple[int, int] | None:
        """What lasts so long, behind the duration: 20 năm triển khai chính sách."""
        tokens = line.tokens
        if index >= len(tokens) or not tokens.texts[index][0].isalpha() or line.figure[index] >= 0:
            return None
        if self._stops.match(tokens, index) is not None or self._no_activity.match(tokens, index) is not None:
            return None
        end = self.right(line, index, index + 1, None)
        return (index, end)
