"""The walk through an article: each figure gets what its sentence says, else what still holds from before.

What holds is changed by sentences of the body only: not by headings and captions, not by quotations, and not by
private persons' stories, after which nothing holds until the paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from extractor.document import Document, Period, Quantity, Scope
from extractor.lookup import alternatives
from extractor.scope.bodies import BodyChooser, BodyNamer
from extractor.scope.organizations import OrganizationMention
from extractor.scope.periods import Standing, TimeMention
from extractor.scope.sentence import BEFORE, NEAR, CarryTable, Passage
from extractor.scope.sites import SiteChooser
from extractor.scope.state import Body, Event, Site, State, Time
from extractor.scope.statuses import Marks, Status, StatusFinder
from extractor.scope.times import TimeChooser

PROSE = ("body", "teaser")
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
    quality: regex.Pattern[str]

    @classmethod
    def of(cls, table: CarryTable, status: StatusFinder, standing: Standing) -> Choosers:
        """The choosers for a table of words."""
        quality = regex.compile(rf"(?<![\p{{L}}])(?:{alternatives(table.qualities)})(?:\s+[\p{{L}}]+){{0,3}}\s*$")
        return cls(status, TimeChooser(table, standing.habitual, standing.surveys), BodyChooser(table), quality)


class _Scene(NamedTuple):
    """A sentence with its figures in order; `starts` are where their numbers start."""

    passage: Passage
    figures: tuple[Quantity, ...]
    starts: tuple[int, ...]


class Walk:
    """One article's walk. Not to be used twice."""

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        choosers: Choosers,
        marks: Marks,
        sites: SiteChooser,
        namer: BodyNamer,
    ) -> None:
        self._document, self._c, self._sites, self._namer = document, choosers, sites, namer
        self._lower, self._text, self._published = document.view.lower, document.view.text, document.published
        self._scenes = [self._scene(passage) for passage in passages]
        self._marks = marks
        self._bodies: dict[tuple[int, int], Body] = {}
        self._scopes: list[Scope] = [Scope()] * len(document.quantities)

    def run(self) -> tuple[Scope, ...]:
        """The scope of each quantity, in order. Behind the last figure nothing needs to be known."""
        last = max((place for place, scene in enumerate(self._scenes) if scene.figures), default=-1)
        lead = next((i for i, scene in enumerate(self._scenes) if self._leads(scene)), 0)
        state = self._lead_state(lead)
        for scene in self._scenes[:lead]:
            self._assign(scene, state._replace(silent=False))
        for scene in self._scenes[lead : last + 1]:
            state = self._assign(scene, self._entering(scene, state))
            state = self._leaving(scene, state)
        return tuple(self._scopes)

    def _scene(self, passage: Passage) -> _Scene:
        if not passage.figures:
            return _Scene(passage, (), ())
        figures = tuple(self._document.quantities[i] for i in passage.figures)
        return _Scene(passage, figures, tuple(figure.number.start for figure in figures))

    # --- what holds -------------------------------------------------------------------------------------------------

    def _leads(self, scene: _Scene) -> bool:
        """Whether a sentence can be the one that sets the scene: of the body, or with a time or a body of its own."""
        passage = scene.passage
        if passage.heading or passage.role not in PROSE:
            return False
        if passage.role == "body":
            return True
        topics = self._c.time.topic(passage, self._text, scene.starts), self._c.body.topic(self._lower, passage)
        return any(topics)

    def _lead_state(self, lead: int) -> State:
        """What the first sentence tells, for the figures of the title; the title's own body until another is named."""
        bodies = (self._topic_body(scene) for scene in self._scenes[:lead])
        state = State(body=next((body for body in bodies if body), None))
        if lead < len(self._scenes):
            told = self._leaving(self._scenes[lead], state)
            state = state if told.silent else told._replace(site=None)
        return state

    def _entering(self, scene: _Scene, state: State) -> State:
        """The state before a sentence."""
        passage = scene.passage
        if passage.opens and not passage.heading and not passage.caption:
            state = self._new_paragraph(scene, state)
        if passage.back and state.event:
            state = state._replace(time=state.event.time, body=state.body or state.event.body)
        return state._replace(silent=True) if self._private(passage) else state

    def _new_paragraph(self, scene: _Scene, state: State) -> State:
        """Stories end; the article's first body holds again; the time of a detail or an example went with it."""
        time = state.frame or state.time
        if time and time.role == "now":
            time = None
        if state.example and not scene.passage.detail and not scene.passage.back and self._topic_body(scene):
            time = None
        body = state.body
        if body and state.main and not body.same(state.main):
            body = state.main
        return state._replace(silent=False, nobody=False, site=None, time=time, frame=None, body=body, example=False)

    def _private(self, passage: Passage) -> bool:
        """Whether a private person tells, with no body doing anything before."""
        if passage.private is None:
            return False
        return not any(m.part == "subject" and m.start < passage.private for m in passage.bodies[:BEFORE])

    def _leaving(self, scene: _Scene, state: State) -> State:
        """The state after a sentence."""
        passage = scene.passage
        if passage.heading or passage.caption or passage.role not in PROSE:
            return state
        if passage.places:
            state = state._replace(site=self._sites.paragraph(passage, state.site))
        if state.silent and passage.private is not None:
            return state
        topic = self._c.time.topic(passage, self._text, scene.starts)
        if topic is None and state.time is None:
            topic = self._c.time.weak_topic(passage)
        if topic is not None:
            time = self._c.time.resolved(self._text, topic, passage, state.time, self._published)
            state = state._replace(time=time, frame=(state.frame or state.time) if passage.detail else None)
        state = self._body_after(scene, topic, state)
        if topic is not None and topic.role in ("event", "campaign") and state.time:
            state = state._replace(event=Event(state.time, state.site, state.body))
        if any(passage.spoken(start) for start in scene.starts):
            state = state._replace(silent=True)
        return self._status_after(passage, state)

    def _body_after(self, scene: _Scene, topic: TimeMention | None, state: State) -> State:
        """The body that holds on; nobody after bodies that were counted, or after a source that counted by itself."""
        passage, body = scene.passage, self._topic_body(scene)
        if body is not None:
            if passage.detail:
                return state
            example = state.example or passage.example
            return state._replace(body=body, main=state.main or body, nobody=False, example=example)
        if state.nobody or not (topic or scene.figures):
            return state
        survey = topic is not None and self._c.time.survey(self._lower, topic)
        return state._replace(nobody=survey or self._counted(scene))

    def _status_after(self, passage: Passage, state: State) -> State:
        """What holds on for sentences that go into detail, and for the items of a list."""
        opened = self._c.status.opens_list(self._marks, passage.span)
        listed = opened or (state.listed if passage.item else None)
        last = self._scopes[passage.figures[-1]].status if passage.figures else "achieved"
        status = last if last != "achieved" else None
        if (status, listed) == (state.status, state.listed):
            return state
        return state._replace(status=status, listed=listed)

    def _topic_body(self, scene: _Scene) -> Body | None:
        chosen = self._c.body.topic(self._lower, scene.passage, scene.starts)
        return self._body(chosen) if chosen else None

    def _body(self, chosen: Sequence[OrganizationMention]) -> Body:
        place = (chosen[0].start, chosen[-1].end)
        known = self._bodies.get(place)
        if known is None:
            named = self._namer.antecedent(chosen[0]) if chosen[0].bare and len(chosen) == 1 else None
            known = self._namer.body(chosen, self._sites.of_body((named or chosen[0]).span))
            self._bodies[place] = known
        return known

    # --- each figure ------------------------------------------------------------------------------------------------

    def _assign(self, scene: _Scene, state: State) -> State:
        """Give each figure of a sentence its scope; a paragraph that opens with a rule is nobody's, and of no time."""
        passage = scene.passage
        if not passage.figures:
            return state
        carried = state.status if self._c.status.holds_on(self._lower, passage.span) else None
        if passage.item and state.listed:
            carried = state.listed
        anew = [m.start for m in passage.bodies if m.fronted] + list(self._c.time.turns(passage))
        statuses = self._c.status.of_sentence(self._marks, passage.span, scene.figures, carried, anew)
        if passage.opens and not state.listed and statuses[0].name == "required":
            state = state._replace(time=None, nobody=True)
        inner = state._replace(nobody=state.nobody or self._counted(scene) or self._surveyed(passage))
        for index, figure, status in zip(passage.figures, scene.figures, statuses, strict=True):
            self._scopes[index] = self._scope(scene, figure, status, inner)
        return state

    def _scope(self, scene: _Scene, figure: Quantity, status: Status, state: State) -> Scope:
        body = self._figure_body(scene, figure, state)
        time = self._figure_time(scene, figure, status, state)
        site = self._figure_site(scene.passage, figure, body, time, state)
        status = self._by_time(scene.passage, figure, status, time)
        found_by = (*status.found_by, *(x.rule for x in (time, site, body) if x))
        return Scope(
            status.name,
            body.organization if body else None,
            site.place if site else None,
            Period(time.text, *(time.days or (None, None))) if time else None,
            tuple(dict.fromkeys(found_by)),
        )

    def _figure_body(self, scene: _Scene, figure: Quantity, state: State) -> Body | None:
        passage = scene.passage
        near = passage.opens and (state.event is None or state.time is not state.event.time)
        chosen = self._c.body.explicit(self._lower, passage, figure, scene.starts, near_place=near)
        if chosen:
            return self._body(chosen)
        if state.nobody or passage.role == "boilerplate" or self._lasting(figure):
            return None
        if passage.spoken(figure.number.start):
            return state.body if passage.official else None
        return None if state.silent else state.body

    def _counted(self, scene: _Scene) -> bool:
        """Whether the sentence tells what the bodies do that it counts."""
        return bool(scene.figures) and self._c.body.counted(self._lower, scene.passage, scene.figures[0])

    def _surveyed(self, passage: Passage) -> bool:
        """Whether a source that is nobody's counted (theo rà soát mới nhất)."""
        return any(m.fronted and self._c.time.survey(self._lower, m) for m in passage.times[:BEFORE])

    def _lasting(self, figure: Quantity) -> bool:
        """A thing's own quality: no time, and nobody's doing."""
        if figure.kind != "measure":
            return False
        return self._c.quality.search(self._lower[max(0, figure.start - QUALITY) : figure.start]) is not None

    def _figure_time(self, scene: _Scene, figure: Quantity, status: Status, state: State) -> Time | None:
        passage, planned = scene.passage, status.name == "planned"
        if self._lasting(figure):
            return None
        mention = self._c.time.explicit(self._lower, passage, figure, scene.starts, planned=planned)
        if mention is not None:
            return self._c.time.resolved(self._text, mention, passage, state.time, self._published)
        if state.silent or passage.spoken(figure.number.start) or passage.role == "boilerplate":
            return None
        time = state.time
        if time is None or self._c.time.habitual(self._lower, passage, figure):
            return None
        if passage.caption and time.role not in ("event", "campaign"):
            return None
        if status.name == "required" and (time.role in ("state", "now") or passage.opens):
            return None
        if self._published and time.days and time.days[0] > self._published and self._done(passage, figure):
            return state.event.time if state.event else None
        return time

    def _done(self, passage: Passage, figure: Quantity) -> bool:
        return bool(self._marks.stops(max(passage.span.start, figure.start - NEAR), figure.start))

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
        if status.found_by or not self._published or not time or not time.days or time.role == "campaign":
            return status
        first, last = time.days
        begun = (self._published - first).days
        if last > self._published and begun * HARDLY < (last - first).days + 1 and not self._done(passage, figure):
            return Status("planned", ("status.future",))
        return status
