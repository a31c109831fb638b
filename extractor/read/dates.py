"""Days as inputs write them: ISO dates and datetimes, and day/month/year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def parse_day(text: str) -> date | None:
    """The day that `text` names, in Vietnamese time where it tells its zone; None if it names none.

    >>> parse_day("2010-04-12T20:00:00Z"), parse_day("12/4/2010 08:30"), parse_day("hôm qua")
    (datetime.date(2010, 4, 13), datetime.date(2010, 4, 12), None)
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _loose(text)
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(VIETNAM).date()
    except OverflowError:
        return moment.date()


def _loose(text: str) -> date | None:
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
