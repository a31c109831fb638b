"""Numerals: the data file's examples, sentences, the cases of a peer, second readings, offsets, errors, time."""

from __future__ import annotations

import csv
import json
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest

from extractor.errors import DataError
from extractor.numerals import Numeral, NumeralFinder, find_numerals, parse_numeral
from extractor.numerals.lexicon import NumeralData
from extractor.span import Span

CASES = Path(__file__).parent / "cases"
SENTENCES = [
    pytest.param(case["text"], case["numerals"], id=case["text"])
    for group in tomllib.loads((CASES / "numerals.toml").read_text(encoding="utf-8")).values()
    for case in group["sentences"]
]
LOADED = NumeralData.load()
EXAMPLES = [(text, value) for word in (*LOADED.word, *LOADED.glued) for text, value in word.examples.items()]


def read_rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


LEFT_OUT = {row["text"] for row in read_rows("duckling_left_out.tsv")}
PEER = [row for row in read_rows("duckling_vi.tsv") if row["text"] not in LEFT_OUT]


def as_written(text: str, numeral: Numeral) -> list[str]:
    values = (numeral.value,) if numeral.value is not None else (numeral.low, numeral.high)
    return [numeral.span.of(text), *(f"{value:f}" for value in values if value is not None)]


@pytest.mark.parametrize(("text", "numerals"), SENTENCES)
def test_sentence(text: str, numerals: list[list[str]]) -> None:
    found = [as_written(text, numeral) for numeral in find_numerals(text)]
    assert [row[0] for row in found] == [row[0] for row in numerals]
    assert [list(map(Decimal, row[1:])) for row in found] == [list(map(Decimal, row[1:])) for row in numerals]


@pytest.mark.parametrize(("text", "value"), EXAMPLES)
def test_example_of_a_word(text: str, value: Decimal) -> None:
    found = parse_numeral(text).value
    assert found is not None
    assert round(found, 8) == value


def test_the_left_out_rows_are_rows() -> None:
    assert {row["text"] for row in read_rows("duckling_vi.tsv")} >= LEFT_OUT


@pytest.mark.parametrize("row", [pytest.param(r, id=r["text"]) for r in PEER if r["dimension"] == "numeral"])
def test_peer_numeral(row: dict[str, str]) -> None:
    value = parse_numeral(row["text"]).value
    assert value is not None
    assert float(value) == json.loads(row["expected"])["value"]


@pytest.mark.parametrize("row", [pytest.param(r, id=r["text"]) for r in PEER if r["dimension"] == "amount_of_money"])
def test_peer_amount(row: dict[str, str]) -> None:
    expected = json.loads(row["expected"])
    (numeral,) = find_numerals(row["text"])
    if "from" in expected and "to" in expected:
        assert (numeral.low, numeral.high) == (Decimal(str(expected["from"])), Decimal(str(expected["to"])))
    else:
        bound = expected.get("value", expected.get("from", expected.get("to")))
        assert numeral.value == Decimal(str(bound))


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("nợ 1.234 tỷ đồng", "1234000000000", "1234000000"),
        ("nợ 1.234 tỷ đồng, lãi 3,5%", "1234000000000", None),
        ("6,825 triệu đồng, hoa giá 840,000 đồng", "6825000", "6825000000"),
        ("2,059 tỷ đồng, lãi 3,5%", "2059000000", None),
        ("có 1,234 người", "1234", "1.234"),
        ("một triệu hai trăm đồng", "1200000", "1000200"),
        ("một triệu hai trăm người", "1000200", "1200000"),
        ("mười triệu tư đồng", "10400000", "10000004"),
        ("150, 200 triệu đồng", "150000000", "150"),
        ("12 500 đồng", "12500", "500"),
    ],
)
def test_other_reading(text: str, value: str, other: str | None) -> None:
    numeral = find_numerals(text)[0]
    assert numeral.value == Decimal(value)
    assert (numeral.other and numeral.other.value) == (None if other is None else Decimal(other))
    assert numeral.other is None or numeral.other.why


def test_a_rough_pair_may_be_a_compound() -> None:
    (numeral,) = find_numerals("hai ba người")
    assert (numeral.low, numeral.high, numeral.modifier) == (2, 3, "range")
    assert numeral.other is not None
    assert numeral.other.value == 23


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("1,2 triệu", "step", Decimal(100000)),
        ("8.500", "step", Decimal(1)),
        ("32,83", "step", Decimal("0.01")),
        ("1 tỷ 250 triệu", "step", Decimal(1000000)),
        ("hai triệu rưỡi", "step", Decimal(100000)),
        ("32,83", "decimals", 2),
        ("1,2 triệu", "form", "mixed"),
        ("1.200", "form", "digits"),
        ("hai mươi", "form", "words"),
        ("45/50", "kind", "fraction"),
        ("45/50", "numerator", Decimal(45)),
        ("hai phần ba", "denominator", Decimal(3)),
        ("hàng trăm", "kind", "magnitude"),
        ("hàng trăm", "modifier", "order_of_magnitude"),
        ("5-7", "modifier", "range"),
        ("1000+", "modifier", "more_than"),
        ("500 lẻ", "modifier", "more_than"),
        ("âm 5", "negative", True),
        ("ba", "bare", True),
        ("ba mươi", "bare", False),
        ("chục", "bare", True),
        ("chục triệu", "bare", False),
        ("2,5 triệu", "rule", "numerals.mixed"),
    ],
)
def test_field(text: str, field: str, expected: object) -> None:
    assert getattr(parse_numeral(text), field) == expected


def test_the_modifier_behind_stands_outside_the_number() -> None:
    text = "hơn 1000+ bài"
    (numeral,) = find_numerals(text)
    assert (numeral.span.of(text), numeral.modifier_span and numeral.modifier_span.of(text)) == ("1000", "+")


def test_the_unit_inside_a_range_is_told() -> None:
    text = "từ 16 năm đến dưới 20 năm"
    (numeral,) = find_numerals(text)
    assert numeral.inner_unit == Span(6, 9)


def test_units_of_the_caller_decide() -> None:
    finder = NumeralFinder.load()
    text = "từ 3 chum đến 5 chum"
    assert len(finder.find(text, text)) == 2
    (numeral,) = finder.find(text, text, unit_at=lambda at: at + 5 if text.startswith(" chum", at) else None)
    assert numeral.span.of(text) == "3 chum đến 5"


def test_masked_numbers_are_no_numerals_and_no_votes() -> None:
    text = "Sáng 19.5, thu 3.500 triệu"
    (numeral,) = find_numerals(text, masked=[Span(5, 9)])
    assert numeral.value == 3500000000


@pytest.mark.parametrize("text", ["", "  ", "năm 2015", "hai lớp", "5 và 6", "xin chào", "1.00.000", "tỷ lệ", "5 5"])
def test_what_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral(text)


@pytest.mark.parametrize(
    "text", ["Mở 8.500 lượt, hai mươi lăm lớp", "từ năm nghìn đến bảy triệu đồng", "gấp rưỡi, một nửa"]
)
def test_decomposed_text_has_the_same_numerals(text: str) -> None:
    decomposed = normalize("NFD", text)
    assert [normalize("NFC", n.span.of(decomposed)) for n in find_numerals(decomposed)] == [
        n.span.of(text) for n in find_numerals(text)
    ]
    assert [n.value for n in find_numerals(decomposed)] == [n.value for n in find_numerals(text)]


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1,",
        "1 ",
        "1/",
        "1-",
        "hai ",
        "một trăm ",
        "triệu ",
        "5tr",
        "1 000 ",
        "năm ",
        "hai phần ",
        "từ 1 đến ",
    ],
)
def test_a_million_signs_take_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begin = time.process_time()
    find_numerals(text)
    assert time.process_time() - begin < 8


def test_a_wrong_data_file_is_named(tmp_path: Path) -> None:
    word = '[[word]]\nid = "new"\nforms = ["tá"]\nrole = "tenth"\n'
    (tmp_path / "numerals.toml").write_text(word, encoding="utf-8")
    with pytest.raises(DataError, match=r"numerals\.toml: word\.\d+\.role"):
        NumeralFinder.load([tmp_path])
