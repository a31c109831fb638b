"""From the slots of a time expression to its first and last day. Each shape of the period rules is one function here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.scope.calendar import Days, gap, month, months_before, one_day, ordered, years, years_before

Slots = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative expressions are held against: the day of publication, and the term that the article names."""

    published: date | None = None
    term: Days | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What the words in slots stand for: numbers, thirds of a month or year, years counted from that of publication."""

    numbers: Mapping[str, int]
    parts: Mapping[str, int]
    years: Mapping[str, int]


def resolve(shape: str, part: str, slots: Slots, values: Values, clock: Clock) -> Days | None:
    """The first and last day, or None where the text and the clock don't tell, or name a day that never was."""
    try:
        return _SHAPES[shape](_Reader(slots, values, clock, part))
    except (_Unknown, KeyError, ValueError, OverflowError):
        return None


def shapes() -> frozenset[str]:
    """The shapes that a rule may name."""
    return frozenset(_SHAPES)


class _Unknown(Exception):  # noqa: N818 (no error of the program's, only a way out)
    """The expression can't be resolved."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """The slots of one expression, as numbers."""

    slots: Slots
    values: Values
    clock: Clock
    part: str

    def has(self, name: str) -> bool:
        return bool(self.slots.get(name))

    def number(self, name: str) -> int:
        text = self.slots[name]
        return self.values.numbers[text] if text in self.values.numbers else int(text)

    def third(self, name: str) -> int:
        """Which third of a month or a year a slot names."""
        return self.values.parts[self.slots[name]]

    @property
    def published(self) -> date:
        if self.clock.published is None:
            raise _Unknown
        return self.clock.published

    def year(self, name: str = "y") -> int:
        """The year told, else the one of publication."""
        return self.number(name) if self.has(name) else self.published.year

    def nearest(self, days: Callable[[int], Days], *, future: int = 1) -> Days:
        """With no year told: of this year's, last year's and next year's days, those nearest to publication.

        Days to come count as `future` times as far: news tells of months gone by more than of months to come.
        """
        if self.has("y"):
            return days(self.number("y"))
        middle = self.published
        found: list[tuple[int, int, Days]] = []
        for year in (middle.year, middle.year - 1, middle.year + 1):
            try:
                first, last = days(year)
            except ValueError:
                continue
            away = gap(first, last, middle) * (future if first > middle else 1)
            found.append((away, len(found), (first, last)))
        if not found:
            raise _Unknown
        return min(found)[2]


def _day(r: _Reader) -> Days:
    return r.nearest(lambda year: one_day(date(year, r.number("m"), r.number("d"))))


def _days(r: _Reader) -> Days:
    m2 = r.number("m2") if r.has("m2") else r.number("m")
    m1 = r.number("m") if r.has("m") else m2
    given = "y2" if r.has("y2") else "y"
    end = _Reader({**r.slots, "y": r.slots.get(given) or ""}, r.values, r.clock, r.part)
    _, last = end.nearest(lambda year: one_day(date(year, m2, r.number("d2"))))
    year = r.number("y") if r.has("y") else last.year - ((m1, r.number("d")) > (m2, r.number("d2")))
    return ordered(date(year, m1, r.number("d")), last)


def _today(r: _Reader) -> Days:
    return r.published, r.published


def _yesterday(r: _Reader) -> Days:
    return one_day(r.published - timedelta(days=1))


def _month(r: _Reader) -> Days:
    return r.nearest(lambda year: month(year, r.number("m")), future=2)


def _months_range(r: _Reader) -> Days:
    last = r.year("y2" if r.has("y2") else "y")
    first = r.number("y") if r.has("y") else last - (r.number("m") > r.number("m2"))
    return ordered(month(first, r.number("m"))[0], month(last, r.number("m2"))[1])


def _part_of_month(r: _Reader) -> Days:
    def part(year: int) -> Days:
        first, last = month(year, r.number("m"))
        start = r.third("part") * 10 - 9
        return first.replace(day=start), last if start > 20 else first.replace(day=start + 9)  # noqa: PLR2004 (days)

    return r.nearest(part)


def _this_month(r: _Reader) -> Days:
    return month(r.published.year, r.published.month)


def _last_month(r: _Reader) -> Days:
    day = r.published.replace(day=1) - timedelta(days=1)
    return month(day.year, day.month)


def _campaign(r: _Reader) -> Days:
    if r.has("relative"):
        return month(r.published.year + r.values.years[r.slots["relative"]], int(r.part))
    return r.nearest(lambda year: month(year, int(r.part)))


def _quarter(r: _Reader) -> Days:
    text = r.slots["q"]
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(text) or int(text)
    return r.nearest(lambda year: month(year, number * 3 - 2, number * 3))


def _months_of_year(r: _Reader) -> Days:
    count = r.number("n")
    if not 1 <= count <= 12:  # noqa: PLR2004 (months)
        raise ValueError(count)
    if r.part == "last":
        return month(r.year(), 13 - count, 12)
    if r.has("y") or r.published.month > 1:
        return month(r.year(), 1, count)
    return month(r.published.year - 1, 1, count)


def _half_year(r: _Reader) -> Days:
    return month(r.year(), 1, 6) if r.third("half") == 1 else month(r.year(), 7, 12)


def _part_of_year(r: _Reader) -> Days:
    first = r.third("part") * 4 - 3
    return month(r.year(), first, first + 3)


def _year(r: _Reader) -> Days:
    return years(r.year(), r.year())


def _years(r: _Reader) -> Days:
    return years(r.number("y"), r.number("y2"))


def _this_term(r: _Reader) -> Days:
    """The term that the article names; a term past can't be one that is only to come."""
    term = r.clock.term
    if term is None or (r.clock.published is not None and term[0] > r.clock.published):
        raise _Unknown
    return term


def _school_year(r: _Reader) -> Days:
    """From the first of September to the end of May, as the ministry's plans for the school year have it."""
    return ordered(date(r.number("y"), 9, 1), date(r.number("y2"), 5, 31))


def _relative_year(r: _Reader) -> Days:
    year = r.published.year + int(r.part)
    return years(year, year)


def _past_year(r: _Reader) -> Days:
    year = r.published.year if r.published.month >= 11 else r.published.year - 1  # noqa: PLR2004 (November)
    return years(year, year)


def _past_years(r: _Reader) -> Days:
    return years_before(r.published, r.number("n")), r.published


def _past_months(r: _Reader) -> Days:
    return months_before(r.published, r.number("n")), r.published


def _year_to_date(r: _Reader) -> Days:
    return ordered(date(r.year(), 1, 1), r.published)


def _rest_of_year(r: _Reader) -> Days:
    return ordered(r.published, date(r.year(), 12, 31))


def _term_to_date(r: _Reader) -> Days:
    first = date(r.number("y"), 1, 1) if r.has("y") else _this_term(r)[0]
    return ordered(first, r.published)


def _unresolved(_: _Reader) -> Days:
    raise _Unknown


_SHAPES: dict[str, Callable[[_Reader], Days]] = {
    "day": _day,
    "occasion": _day,
    "days": _days,
    "today": _today,
    "yesterday": _yesterday,
    "month": _month,
    "months-range": _months_range,
    "part-of-month": _part_of_month,
    "this-month": _this_month,
    "last-month": _last_month,
    "campaign": _campaign,
    "quarter": _quarter,
    "months-of-year": _months_of_year,
    "half-year": _half_year,
    "part-of-year": _part_of_year,
    "year": _year,
    "feast-year": _year,
    "years": _years,
    "term": _years,
    "this-term": _this_term,
    "school-year": _school_year,
    "relative-year": _relative_year,
    "past-year": _past_year,
    "past-years": _past_years,
    "past-months": _past_months,
    "year-to-date": _year_to_date,
    "rest-of-year": _rest_of_year,
    "term-to-date": _term_to_date,
    "now": _today,
    "unresolved": _unresolved,
}
