"""What holds on from sentence to sentence on the walk through an article."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Organization, Period, Place, Sentence
from extractor.scope.calendar import Days
from extractor.span import Span

Stretch = Span | Sentence
"""What has a start and an end."""


class Time(NamedTuple):
    """A period as told. `role` is that of its mention: span, state, now, event, campaign, deadline or comparison."""

    period: Period
    days: Days | None
    rule: str
    role: str


class Site(NamedTuple):
    """A place as told."""

    place: Place | None
    rule: str


class Body(NamedTuple):
    """A body as told, with the place that its own name tells."""

    organization: Organization
    rule: str
    site: Site | None = None

    def same(self, other: Body | None) -> bool:
        """Whether one name is the other cut short: LĐLĐ tỉnh, LĐLĐ tỉnh Long An."""
        if other is None or other is self:
            return other is self
        mine, theirs = self.organization, other.organization
        return any(
            one.startswith(two) or two.startswith(one)
            for one, two in (
                (mine.text.lower(), theirs.text.lower()),
                (mine.expanded.lower(), theirs.expanded.lower()),
            )
        )


class Event(NamedTuple):
    """The last event or campaign told of: when, where, and whose."""

    time: Time
    site: Site | None
    body: Body | None


class State(NamedTuple):
    """What holds on. `site` is the paragraph's own place; `silent` that a private story or quotation goes on.

    `section` is the status of all that stands under the heading of a section: III. NHIỆM VỤ NĂM 2024;
    `outer` the time that held before the first item of a numbered list; `sectioned` that a section has begun.
    """

    body: Body | None = None
    main: Body | None = None
    time: Time | None = None
    site: Site | None = None
    event: Event | None = None
    silent: bool = False
    nobody: bool = False
    example: bool = False
    frame: Time | None = None
    listed: str | None = None
    status: str | None = None
    section: str | None = None
    outer: tuple[Time | None, ...] = ()
    sectioned: bool = False
