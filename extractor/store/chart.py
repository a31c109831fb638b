"""A series as an SVG picture: each number over its period, its hedge as a whisker. Readable by screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from html import escape

from extractor.check.numbers import Numbers
from extractor.check.rules import load_rules
from extractor.store.series import Point

WIDTH, HEIGHT = 860, 420
LEFT, RIGHT, TOP, BOTTOM = 96, 48, 56, 64
TICKS = 5
# Told apart by people with any colour vision (Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
CAP = 4


def draw(points: Sequence[Point], title: str) -> str:
    """The picture; `points` in the order of time, at least one."""
    return "\n".join(_Chart(points, title).lines()) + "\n"


class _Chart:
    def __init__(self, points: Sequence[Point], title: str) -> None:
        self._points = points
        self._title = title
        self._numbers = Numbers(load_rules().style)
        self._first = min(point.first for point in points)
        self._days = max(1, (max(point.last for point in points) - self._first).days)
        tops = [number for point in points for number in (point.value, point.high, point.low) if number is not None]
        self._top = _round_up(max(tops, default=Decimal(1)))
        deeds = list(dict.fromkeys(point.deed for point in points))
        self._colours = {deed: COLOURS[i % len(COLOURS)] for i, deed in enumerate(deeds)}

    def lines(self) -> list[str]:
        """The lines of the SVG document."""
        return [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title desc"',
            f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
            f'<title id="title">{escape(self._title)}</title>',
            f'<desc id="desc">{escape(self._described())}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">{escape(self._title)}</text>',
            *self._scale(),
            *(line for point in self._points for line in self._point(point)),
            *self._legend(),
            "</svg>",
        ]

    def _described(self) -> str:
        return "; ".join(f"{_day(p.first)} – {_day(p.last)}: {p.told[0].said}" for p in self._points)

    def _scale(self) -> list[str]:
        lines = []
        for step in range(TICKS + 1):
            value = self._top * step / TICKS
            y = self._y(value)
            lines.append(f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#dddddd"/>')
            lines.append(
                f'<text x="{LEFT - 8}" y="{y}" dy="4" text-anchor="end">{escape(self._numbers.short(value))}</text>'
            )
        base = HEIGHT - BOTTOM
        for day in self._days_shown():
            x = self._x(day)
            lines.append(f'<line x1="{x}" y1="{base}" x2="{x}" y2="{base + 5}" stroke="#555555"/>')
            lines.append(f'<text x="{x}" y="{base + 20}" text-anchor="middle">{_day(day)}</text>')
        return lines

    def _days_shown(self) -> list[date]:
        """The ends of periods, as many as have room."""
        shown: list[date] = []
        for day in sorted({day for point in self._points for day in (point.first, point.last)}):
            if not shown or self._x(day) - self._x(shown[-1]) >= 80:  # noqa: PLR2004 (the width of a date)
                shown.append(day)
        return shown

    def _point(self, point: Point) -> list[str]:
        """The number as a line over its period, with a dot at its end, and a whisker from the least to the greatest."""
        colour = self._colours[point.deed]
        left, right = self._x(point.first), self._x(point.last)
        lines = [f'<g stroke="{colour}" fill="{colour}"><title>{escape(self._tip(point))}</title>']
        low = Decimal(0) if point.low is None else point.low
        high = self._top if point.high is None else point.high
        if low != high:
            top, bottom = self._y(high), self._y(low)
            lines.append(f'<line x1="{right}" y1="{top}" x2="{right}" y2="{bottom}" stroke-width="1.5"/>')
            lines += [
                f'<line x1="{right - CAP}" y1="{y}" x2="{right + CAP}" y2="{y}" stroke-width="1.5"/>'
                for y in (top, bottom)
            ]
        if point.value is not None:
            y = self._y(point.value)
            lines.append(f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke-width="2"/>')
            lines.append(f'<circle cx="{right}" cy="{y}" r="4"/>')
        return [*lines, "</g>"]

    def _tip(self, point: Point) -> str:
        told = point.told[0]
        return f"{_day(point.first)} – {_day(point.last)}: {told.said} ({', '.join(t.article for t in point.told)})"

    def _legend(self) -> list[str]:
        lines = []
        for number, (deed, colour) in enumerate(self._colours.items()):
            if deed:
                x = LEFT + number * 140
                lines.append(f'<circle cx="{x}" cy="42" r="4" fill="{colour}"/>')
                lines.append(f'<text x="{x + 10}" y="46">{escape(deed)}</text>')
        return lines

    def _x(self, day: date) -> Decimal:
        return _pixel(LEFT + Decimal((day - self._first).days) / self._days * (WIDTH - LEFT - RIGHT))

    def _y(self, value: Decimal) -> Decimal:
        return _pixel(HEIGHT - BOTTOM - value / self._top * (HEIGHT - TOP - BOTTOM))


def _pixel(place: Decimal) -> Decimal:
    return place.quantize(Decimal("0.1"))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _round_up(value: Decimal) -> Decimal:
    """The next number of one or two digits and zeros: 1.520 → 1.600."""
    if value <= 0:
        return Decimal(1)
    step = Decimal(1).scaleb(value.adjusted() - 1)
    return (value / step / 5).to_integral_value(ROUND_CEILING) * 5 * step
