"""Work grows with the text and not with its square: calls counted, so that no clock decides."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from extractor import Extractor
from extractor.lookalikes import LookalikeFinder
from extractor.numerals import NumeralFinder
from extractor.tokens import Tokens
from tests import adversarial

PIECES = (
    *adversarial.WITHOUT_FIGURES, *adversarial.WITH_FIGURES, "1.1.1.", "số 1 ", "a1", "A1.", "1. a ", "(1) ", "5, ",
    "từ 1 đến ", "1 đến 2 đến ", "1 000 ", "1tr2", "năm ", "không ", "nhiều ", "hai phẩy ", "covid-", "1 m 2 ",
)  # fmt: skip
SIZE = 3_000


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, Python's own among them."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="module")
def scanners() -> dict[str, Callable[[str], object]]:
    lookalikes, numerals = LookalikeFinder.load(), NumeralFinder.load()
    return {
        "lookalikes": lambda text: lookalikes.find(text, text.lower()),
        "numerals": lambda text: numerals.find(text, text.lower()),
        "tokens": lambda text: Tokens.of(text, text.lower(), 0, len(text)),
    }


@pytest.mark.parametrize("scanner", ["lookalikes", "numerals", "tokens"])
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_twice_the_text_is_twice_the_work(
    piece: str, scanner: str, scanners: dict[str, Callable[[str], object]]
) -> None:
    scan = scanners[scanner]
    scan(adversarial.text(piece, SIZE))  # expressions are compiled when first needed
    short, long = adversarial.text(piece, SIZE), adversarial.text(piece, 2 * SIZE)
    assert calls(lambda: scan(long)) <= 2.2 * calls(lambda: scan(short)) + 50


def test_what_one_article_needs_is_freed_at_once(extractor: Extractor) -> None:
    """Circles of references would wait for the garbage collector, which costs time and holds whole articles back."""
    text = (
        "Công đoàn tỉnh tặng quà\n\nNăm 2024, Liên đoàn Lao động (LĐLĐ) tỉnh mở 12 lớp tập huấn cho 1.250 cán bộ, trong đó có 750 nữ, "
        "chiếm 60 %. LĐLĐ tỉnh tặng 250 suất quà, mỗi suất 500.000 đồng, tổng trị giá 125 triệu đồng; số đoàn viên "
        "tăng từ 45.000 lên 48.600 người."
    )
    extractor.extract_text(text)  # what is made when first needed stays
    gc.collect()
    gc.disable()
    try:
        record = extractor.extract_text(text)
        assert record.figures
        assert record.relations
        assert gc.collect() == 0
    finally:
        gc.enable()
