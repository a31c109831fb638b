"""Arithmetic with days, months and years. A span of days is its first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Days = tuple[date, date]


def gap(first: date, last: date, day: date) -> int:
    """Days between a day and the nearer end of a span that doesn't hold it."""
    return 0 if first <= day <= last else min(abs((first - day).days), abs((last - day).days))


def month(year: int, number: int, last: int | None = None) -> Days:
    """The days of a month, or of the months from `number` to `last`."""
    last = number if last is None else last
    return date(year, number, 1), date(year, last, monthrange(year, last)[1])


def years(first: int, last: int) -> Days:
    """The days of the years from `first` to `last`; ValueError when they run backwards."""
    if last < first:
        raise ValueError(last)
    return date(first, 1, 1), date(last, 12, 31)


def years_before(day: date, count: int) -> date:
    """The same day `count` years before; the 28th for a 29 February."""
    year = day.year - count
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def months_before(day: date, count: int) -> date:
    """The same day `count` months before, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 - count
    year, number = index // 12, index % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def one_day(day: date) -> Days:
    """A span of one day."""
    return day, day


def ordered(first: date, last: date) -> Days:
    """The span from first to last; ValueError when it runs backwards."""
    if last < first:
        raise ValueError(last)
    return first, last


def shifted(days: Days, year: int | None) -> Days | None:
    """The same days of another year, the year before by default."""
    back = 1 if year is None else days[1].year - year
    try:
        return years_before(days[0], back), years_before(days[1], back)
    except ValueError:
        return None


def deadline(base: Days | None, until: Days, published: date | None) -> Days | None:
    """From the start of the period that holds the deadline, else from publication, to the deadline."""
    first = base[0] if base and base[0] <= until[1] <= base[1] else published
    return (first, until[1]) if first and first <= until[1] else None
