"""Checks: hedges and rounding, marked cases, gold alarms, and the set of planted errors through the whole pipeline."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figure_notation import marked_document
from gold_documents import gold_rows
from hypothesis import given
from hypothesis import strategies as st
from measure_relations import measure

from extractor.article import Article
from extractor.check import Checker
from extractor.check.checker import ALARMS
from extractor.check.numbers import Numbers
from extractor.check.rules import load_rules
from extractor.document import Quantity
from extractor.intervals import Hedges, Interval
from extractor.relate import Relater
from extractor.span import Span

FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((FOLDER / "findings.toml").read_text("utf-8"))["case"]
ARTICLES = [
    article
    for name in ("findings_articles.toml", "findings_blind.toml")
    for article in tomllib.loads((FOLDER / name).read_text("utf-8"))["article"]
]
TRICKY = tomllib.loads((FOLDER / "findings_tricky.toml").read_text("utf-8"))["article"]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load()


@pytest.fixture(scope="module")
def relater() -> Relater:
    return Relater.load()


@pytest.fixture(scope="module")
def extractor():
    pipeline = pytest.importorskip("extractor.pipeline", reason="the pipeline is not there yet")
    return pipeline.Extractor.default()


def quantity(value: str, modifier: str = "exact", kind: str = "item_count") -> Quantity:
    return Quantity(0, 1, Span(0, 1), Decimal(value), None, None, modifier, kind, None, None, None, None, 0)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case, checker, relater):
    document = marked_document(case["text"])
    document = replace(document, relations=relater.relate(document))
    found = checker.check(document)
    assert [(f.check, f.verdict) for f in found] == [(f["check"], f["verdict"]) for f in case["findings"]]
    for finding, want in zip(found, case["findings"], strict=True):
        assert want["message"] in finding.message["vi"]
        assert finding.message["en"]
        assert finding.found_by


@pytest.mark.parametrize(
    ("number", "value", "kind", "step"),
    [
        ("32,83", "32.83", "percentage", "0.01"),
        ("84", "84", "percentage", "1"),
        ("1,2 triệu", "1200000", "money", "100000"),
        ("72 triệu", "72000000", "money", "1000000"),
        ("1 tỷ 260 triệu", "1260000000", "money", "1000000"),
        ("7.021 tỷ", "7021000000000", "money", "1000000000"),
        ("một triệu", "1000000", "money", "1000000"),
        ("8.500", "8500", "item_count", "0"),
        ("mười hai", "12", "item_count", "0"),
    ],
)
def test_rounding_step(number, value, kind, step):
    assert Hedges.load().step(quantity(value, kind=kind), number) == Decimal(step)


@pytest.mark.parametrize(
    ("modifier", "value", "other", "agrees"),
    [
        ("almost", "50", "48", True),
        ("almost", "50", "53", False),
        ("more_than", "8500", "8531", True),
        ("more_than", "8500", "8400", False),
        ("approximately", "100", "104", True),
        ("approximately", "100", "110", False),
        ("at_least", "50", "5000", True),
        ("at_most", "50", "51", False),
        ("order_of_magnitude", "100", "400", True),
        ("order_of_magnitude", "100", "1100", False),
    ],
)
def test_hedges(modifier, value, other, agrees):
    stated = Hedges.load().hedged(quantity(value, modifier))
    assert stated.meets(Interval(Decimal(other), Decimal(other))) is agrees


numbers = st.decimals(min_value=0, max_value=10**9, places=2)


@given(numbers, numbers, numbers, numbers)
def test_interval_arithmetic_holds_every_number(a, b, c, d):
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    for x in (one.low, one.high):
        for y in (two.low, two.high):
            total, product = one + two, one * two
            assert total.low <= x + y <= total.high
            assert product.low <= x * y <= product.high
    assert one.meets(two) == two.meets(one)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3000000000", "3 tỷ"),
        ("1200000", "1,2 triệu"),
        ("536000", "536.000"),
        ("99.90", "99,9"),
        ("12884", "12.884"),
        ("-51.7", "-51,7"),
    ],
)
def test_numbers_in_messages(value, text):
    assert Numbers(load_rules().style).short(Decimal(value)) == text


@pytest.mark.parametrize("name", ["dev", "genre"])
def test_gold_alarms(name):
    if not gold_rows(name):
        pytest.skip("the gold folder is not there")
    alarms = measure(name, errors=False)["alarms"]
    assert alarms["found"] == alarms["gold"]
    assert alarms["false"] == 0


def test_one_alarm_for_one_error(checker, relater):
    line = "Huyện mở {27 lớp|class_count}, gồm {11 lớp|class_count} chính trị, {9 lớp|class_count} nghiệp vụ và {8 lớp|class_count} tin học."
    document = marked_document(line)
    relations = relater.relate(document)
    document = replace(document, relations=(*relations, *relations))
    assert sum(f.verdict in ALARMS for f in checker.check(document)) == 1


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_article(article, extractor):
    document = extractor.analyse(Article(text=article["text"].strip()))
    alarms = [f for f in document.findings if f.verdict in ALARMS]
    told = [(f.check, [document.quantities[i].number.of(document.view.text) for i in f.figures]) for f in alarms]
    error = article.get("error")
    if error is None:
        assert told == []
        return
    assert len(told) == 1, told
    assert told[0][0] == error["check"]
    assert len(set(told[0][1]) & set(error["numbers"])) >= min(2, len(error["numbers"]))


@pytest.mark.parametrize("article", TRICKY, ids=[a["id"] for a in TRICKY])
def test_true_though_tricky(article, extractor):
    findings = extractor.extract_text(article["text"].strip()).findings
    assert not [f.message.vi for f in findings if f.verdict in ALARMS]


def test_half_of_the_articles_are_true():
    planted = sum("error" in article for article in ARTICLES)
    assert len(ARTICLES) >= 60
    assert abs(2 * planted - len(ARTICLES)) <= 12
