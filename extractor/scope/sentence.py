"""A sentence with everything about scope that stands in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from sys import maxsize
from typing import NamedTuple, Protocol, TypeVar

from extractor.datafile import Table
from extractor.document import Quantity
from extractor.scope.mention import TimeMention
from extractor.scope.organizations import OrganizationMention
from extractor.scope.places import PlaceMention
from extractor.scope.state import Stretch
from extractor.span import Span


class CarryTable(Table):
    """The schema of ``carry.toml``."""

    back_to_event: tuple[str, ...]
    detail: tuple[str, ...]
    example: tuple[str, ...]
    persons: tuple[str, ...]
    offices: tuple[str, ...]
    before_office: tuple[str, ...]
    qualities: tuple[str, ...]
    existential: tuple[str, ...]
    changes: tuple[str, ...]
    slug: str
    caption: tuple[str, ...]
    respectively: tuple[str, ...]
    then: tuple[str, ...]
    together: str
    at: tuple[str, ...]
    same_heads: dict[str, str]


PROSE = ("body", "teaser")
"""The roles of blocks that tell the story."""
NEAR = 400
"""Letters beyond which nothing in the same sentence is looked for any more."""
BEFORE, AFTER = 16, 6
"""Mentions at most that are weighed before and after a figure."""


class _Placed(Protocol):
    """What begins somewhere in the text."""

    @property
    def start(self) -> int: ...


M = TypeVar("M", bound=_Placed)


class Shape(NamedTuple):
    """What a block's look says of its sentences. A line without an end mark counts as a heading unless it is an item.

    `prose` says whether the block's role is to tell the story, `telling` whether its look does not speak against it;
    `section` that it is a heading with a Roman numeral: II. KẾT QUẢ HOẠT ĐỘNG.
    """

    role: str
    heading: bool
    item: bool
    caption: bool
    prose: bool
    telling: bool
    section: bool

    @classmethod
    def of(cls, role: str, *, heading: bool, item: bool, caption: bool, section: bool = False) -> Shape:
        """The shape of a block."""
        prose = role in PROSE
        return cls(role, heading, item, caption, prose, prose and not heading and not caption, section)


class Passage:
    """One sentence. `figures` are the places of its figures in the document, `quantities` the figures in order.

    `starts` are where their numbers start; `openers` the sorts of words that it begins with; `speech` quotations long
    enough to be someone's words; `private` where a person without an office is named. Most sentences have none.
    """

    times: Sequence[TimeMention] = ()
    places: Sequence[PlaceMention] = ()
    bodies: Sequence[OrganizationMention] = ()
    figures: Sequence[int] = ()
    quantities: Sequence[Quantity] = ()
    starts: Sequence[int] = ()
    speech: Sequence[Span] = ()
    private: int | None = None
    official: bool = False

    def __init__(self, span: Stretch, shape: Shape, openers: frozenset[str], *, opens: bool) -> None:
        self.span, self.shape, self.openers, self.opens = span, shape, openers, opens

    def spoken(self, at: int) -> bool:
        """Whether a place stands in someone's words."""
        if not self.speech:
            return False
        place = bisect_left(self.speech, (at + 1,)) - 1
        return place >= 0 and at < self.speech[place].end

    def alike(self, mentions: Sequence[M], at: int, beyond: int = maxsize) -> Sequence[M]:
        """Those of the mentions that stand in someone's words if a place does, and outside of them if it does not.

        Those that begin beyond a place stay.
        """
        if not self.speech:
            return mentions
        spoken = self.spoken(at)
        return [m for m in mentions if m.start > beyond or self.spoken(m.start) == spoken]


def around(mentions: Sequence[M], at: int) -> Sequence[M]:
    """Those of a sentence's mentions that are weighed for a figure at a place."""
    if len(mentions) <= AFTER:
        return mentions
    place = bisect_left(mentions, at, key=lambda m: m.start)
    return mentions[max(0, place - BEFORE) : place + AFTER]
