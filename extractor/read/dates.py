"""Days as fields and pages write them: ISO datetimes, and the patterns of ``data/read/dates.toml``."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from extractor.errors import DataError

PATTERNS = Path(__file__).parent.parent / "data" / "read" / "dates.toml"
VIETNAM = timezone(timedelta(hours=7))
_LONGEST = 1000  # characters in which a date is looked for


def parse_day(text: str) -> date | None:
    """The day that `text` names, in Vietnamese time where it tells its zone; None if it names none.

    >>> parse_day("2010-04-12T20:00:00Z"), parse_day("12/4/2010 08:30"), parse_day("hôm qua")
    (datetime.date(2010, 4, 13), datetime.date(2010, 4, 12), None)
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return find_day(text)
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(VIETNAM).date()
    except OverflowError:
        return moment.date()


def find_day(text: str) -> date | None:
    """The full date written in `text`, None if there is none.

    >>> find_day("Thứ ba, 13 tháng 4, 2010")
    datetime.date(2010, 4, 13)
    """
    for pattern in _patterns():
        if found := pattern.search(text[:_LONGEST]):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                continue
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    patterns = []
    for entry in tomllib.loads(PATTERNS.read_text("utf-8"))["pattern"]:
        if set(entry) != {"id", "pattern", "examples"}:
            raise DataError(f"{PATTERNS.name}: each [[pattern]] must have exactly the keys id, pattern and examples")
        pattern = re.compile(entry["pattern"])
        if set(pattern.groupindex) != {"year", "month", "day"}:
            raise DataError(f"{PATTERNS.name}: {entry['id']} must name the groups year, month and day")
        patterns.append(pattern)
    return tuple(patterns)
