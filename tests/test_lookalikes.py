"""Numbers that are no figures: every rule's own examples, and sentences with figures beside them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from extractor.errors import DataError
from extractor.lookalikes import Lookalike, LookalikeData, LookalikeFinder
from extractor.numerals import NumeralFinder
from extractor.span import Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "lookalikes.toml").read_text(encoding="utf-8"))
SENTENCES = [pytest.param(s, id=f"{group}-{n}") for group, c in CASES.items() for n, s in enumerate(c["sentences"])]
DATA = LookalikeData.load()
EXAMPLES = [
    pytest.param(rule.id, text, id=f"{rule.id}-{n}") for rule in DATA.rule for n, text in enumerate(rule.examples)
]
REJECTS = [
    pytest.param(rule.id, text, id=f"{rule.id}-{n}") for rule in DATA.rule for n, text in enumerate(rule.rejects)
]
MARK = re.compile(r"[\[\]{}]")


@pytest.fixture(scope="module")
def finder() -> LookalikeFinder:
    return LookalikeFinder(DATA)


@pytest.fixture(scope="module")
def numerals() -> NumeralFinder:
    return NumeralFinder.load()


def unmark(marked: str) -> tuple[str, list[Span], list[Span]]:
    """The sentence without its marks, what [ ] held and what { } held."""
    spans: dict[str, list[Span]] = {"]": [], "}": []}
    plain, opened = "", 0
    for piece in re.split(r"([\[\]{}])", marked):
        if piece in ("[", "{"):
            opened = len(plain)
        elif piece in ("]", "}"):
            spans[piece].append(Span(opened, len(plain)))
        else:
            plain += piece
    return plain, spans["]"], spans["}"]


def test_there_are_enough_sentences() -> None:
    assert sum(len(c["sentences"]) for c in CASES.values()) >= 150


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentence(marked: str, finder: LookalikeFinder, numerals: NumeralFinder) -> None:
    text, no_figures, figures = unmark(marked)
    masked = [found.span for found in finder.find(text, text.lower())]
    for span in no_figures:
        assert any(m.overlaps(span) for m in masked), (
            f"{span.of(text)!r} is not masked; masked: {[m.of(text) for m in masked]}"
        )
    found = numerals.find(text, text.lower(), masked)
    counted = [n.span.of(text) for n in found if not n.bare or n.span in figures]
    assert counted == [span.of(text) for span in figures]


@pytest.mark.parametrize(("rule", "marked"), EXAMPLES)
def test_example_of_a_rule(rule: str, marked: str, finder: LookalikeFinder) -> None:
    text, wanted, _ = unmark(marked)
    found = finder.find(text, text.lower())
    assert len(found) == len(wanted), found
    for lookalike, span in zip(found, wanted, strict=True):
        assert lookalike.span.overlaps(span), (rule, lookalike)


@pytest.mark.parametrize(("rule", "text"), REJECTS)
def test_a_rule_stays_out(rule: str, text: str, finder: LookalikeFinder) -> None:
    assert f"lookalikes.{rule}" not in {found.rule for found in finder.find(text, text.lower())}


def test_every_rule_is_the_one_that_fires_somewhere(finder: LookalikeFinder) -> None:
    fired = {found.rule for rule in DATA.rule for text in rule.examples for found in _find(finder, text)}
    fired |= {found.rule for group in CASES.values() for text in group["sentences"] for found in _find(finder, text)}
    assert {f"lookalikes.{rule.id}" for rule in DATA.rule} - fired == set()


def test_a_rule_matches_only_before_what_it_goes_on_with(finder: LookalikeFinder) -> None:
    texts = [text for rule in DATA.rule for text in (*rule.examples, *rule.rejects)]
    texts += [text for group in CASES.values() for text in group["sentences"]]
    told = 0
    for text in (MARK.sub("", marked) for marked in texts):
        for number in re.finditer(r"(?<![0-9])[0-9]+(?: ([^\W\d_]+)| ?([^\w\s]))", text):
            behind = (number[1] or number[2]).lower()
            for rule in finder.rules:
                if rule.goes_on is None or behind in rule.goes_on:
                    continue
                told += 1
                assert not rule.pattern.match(text if rule.cased else text.lower(), number.start()), (
                    rule.rule.id,
                    text,
                )
    assert told > len(texts)


def _find(finder: LookalikeFinder, marked: str) -> list[Lookalike]:
    text = MARK.sub("", marked)
    return finder.find(text, text.lower())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sáng 15/3, hội nghị", "date"),
        ("ngày 31/12/2015", "date"),
        ("nghỉ từ 24-1 đến 3-2-2026", "date"),
        ("từ 12-14/9, lớp học", "date"),
        ("ngày 5 tháng 10 năm 2020", "date"),
        ("tháng 6/2017", "month"),
        ("quý III/2018 đã qua", "quarter"),
        ("giai đoạn 2016-2020", "years"),
        ("năm 2020", "year"),
        ("6 tháng đầu năm 2019", "period"),
        ("5 năm qua", "period"),
        ("lúc 7h30 sáng", "clock"),
    ],
)
def test_kinds(text: str, kind: str, finder: LookalikeFinder) -> None:
    assert [found.kind for found in finder.find(text, text.lower())] == [kind]


def test_a_wrong_data_file_is_named(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "new"\nkind = "label"\npattern = "5"\npatern = "6"\n'
    (tmp_path / "lookalikes.toml").write_text(rule, encoding="utf-8")
    with pytest.raises(DataError, match=r"lookalikes\.toml: rule\.\d+\.patern"):
        LookalikeFinder.load([tmp_path])


def test_a_wrong_pattern_is_named(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "new"\nkind = "label"\npattern = "([0-9]"\n'
    (tmp_path / "lookalikes.toml").write_text(rule, encoding="utf-8")
    with pytest.raises(DataError, match=r"lookalikes\.toml: rule 'new': pattern"):
        LookalikeFinder.load([tmp_path])


def test_groups_of_a_users_pattern_do_no_harm(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "own"\nkind = "label"\nlead = ["trạm gác"]\npattern = " ([0-9])([a-z])?"\n'
    (tmp_path / "lookalikes.toml").write_text(rule, encoding="utf-8")
    text = "ở trạm gác 7 có hai người"
    (found, *_) = LookalikeFinder.load([tmp_path]).find(text, text)
    assert (found.rule, found.span.of(text)) == ("lookalikes.own", "trạm gác 7")
