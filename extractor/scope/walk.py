"""The walk through an article: each figure gets what its sentence says, else what still holds from before.

What holds is changed by sentences of the body only: not by headings and captions, not by quotations, and not by
private persons' stories, after which nothing holds until the paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.document import Document, Period, Quantity, Scope
from extractor.scope.bodies import BodyChooser, BodyNamer
from extractor.scope.organizations import OrganizationMention
from extractor.scope.periods import Standing, TimeMention
from extractor.scope.sentence import CarryTable, Passage
from extractor.scope.sites import SiteChooser
from extractor.scope.state import Body, Event, Site, State, Time
from extractor.scope.statuses import Status, StatusFinder
from extractor.scope.times import TimeChooser

RANGES = ("span", "campaign", "state", "event")


@dataclass(frozen=True, slots=True)
class Choosers:
    """The parts that choose within a sentence; made once, used for every article."""

    status: StatusFinder
    time: TimeChooser
    body: BodyChooser
    quality: regex.Pattern[str]

    @classmethod
    def of(cls, table: CarryTable, status: StatusFinder, standing: Standing) -> Choosers:
        """The choosers for a table of words."""
        words = "|".join(sorted(map(regex.escape, table.qualities), key=lambda w: (-len(w), w)))
        quality = regex.compile(rf"(?<![\p{{L}}])(?:{words})(?:\s+[\p{{L}}]+){{0,3}}\s*$")
        return cls(status, TimeChooser(table, standing.habitual, standing.surveys), BodyChooser(table), quality)


class Walk:
    """One article's walk. Not to be used twice."""

    def __init__(self, document: Document, passages: Sequence[Passage], choosers: Choosers, sites: SiteChooser, namer: BodyNamer) -> None:
        self._document, self._passages, self._c = document, passages, choosers
        self._sites, self._namer = sites, namer
        self._lower, self._text = document.view.lower, document.view.text
        self._bodies: dict[tuple[int, int], Body] = {}
        self._scopes: list[Scope] = [Scope()] * len(document.quantities)

    def run(self) -> tuple[Scope, ...]:
        """The scope of each quantity, in order."""
        lead = next((i for i, p in enumerate(self._passages) if self._leads(p)), 0)
        state = self._lead_state(lead)
        for passage in self._passages[:lead]:
            self._assign(passage, state._replace(silent=False))
        for passage in self._passages[lead:]:
            state = self._assign(passage, self._entering(passage, state))
            state = self._leaving(passage, state)
        return tuple(self._scopes)

    def _leads(self, passage: Passage) -> bool:
        """Whether a sentence can be the one that sets the scene: of the body, with a time or a body of its own."""
        if passage.heading or passage.role not in ("body", "teaser"):
            return False
        figures = [self._document.quantities[i] for i in passage.figures]
        topics = (self._c.time.topic(passage, self._text, figures), self._c.body.topic(self._lower, passage, figures))
        return passage.role == "body" or any(topics)

    def _lead_state(self, lead: int) -> State:
        """What the first sentence tells, for the figures of the title; the title's own body until another is named."""
        body = None
        for passage in self._passages[:lead]:
            chosen = self._c.body.topic(self._lower, passage)
            if chosen and body is None:
                body = self._body(chosen)
        state = State(body=body)
        if lead < len(self._passages):
            told = self._leaving(self._passages[lead], state)
            if not told.silent:
                state = told._replace(site=None)
        return state

    def _entering(self, passage: Passage, state: State) -> State:
        """The state before a sentence: a new paragraph ends stories, and a new body's paragraph the old one's time."""
        if passage.opens and not passage.heading and not passage.caption:
            state = self._new_paragraph(passage, state)
        if passage.back and state.event:
            state = state._replace(time=state.event.time, body=state.body or state.event.body, site=state.event.site)
        if self._private(passage):
            state = state._replace(silent=True)
        return state

    def _new_paragraph(self, passage: Passage, state: State) -> State:
        """Stories end; the article's first body holds again; an example's time went with it."""
        time = state.frame or state.time
        if time and time.role == "now":
            time = None
        if state.example and self._topic_body(passage) and not passage.detail and not passage.back:
            time = None
        body = state.body
        if body and state.main and not body.same(state.main):
            body = state.main
        return state._replace(silent=False, nobody=False, site=None, time=time, frame=None, body=body, example=False)

    def _private(self, passage: Passage) -> bool:
        """Whether a private person tells, with no body doing anything before."""
        if passage.private is None:
            return False
        return not any(m.part == "subject" and m.start < passage.private for m in passage.bodies)

    def _leaving(self, passage: Passage, state: State) -> State:
        """The state after a sentence."""
        if passage.heading or passage.caption or passage.role not in ("body", "teaser"):
            return state
        figures = [self._document.quantities[i] for i in passage.figures]
        state = state._replace(site=self._sites.paragraph(passage, state.site))
        topic = self._topic_time(passage, figures, state)
        if topic is not None:
            time = self._c.time.resolved(self._text, topic, passage, state.time, self._document.published)
            frame = state.frame or (state.time if passage.detail else None)
            state = state._replace(time=time, frame=frame if passage.detail else None)
        state = self._body_after(passage, figures, topic, state)
        if topic is not None and topic.role in ("event", "campaign"):
            state = state._replace(event=Event(state.time, state.site, state.body) if state.time else None)
        if any(passage.spoken(q.number.start) for q in figures):
            state = state._replace(silent=True)
        return self._status_after(passage, state)

    def _topic_time(self, passage: Passage, figures: Sequence[Quantity], state: State) -> TimeMention | None:
        topic = self._c.time.topic(passage, self._text, figures)
        return topic or (self._c.time.weak_topic(passage) if state.time is None else None)

    def _body_after(
        self, passage: Passage, figures: Sequence[Quantity], topic: TimeMention | None, state: State
    ) -> State:
        """The body that holds on; nobody after bodies that were counted, or after a source that counted by itself."""
        body = self._topic_body(passage)
        if body is not None and not passage.detail:
            return state._replace(body=body, main=state.main or body, nobody=False, example=state.example or passage.example)
        survey = topic is not None and body is None and self._c.time.survey(self._lower, topic)
        counted = body is None and bool(figures) and self._c.body.counted(self._lower, passage, figures[0])
        return state._replace(nobody=state.nobody or survey or counted)

    def _status_after(self, passage: Passage, state: State) -> State:
        """What holds on for sentences that go into detail, and for the items of a list."""
        opened = self._c.status.opens_list(self._lower, passage.span)
        listed = opened or (state.listed if passage.item else None)
        last = self._scopes[passage.figures[-1]].status if passage.figures else "achieved"
        return state._replace(status=last if last != "achieved" else None, listed=listed)

    def _topic_body(self, passage: Passage) -> Body | None:
        figures = [self._document.quantities[i] for i in passage.figures]
        chosen = self._c.body.topic(self._lower, passage, figures)
        return self._body(chosen) if chosen else None

    def _body(self, chosen: Sequence[OrganizationMention]) -> Body:
        first = chosen[0]
        known = self._bodies.get((first.start, chosen[-1].end))
        if known is None:
            named = self._namer.antecedent(first) if first.bare and len(chosen) == 1 else None
            known = self._namer.body(chosen, self._sites.of_body((named or first).span))
            self._bodies[(first.start, chosen[-1].end)] = known
        return known

    def _assign(self, passage: Passage, state: State) -> State:
        """Give each figure of a sentence its scope; a paragraph that opens with a rule is nobody's, and of no time."""
        if not passage.figures:
            return state
        figures = [self._document.quantities[i] for i in passage.figures]
        carried = state.status if self._c.status.holds_on(self._lower, passage.span) else None
        if passage.item and state.listed:
            carried = state.listed
        anew = [m.start for m in passage.bodies if m.fronted] + list(self._c.time.turns(passage))
        statuses = self._c.status.of_sentence(self._document, passage.span, figures, carried, anew)
        if passage.opens and not state.listed and statuses[0].name == "required":
            state = state._replace(time=None, nobody=True)
        for index, figure, status in zip(passage.figures, figures, statuses, strict=True):
            self._scopes[index] = self._scope(passage, figure, figures, status, state)
        return state

    def _scope(
        self, passage: Passage, figure: Quantity, figures: Sequence[Quantity], status: Status, state: State
    ) -> Scope:
        body = self._figure_body(passage, figure, figures, state)
        time = self._figure_time(passage, figure, figures, status, state)
        site = self._figure_site(passage, figure, body, time, state)
        status = self._by_time(passage, figure, status, time)
        found_by = (*status.found_by, *(x.rule for x in (time, site, body) if x))
        return Scope(
            status.name,
            body.organization if body else None,
            site.place if site else None,
            Period(time.text, *(time.days or (None, None))) if time else None,
            tuple(dict.fromkeys(found_by)),
        )

    def _figure_body(
        self, passage: Passage, figure: Quantity, figures: Sequence[Quantity], state: State
    ) -> Body | None:
        near = passage.opens and (state.event is None or state.time is not state.event.time)
        chosen = self._c.body.explicit(self._lower, passage, figure, figures, near_place=near)
        if chosen:
            return self._body(chosen)
        if self._silent(passage, figure, state) or self._lasting(figure) or passage.role == "boilerplate":
            return None
        if state.nobody or self._c.body.counted(self._lower, passage, figures[0]) or self._surveyed(passage):
            return None
        return state.body

    def _surveyed(self, passage: Passage) -> bool:
        return any(m.fronted and self._c.time.survey(self._lower, m) for m in passage.times)

    def _silent(self, passage: Passage, figure: Quantity, state: State) -> bool:
        """Whether nothing of what held before holds for the figure."""
        if passage.spoken(figure.number.start):
            return not passage.official
        return state.silent

    def _lasting(self, figure: Quantity) -> bool:
        """A thing's own quality: no time, and nobody's doing."""
        if figure.kind != "measure":
            return False
        return self._c.quality.search(self._lower[max(0, figure.start - 24) : figure.start]) is not None

    def _figure_time(
        self, passage: Passage, figure: Quantity, figures: Sequence[Quantity], status: Status, state: State
    ) -> Time | None:
        if self._lasting(figure):
            return None
        planned = status.name == "planned"
        mention = self._c.time.explicit(self._lower, passage, figure, figures, planned=planned)
        if mention is not None:
            return self._c.time.resolved(self._text, mention, passage, state.time, self._document.published)
        if state.silent or passage.spoken(figure.number.start) or passage.role == "boilerplate":
            return None
        time = state.time
        if time is None or self._c.time.habitual(self._lower, passage, figure):
            return None
        if passage.caption and time.role != "event":
            return None
        if status.name == "required" and (time.role in ("state", "now") or passage.opens):
            return None
        published = self._document.published
        if published and time.days and time.days[0] > published and self._done(passage, figure):
            return state.event.time if state.event else None
        return time

    def _done(self, passage: Passage, figure: Quantity) -> bool:
        return self._c.status.achieved(self._lower, passage.span.start, figure.start)

    def _figure_site(
        self, passage: Passage, figure: Quantity, body: Body | None, time: Time | None, state: State
    ) -> Site | None:
        if passage.role == "boilerplate":
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
        """What lies after the day of publication, or has hardly begun then, is planned unless the words say it is done."""
        published = self._document.published
        if status.name != "achieved" or status.found_by or not published or not time or not time.days:
            return status
        first, last = time.days
        begun = (published - first).days
        if time.role != "campaign" and last > published and begun * 10 < (last - first).days + 1 and not self._done(passage, figure):
            return Status("planned", ("status.future",))
        return status
