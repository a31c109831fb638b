"""What must hold of all numerals: numbers spelt in words are read back, offsets fit, no text raises."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from extractor.numerals import find_numerals, parse_numeral

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
SCALES = [(10**9, ["tỷ", "tỉ"]), (10**6, ["triệu"]), (10**3, ["nghìn", "ngàn"])]


class Speller:
    """Writes numbers in words, choosing among the variants a writer may choose."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *variants: str) -> str:
        return self.draw(st.sampled_from(variants))

    def unit(self, digit: int, tens: int) -> str:
        if digit == 1 and tens > 1:
            return "mốt"
        if digit == 4 and tens > 1:
            return self.pick("tư", "bốn")
        if digit == 5 and tens >= 1:
            return self.pick("lăm", "nhăm") if tens > 1 else "lăm"
        return self.pick("bảy", "bẩy") if digit == 7 else DIGITS[digit]

    def under_hundred(self, n: int) -> str:
        tens, digit = divmod(n, 10)
        if tens == 0:
            return self.unit(digit, 0)
        if tens == 1:
            return "mười" + (f" {self.unit(digit, 1)}" if digit else "")
        short = digit in (1, 4, 5) and self.draw(st.booleans())  # hai tư, ba lăm, tám mốt: mươi left out
        if short:
            return f"{DIGITS[tens]} {'tư' if digit == 4 else self.unit(digit, tens)}"
        return f"{DIGITS[tens]} mươi" + (f" {self.unit(digit, tens)}" if digit else "")

    def under_thousand(self, n: int, *, full: bool) -> str:
        hundreds, rest = divmod(n, 100)
        if not hundreds and not full:
            return self.under_hundred(rest)
        head = f"{DIGITS[hundreds]} trăm"
        if not rest:
            return head
        if rest < 10:
            return f"{head} {self.pick('linh', 'lẻ')} {self.unit(rest, 0)}"
        if rest % 10 == 0 and rest > 10 and rest != 50 and not full and self.draw(st.booleans()):
            return f"{head} {self.pick('tư', 'bốn') if rest == 40 else DIGITS[rest // 10]}"  # một trăm hai: 120
        return f"{head} {self.under_hundred(rest)}"

    def whole(self, n: int) -> str:
        if n == 0:
            return "không"
        words, below = [], n
        for scale, names in SCALES:
            part, below = divmod(below, scale)
            if part:
                words.append(f"{self.whole(part) if part > 999 else self.group(part, words)} {self.pick(*names)}")
        if below:
            words.append(self.group(below, words))
        return " ".join(words)

    def group(self, n: int, before: list[str]) -> str:
        if n >= 100 or not before:
            return self.under_thousand(n, full=bool(before))
        if n < 10 or self.draw(st.booleans()):
            return self.under_thousand(n, full=True) if self.draw(st.booleans()) else self.linked(n)
        return self.under_thousand(n, full=True)

    def linked(self, n: int) -> str:
        tail = self.under_hundred(n)
        return f"{self.pick('linh', 'lẻ')} {tail}"


@st.composite
def spelt(draw: st.DrawFn) -> tuple[int, str]:
    n = draw(st.one_of(st.integers(0, 1200), st.integers(0, 10**12)))
    return n, Speller(draw).whole(n)


@st.composite
def spelt_decimal(draw: st.DrawFn) -> tuple[Decimal, str]:
    whole, digits = draw(st.integers(0, 999)), draw(st.text("0123456789", min_size=1, max_size=4))
    speller = Speller(draw)
    one_by_one = " ".join(DIGITS[int(d)] for d in digits)
    as_number = digits[0] != "0" and len(digits) == 2
    part = speller.under_hundred(int(digits)) if as_number and draw(st.booleans()) else one_by_one
    return Decimal(f"{whole}.{digits}"), f"{speller.under_thousand(whole, full=False)} phẩy {part}"


@given(st.integers(0, 10**12))
@settings(max_examples=300, deadline=None)
def test_words_of_num2words_are_read_back(n: int) -> None:
    assert parse_numeral(num2words(n, lang="vi")).value == n


@given(spelt())
@settings(max_examples=400, deadline=None)
def test_words_with_every_variant_are_read_back(case: tuple[int, str]) -> None:
    n, words = case
    assert parse_numeral(words).value == n
    assert parse_numeral(normalize("NFD", words.capitalize())).value == n


@given(spelt_decimal())
@settings(max_examples=200, deadline=None)
def test_decimals_in_words_are_read_back(case: tuple[Decimal, str]) -> None:
    value, words = case
    assert parse_numeral(words).value == value


@given(st.integers(0, 10**15), st.integers(0, 999), st.sampled_from([("", 1), (" triệu", 10**6), (" tỷ", 10**9)]))
@settings(max_examples=200, deadline=None)
def test_written_numbers_are_read_back(whole: int, part: int, magnitude: tuple[str, int]) -> None:
    grouped = f"{whole:,}".replace(",", ".")
    decimals = f",{part}" if part and part < 100 else ""
    value = (Decimal(whole) + (Decimal(f"0.{part}") if decimals else 0)) * magnitude[1]
    numeral = parse_numeral(grouped + decimals + magnitude[0])
    readings = {numeral.value, numeral.other.value if numeral.other else None}
    assert value in readings
    assert numeral.value == value or len(grouped) == 7


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_and_offsets_fit(text: str) -> None:
    _check(text)


PIECES = [
    "5",
    "1.000",
    "2,5",
    "-",
    " ",
    "đến",
    "triệu",
    "hai",
    "năm",
    "rưỡi",
    "phần",
    "%",
    "/",
    ",",
    "và",
    "tr",
    "nửa",
    "âm",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=400, deadline=None)
def test_any_row_of_pieces_is_read(pieces: list[str]) -> None:
    _check("".join(pieces))
    _check(" ".join(pieces))


def _check(text: str) -> None:
    found = find_numerals(text)
    end = 0
    for numeral in found:
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end
        assert (numeral.value is None) == (numeral.low is not None and numeral.high is not None)
        assert numeral.low is None or numeral.high is None or numeral.low < numeral.high
    assert found == find_numerals(text)


@pytest.mark.parametrize("words", ["hai ba", "năm sáu", "ba bốn trăm"])
def test_neighbouring_digits_are_a_rough_range(words: str) -> None:
    (numeral,) = find_numerals(f"{words} người")
    assert numeral.kind == "range"
