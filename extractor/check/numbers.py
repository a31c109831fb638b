"""Numbers as Vietnamese readers write them: ``1.640``, ``99,9``, ``3,5 tỷ``."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from extractor.check.rules import Style

WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
"""For what the 28 digits of the usual context cannot hold: a product of long numbers, to many places."""


class Numbers:
    """Writes exact numbers in the style of the data file."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def plain(self, value: Decimal, places: int | None = None) -> str:
        """The number with group and decimal marks, rounded to `places` where given."""
        if places is not None:
            value = value.quantize(Decimal(1).scaleb(-places), context=WIDE)
        whole, _, fraction = f"{value:f}".partition(".")
        fraction = fraction.rstrip("0")
        grouped = f"{int(whole):,}".replace(",", self._style.group)
        if whole.startswith("-") and not grouped.startswith("-"):
            grouped = f"-{grouped}"
        return grouped + (self._style.decimal + fraction if fraction else "")

    def short(self, value: Decimal) -> str:
        """The number with a magnitude word where it is large and stays short so: ``3,5 tỷ``, else in full."""
        if abs(value) >= self._style.smallest:
            for magnitude in self._style.magnitudes:
                scaled = value.scaleb(-magnitude.zeros)
                if abs(scaled) >= 1 and -int(scaled.normalize().as_tuple().exponent) <= 3:  # noqa: PLR2004
                    return f"{self.plain(scaled)} {magnitude.word}"
        return self.plain(value)

    def percent(self, value: Decimal, places: int | None = None) -> str:
        """The number as a percentage."""
        return self.plain(value, places) + self._style.percent
