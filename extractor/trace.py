"""Why a figure is what it is: the readings tried at each place, kept only when asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.span import Span


@dataclass(frozen=True, slots=True)
class Event:
    """One reading of a stretch of the view: the rule that made it, whether it was kept, and why or why not."""

    span: Span
    rule: str
    outcome: str
    why: str


@dataclass(slots=True)
class Trace:
    """Collects events in the order of the stages."""

    events: list[Event] = field(default_factory=list)

    def note(self, span: Span, rule: str, outcome: str, why: str = "") -> None:
        """Keep one event; `outcome` is ``kept``, ``lost`` or ``rejected``."""
        self.events.append(Event(span, rule, outcome, why))

    def at(self, offset: int) -> list[Event]:
        """The events whose span holds the offset, in order."""
        return [event for event in self.events if event.span.start <= offset < event.span.end]


class _NoTrace(Trace):
    def note(self, span: Span, rule: str, outcome: str, why: str = "") -> None:
        """Forget it."""


NO_TRACE: Trace = _NoTrace()
