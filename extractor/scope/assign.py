"""What one figure gets: what its sentence says of it, else what holds from before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractor.document import Document, Quantity, Scope
from extractor.lookup import LETTER, alternatives
from extractor.scope.bodies import BodyChooser, BodyNamer
from extractor.scope.cues import Marks
from extractor.scope.organizations import OrganizationMention
from extractor.scope.sentence import NEAR, CarryTable, Passage
from extractor.scope.sites import SiteChooser
from extractor.scope.standing import StandingTable
from extractor.scope.state import Body, Site, State, Time
from extractor.scope.statuses import Status, StatusFinder
from extractor.scope.times import TimeChooser

QUALITY = 24
"""Letters before a measure in which its quality is told."""
HARDLY = 10
"""A period of which less than a tenth is over has hardly begun."""


@dataclass(frozen=True, slots=True)
class Choosers:
    """The parts that choose within a sentence; made once, used for every article."""

    status: StatusFinder
    time: TimeChooser
    body: BodyChooser
    quality: re.Pattern[str]

    @classmethod
    def of(cls, table: CarryTable, status: StatusFinder, standing: StandingTable) -> Choosers:
        """The choosers for a table of words."""
        quality = re.compile(rf"(?<!{LETTER})(?:{alternatives(table.qualities)})(?:\s+{LETTER}+){{0,3}}\s*$")
        return cls(status, TimeChooser(table, standing.habitual, standing.surveys), BodyChooser(table), quality)


class Assigner:
    """Gives figures of one article their scopes."""

    def __init__(
        self, document: Document, choosers: Choosers, marks: Marks, sites: SiteChooser, namer: BodyNamer
    ) -> None:
        self._c, self._marks, self._sites, self._namer = choosers, marks, sites, namer
        self._lower, self._text, self._published = document.view.lower, document.view.text, document.published
        self._bodies: dict[tuple[int, int], Body] = {}
        self._over: set[tuple[date, date]] = set()

    def body(self, chosen: Sequence[OrganizationMention]) -> Body:
        """The body of a mention, or of two joined ones."""
        place = (chosen[0].start, chosen[-1].end)
        known = self._bodies.get(place)
        if known is None:
            named = self._namer.antecedent(chosen[0]) if chosen[0].bare and len(chosen) == 1 else None
            known = self._namer.body(chosen, self._sites.of_body((named or chosen[0]).span))
            self._bodies[place] = known
        return known

    def scope(self, passage: Passage, figure: Quantity, status: Status, state: State) -> Scope:
        """The scope of a figure; `state` is what holds, `status` what the words of its sentence say."""
        lasting = figure.kind == "measure" and self._lasting(figure)
        body = self._body(passage, figure, state, lasting=lasting)
        time = None if lasting else self._time(passage, figure, status, state)
        if time and self._c.time.source(time):
            time = None
        site = self._site(passage, figure, body, time, state)
        status = self._by_time(passage, figure, status, time)
        found_by = list(status.found_by)
        for told in (time, site, body):
            if told and told.rule not in found_by:
                found_by.append(told.rule)
        return Scope(
            status.name,
            body.organization if body else None,
            site.place if site else None,
            time.period if time else None,
            tuple(found_by),
        )

    def _body(self, passage: Passage, figure: Quantity, state: State, *, lasting: bool) -> Body | None:
        if passage.bodies:
            near = passage.opens and (state.event is None or state.time is not state.event.time)
            chosen = self._c.body.explicit(self._lower, passage, figure, passage.starts, near_place=near)
            if chosen:
                return self.body(chosen)
        if state.nobody or lasting or passage.shape.role == "boilerplate":
            return None
        if passage.spoken(figure.number.start):
            return state.body if passage.official else None
        return None if state.silent else state.body

    def _lasting(self, figure: Quantity) -> bool:
        """A thing's own quality: no time, and nobody's doing."""
        return self._c.quality.search(self._lower[max(0, figure.start - QUALITY) : figure.start]) is not None

    def _time(self, passage: Passage, figure: Quantity, status: Status, state: State) -> Time | None:
        if passage.times:
            planned = status.name == "planned"
            mention = self._c.time.explicit(self._lower, passage, figure, passage.starts, planned=planned)
            if mention is not None:
                return self._c.time.resolved(self._text, mention, passage, state.time, self._published)
        time = state.time
        if time is None or state.silent or passage.spoken(figure.number.start) or passage.shape.role == "boilerplate":
            return None
        if self._c.time.habitual(self._lower, passage, figure):
            return None
        if passage.shape.caption and time.role not in ("event", "campaign"):
            return None
        if status.name == "required" and (time.role in ("state", "now") or passage.opens):
            return None
        if status.name == "planned" and self._gone(time):
            return None  # 6 tháng đầu năm …. Từ nay phấn đấu …
        if self._published and time.days and time.days[0] > self._published and self._done(passage, figure):
            return state.event.time if state.event else None
        return time

    def _gone(self, time: Time) -> bool:
        """Whether a span was over when the article appeared: what is still planned is not of it."""
        return self._published is not None and time.days is not None and time.days[1] < self._published

    def _done(self, passage: Passage, figure: Quantity) -> bool:
        return bool(self._marks.stops(max(passage.span.start, figure.start - NEAR), figure.start))

    def _site(
        self, passage: Passage, figure: Quantity, body: Body | None, time: Time | None, state: State
    ) -> Site | None:
        if passage.shape.role == "boilerplate":
            return None
        if site := self._sites.explicit(self._lower, passage, figure):
            return site
        event = state.event
        if event and event.site and time and time.days and event.time.days and time.days[0] == event.time.days[0]:
            return event.site
        if body and body is not state.body and body.site:
            return body.site
        return state.site or (body.site if body and body.site else None) or self._sites.own()

    def _by_time(self, passage: Passage, figure: Quantity, status: Status, time: Time | None) -> Status:
        """What lies after the day of publication, or has hardly begun then, is planned unless the words say it is done.

        What they say of a period once (``đến hết năm, số CĐCS đã lên tới 118``) goes for all that is told of it after.
        """
        if status.found_by or not self._published or not time or not time.days or time.role == "campaign":
            return status
        first, last = time.days
        if last <= self._published or (self._published - first).days * HARDLY >= (last - first).days + 1:
            return status
        if self._done(passage, figure):
            self._over.add(time.days)
        return status if time.days in self._over else Status("planned", ("status.future",))
