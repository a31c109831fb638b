"""An expression of time as it is found in a text."""

from __future__ import annotations

from typing import NamedTuple

from extractor.scope.calendar import Days


class TimeMention(NamedTuple):
    """An expression of time. `role` is span, state, now (a state on the day of publication), deadline, comparison, campaign or event (one day).

    `days` is None where it can't be resolved. A comparison with the same time of another year has `year` (None for
    the year before) and no days of its own. `fronted` says that it stands at the head of its clause, `attributive`
    that it only names a thing.
    """

    start: int
    end: int
    days: Days | None
    role: str
    rule: str
    fronted: bool = False
    attributive: bool = False
    same_time: bool = False
    year: int | None = None
