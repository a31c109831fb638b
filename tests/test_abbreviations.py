"""Abbreviations: case files, every entry's example, every mechanism's example, and what must hold for any text."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.abbreviations import AbbreviationFinder, expand
from extractor.abbreviations.letters import fold, is_syllable, key_of
from extractor.abbreviations.lexicon import Sense
from extractor.document import Abbreviation
from extractor.errors import DataError

CASES = tomllib.loads((Path(__file__).parent / "cases" / "abbreviations.toml").read_text("utf-8"))["case"]
FINDER = AbbreviationFinder.load()
SENSES = list(dict.fromkeys(sense for senses in FINDER.lexicon.senses.values() for sense in senses))
ENTRIES = [sense for sense in SENSES if "newspapers" not in sense.id]


def found(text: str, finder: AbbreviationFinder = FINDER) -> tuple[Abbreviation, ...]:
    return finder.find(text, text.lower())


def told(use: Abbreviation) -> str:
    return f"{use.short} = {use.long or '?'}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    uses = found(case["text"])
    assert [told(use) for use in uses] == case["uses"]
    assert "origin" not in case or {use.origin for use in uses} == {case["origin"]}


@pytest.mark.parametrize("sense", ENTRIES, ids=lambda sense: sense.id)
def test_example_of_entry(sense: Sense) -> None:
    uses = [use for use in found(sense.entry.example) if use.long == sense.long]
    assert uses, f"the example gives {[told(use) for use in found(sense.entry.example)]}"
    assert any(use.found_by == (sense.id,) for use in uses) or any(use.origin == "article" for use in uses)


@pytest.mark.parametrize("mechanism", FINDER.lexicon.rules.mechanism, ids=lambda mechanism: mechanism.id)
def test_example_of_mechanism(mechanism: Any) -> None:
    uses = [use for use in found(mechanism.text) if use.short == mechanism.short]
    assert uses
    assert {(use.long, use.found_by) for use in uses} == {(mechanism.long, (mechanism.id,))}


def test_ids_are_unique_and_forms_are_capitals() -> None:
    ids = [sense.id for sense in SENSES]
    assert len(set(ids)) == len(ids)
    for sense in SENSES:
        assert sense.entry.short[0].isupper(), sense.id
        assert not sense.long.endswith((".", " ")), sense.id


@pytest.mark.parametrize("sense", [s for s in ENTRIES if s.entry.split], ids=lambda sense: sense.id)
def test_split_spells_the_short_form(sense: Sense) -> None:
    assert sense.entry.split is not None
    assert key_of(sense.entry.split) == key_of(sense.entry.short)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text(text: str) -> None:
    view = text.lower() if len(text.lower()) == len(text) else text
    uses = FINDER.find(text, view)
    assert list(uses) == sorted(uses, key=lambda use: use.start)
    for use, after in pairwise(uses):
        assert use.end <= after.start
    for use in uses:
        assert text[use.start : use.end] == use.short
        assert (use.long is None) == (use.origin == "ambiguous") == bool(use.candidates)
        assert (use.defined_at is not None) == (use.origin == "article")


WORDS = st.sampled_from(
    ["CĐ", "LĐLĐ", "(", ")", " - ", "/", ".", ",", "TP", "HCM", "công đoàn", "Công", "đoàn", "20", "NQ", "TW", "\n", "AN", "gọi tắt là", "T", "Ư", "&"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40))
def test_any_row_of_parts(parts: list[str]) -> None:
    text = " ".join(parts)
    uses = found(text)
    assert uses == found(text)
    assert expand(text, []) == text
    expand(text, uses)
    for use in uses:
        if use.defined_at is not None:
            assert 0 <= use.defined_at.start < use.defined_at.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "LĐ " * 60_000,
        "A" * 1_000_000,
        "A.A." * 50_000,
        "1/" * 250_000,
        "(" * 250_000,
        "CĐ (CĐ " * 20_000,
        "công " * 200_000,
    ],
    ids=["short forms", "capitals", "dots", "slashes", "brackets", "open definitions", "words"],
)
def test_time_grows_with_length_only(text: str) -> None:
    half = text[: len(text) // 8]
    start = time.perf_counter()
    found(half)
    middle = time.perf_counter()
    found(text)
    assert time.perf_counter() - middle < 40 * (middle - start) + 0.5


def test_loads_fast() -> None:
    start = time.perf_counter()
    AbbreviationFinder.load()
    assert time.perf_counter() - start < 1


def test_definition_covers_long_and_short() -> None:
    text = "Lớp cho cán bộ công đoàn (CBCĐ) xã."
    (use,) = found(text)
    assert use.defined_at is not None
    assert use.defined_at.of(text) == "cán bộ công đoàn (CBCĐ)"


# … expansion


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("96 CĐCS huyện", "96 công đoàn cơ sở huyện"),
        ("vốn Quỹ CEP cho vay", "vốn Quỹ trợ vốn cho người lao động nghèo tự tạo việc làm cho vay"),
        ("cán bộ công đoàn (CBCĐ) xã", "cán bộ công đoàn xã"),
        ("TVV (tổ vay vốn) xã", "tổ vay vốn xã"),
        ("Quỹ trợ thợ lò vùng mỏ (Quỹ TLM) cho vay", "Quỹ trợ thợ lò vùng mỏ cho vay"),
        ("nhờ CĐ mà khá", "nhờ CĐ mà khá"),
    ],
)
def test_expand(text: str, expanded: str) -> None:
    assert expand(text, found(text)) == expanded


def test_expand_a_stretch() -> None:
    text = "Tỉnh có 96 CĐCS và 3 KCN."
    start = text.index("96")
    assert expand(text[start:-1], found(text), start) == "96 công đoàn cơ sở và 3 khu công nghiệp"
    assert expand(text[start : start + 7], found(text), start) == "96 công đoàn cơ sở"


# … letters


@pytest.mark.parametrize(("letter", "base"), [("ử", "U"), ("Ơ", "O"), ("đ", "Đ"), ("Ậ", "A"), ("ế", "E"), ("d", "D")])
def test_fold(letter: str, base: str) -> None:
    assert fold(letter) == base


@pytest.mark.parametrize(
    ("word", "answer"), [("AN", True), ("TRUNG", True), ("NGHIÊNG", True), ("LĐLĐ", False), ("BHXH", False)]
)
def test_is_syllable(word: str, answer: bool) -> None:
    assert is_syllable(word) is answer


# … an own lexicon


def test_own_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'domain = "union"\n[[entry]]\nshort = "CĐ"\nlong = "cờ đỏ"\nexample = "Tổ CĐ."\n'
        '[[entry]]\nshort = "QZX"\nlong = "quầy zơ xanh"\nexample = "QZX mở."\n',
        "utf-8",
    )
    finder = AbbreviationFinder.load([own])
    assert [told(use) for use in found("Cán bộ CĐ mở QZX và UBND.", finder)] == [
        "CĐ = cờ đỏ",
        "QZX = quầy zơ xanh",
        "UBND = Ủy ban nhân dân",
    ]
    folder = tmp_path / "data" / "abbreviations"
    folder.mkdir(parents=True)
    own.rename(folder / "own.toml")
    assert told(found("QZX", AbbreviationFinder.load([tmp_path / "data"]))[0]) == "QZX = quầy zơ xanh"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[entry]]\nshort = "X"\nlong = ""\nexample = "X."', "long"),
        ('[[entry]]\nshort = "X"\nlong = "y"\nexample = "X."\ncolour = "red"', "colour"),
        ('domain = "moon"', "domain"),
        ("[[entry]", "TOML"),
        ('[[entry]]\nshort = "X"\nlong = "y"\nexample = "X."\n' * 2, "own.X"),
    ],
)
def test_bad_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, "utf-8")
    with pytest.raises(DataError, match=message) as told_error:
        AbbreviationFinder.load([own])
    assert str(own) in str(told_error.value)
