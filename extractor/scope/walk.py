"""The walk through an article: each figure gets what its sentence says, else what still holds from before.

What holds is changed by sentences of the body only: not by headings and captions, not by quotations, and not by
private persons' stories, after which nothing holds until the paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document, Scope
from extractor.scope.assign import Assigner, Choosers
from extractor.scope.bodies import BodyNamer
from extractor.scope.cues import Marks
from extractor.scope.mention import TimeMention
from extractor.scope.sentence import BEFORE, Passage
from extractor.scope.sites import SiteChooser
from extractor.scope.state import Body, Event, State, Time


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
        self._passages, self._c, self._marks, self._sites = passages, choosers, marks, sites
        self._lower, self._text, self._published = document.view.lower, document.view.text, document.published
        self._assigner = Assigner(document, choosers, marks, sites, namer)
        self._titled: Time | None = None
        self._scopes: list[Scope] = [Scope()] * len(document.quantities)

    def run(self) -> tuple[Scope, ...]:
        """The scope of each quantity, in order. Behind the last figure nothing needs to be known."""
        passages = self._passages
        last = next((place for place in range(len(passages) - 1, -1, -1) if passages[place].figures), -1)
        lead = next((i for i, passage in enumerate(passages) if self._leads(passage)), 0)
        state = self._lead_state(lead)
        titles = [passage for passage in passages[:lead] if passage.shape.heading]
        self._titled = next((time for passage in titles if (time := self._headed(passage, state))), None)
        for passage in passages[:lead]:
            if passage.figures:
                self._assign(passage, state._replace(silent=False))
        for passage in passages[:lead]:
            state = self._new_section(passage, state) if passage.shape.section else state
        for passage in passages[lead : last + 1]:
            state = self._entering(passage, state)
            if passage.figures:
                state = self._assign(passage, state)
            state = self._leaving(passage, state)
        return tuple(self._scopes)

    # --- what holds -------------------------------------------------------------------------------------------------

    def _leads(self, passage: Passage) -> bool:
        """Whether a sentence can be the one that sets the scene: of the body, or with a time or a body of its own."""
        if passage.shape.heading or not passage.shape.prose:
            return False
        if passage.shape.role == "body":
            return True
        return bool(self._c.time.topic(passage, self._text) or self._c.body.topic(self._lower, passage))

    def _lead_state(self, lead: int) -> State:
        """What the first sentence tells, for the figures of the title; the title's own body until another is named."""
        bodies = (self._topic_body(passage) for passage in self._passages[:lead])
        titled = next((body for body in bodies if body), None)
        state = State(body=titled, main=titled)
        if lead < len(self._passages):
            told = self._leaving(self._passages[lead], state)
            state = state if told.silent else told._replace(site=None)
        return state

    def _entering(self, passage: Passage, state: State) -> State:
        """The state before a sentence."""
        if passage.shape.section and passage.opens:
            return self._new_section(passage, state)
        if passage.opens and not passage.shape.heading and not passage.shape.caption:
            state = self._new_paragraph(passage, state)
            state = self._new_item(passage, state)
        if state.event and "back" in passage.openers:
            state = state._replace(time=state.event.time, body=state.body or state.event.body)
        return state._replace(silent=True) if _private(passage) else state

    def _headed(self, passage: Passage, state: State) -> Time | None:
        """The period that a heading names: KẾT QUẢ 6 THÁNG ĐẦU NĂM 2023; not a day, not a term."""
        spans = [m for m in passage.times if m.days and m.role == "span" and m.rule != "period.term"]
        if not spans:
            return None
        return self._c.time.resolved(self._text, spans[0], passage, state.time, self._published)

    def _new_section(self, passage: Passage, state: State) -> State:
        """Under a section's heading its own period holds, else the title's, else the event's: none of the one before."""
        held = state.time if state.time and state.time.role not in ("state", "now") else None
        if not state.sectioned and state.event:
            self._titled = state.event.time  # minutes: the day they were taken, whatever the title names
        event = state.event.time if state.event else held
        return State(
            body=state.main or state.body,
            main=state.main,
            time=self._headed(passage, state) or self._titled or event,
            event=state.event,
            section=self._c.status.of_section(self._lower, passage.span),
            sectioned=True,
        )

    def _new_item(self, passage: Passage, state: State) -> State:
        """The time told in an item of a numbered list ends with it; what held before the list holds for the next."""
        if not passage.shape.item:
            return state._replace(outer=()) if state.outer else state
        if not self._lower[passage.span.start].isdigit():
            return state
        return state._replace(time=state.outer[0]) if state.outer else state._replace(outer=(state.time,))

    def _new_paragraph(self, passage: Passage, state: State) -> State:
        """Stories end; the article's first body holds again; the time of a detail or an example went with it."""
        time = state.frame or state.time
        if time and time.role == "now" and "detail" not in passage.openers:
            time = None
        if state.example and passage.openers.isdisjoint(("detail", "back")) and self._topic_body(passage):
            time = None
        body = state.body
        if body and state.main and not body.same(state.main):
            body = state.main
        if time is state.time and body is state.body and not _passing(state):
            return state
        return state._replace(silent=False, nobody=False, site=None, time=time, frame=None, body=body, example=False)

    def _leaving(self, passage: Passage, state: State) -> State:
        """The state after a sentence."""
        if not passage.shape.telling:
            return state
        if passage.places:
            state = state._replace(site=self._sites.paragraph(passage, state.site))
        if state.silent and passage.private is not None:
            return state
        topic = self._topic_time(passage, state) if passage.times else None
        if topic is not None:
            time = self._c.time.resolved(self._text, topic, passage, state.time, self._published)
            frame = (state.frame or state.time) if "detail" in passage.openers else None
            state = state._replace(time=time, frame=frame)
        if topic or passage.bodies or passage.figures:
            state = self._body_after(passage, topic, state)
        if topic is not None and topic.role in ("event", "campaign") and state.time:
            state = state._replace(event=Event(state.time, state.site, state.body))
        if passage.speech and any(passage.spoken(start) for start in passage.starts):
            state = state._replace(silent=True)
        return self._status_after(passage, state)

    def _topic_time(self, passage: Passage, state: State) -> TimeMention | None:
        topic = self._c.time.topic(passage, self._text)
        if topic is not None and self._to_come(topic):
            topic = None
        return self._c.time.weak_topic(passage) if topic is None and state.time is None else topic

    def _to_come(self, topic: TimeMention) -> bool:
        """A day after publication told in passing dates only what it stands with: áp dụng từ 01/6."""
        days, published = topic.days, self._published
        later = published is not None and days is not None and days[0] > published
        return later and topic.role == "event" and not topic.fronted

    def _body_after(self, passage: Passage, topic: TimeMention | None, state: State) -> State:
        """The body that holds on; nobody after bodies that were counted, or after a source that counted by itself."""
        body = self._topic_body(passage)
        if body is not None:
            if "detail" in passage.openers:
                return state
            example = state.example or "example" in passage.openers
            return state._replace(body=body, main=state.main or body, nobody=False, example=example)
        if state.nobody or not (topic or passage.figures):
            return state
        source = self._c.body.source(self._lower, passage) if state.body is None and passage.bodies else ()
        if source:
            return state._replace(body=self._assigner.body(source))
        survey = topic is not None and self._c.time.survey(self._lower, topic)
        nobody = survey or self._counted(passage)
        return state._replace(nobody=True) if nobody else state

    def _status_after(self, passage: Passage, state: State) -> State:
        """What holds on for sentences that go into detail, and for the items of a list."""
        opened = self._c.status.opens_list(self._marks, passage.span)
        listed = opened or (state.listed if passage.shape.item else None)
        last = self._scopes[passage.figures[-1]].status if passage.figures else "achieved"
        status = last if last != "achieved" else None
        if (status, listed) == (state.status, state.listed):
            return state
        return state._replace(status=status, listed=listed)

    def _topic_body(self, passage: Passage) -> Body | None:
        chosen = self._c.body.topic(self._lower, passage, passage.starts) if passage.bodies else ()
        return self._assigner.body(chosen) if chosen else None

    # --- the figures of a sentence ----------------------------------------------------------------------------------

    def _assign(self, passage: Passage, state: State) -> State:
        """Give each figure of a sentence its scope; a paragraph that opens with a rule is nobody's, and of no time."""
        carried = state.status
        if carried and not self._c.status.holds_on(self._lower, passage.span):
            carried = None
        if passage.shape.item and state.listed:
            carried = state.listed
        carried = carried or state.section
        anew = [m.start for m in passage.bodies if m.fronted] + self._c.time.turns(passage)
        statuses = self._c.status.of_sentence(self._marks, passage.span, passage.quantities, carried, anew)
        if passage.opens and not (state.listed or passage.shape.item) and statuses[0].name == "required":
            state = state._replace(time=None, nobody=True)
        inner = state
        if not state.nobody and (self._counted(passage) or self._surveyed(passage)):
            inner = state._replace(nobody=True)
        for index, figure, status in zip(passage.figures, passage.quantities, statuses, strict=True):
            self._scopes[index] = self._assigner.scope(passage, figure, status, inner)
        return state

    def _counted(self, passage: Passage) -> bool:
        """Whether the sentence tells what the bodies do that it counts."""
        return bool(passage.quantities) and self._c.body.counted(self._lower, passage, passage.quantities[0])

    def _surveyed(self, passage: Passage) -> bool:
        """Whether a source that is nobody's counted (theo rà soát mới nhất)."""
        return any(m.fronted and self._c.time.survey(self._lower, m) for m in passage.times[:BEFORE])


def _private(passage: Passage) -> bool:
    """Whether a private person tells, with no body doing anything before."""
    teller = passage.private
    if teller is None:
        return False
    return not any(m.part == "subject" and m.start < teller for m in passage.bodies[:BEFORE])


def _passing(state: State) -> bool:
    """Whether anything holds that a new paragraph ends."""
    return bool(state.silent or state.nobody or state.site or state.frame or state.example)
