"""Every rule that a record names can be looked up, once, and the mechanisms are at work in their examples."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from extractor import Extractor, Record, read_articles
from extractor.errors import DataError
from extractor.rulebook import rules

RULES = list(rules())
MECHANISMS = [rule for rule in RULES if rule.file.stem == "mechanisms" and "example" in rule.table]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.default()


def named(record: Record) -> set[str]:
    """All rules that a record names."""
    parts = (*record.abbreviations, *record.figures, *record.relations, *record.findings)
    return {rule for part in parts for rule in part.found_by}


def test_ids_are_unique():
    assert [rule for rule, times in Counter(rule.id for rule in RULES).items() if times > 1] == []


@pytest.mark.parametrize("rule", MECHANISMS, ids=lambda rule: rule.id)
def test_a_mechanism_is_at_work_in_its_example(extractor, rule):
    assert rule.id in named(extractor.extract_text(rule.table["example"], published=date(2020, 5, 5)))


def test_every_rule_of_the_samples_is_in_the_book(extractor):
    known = {rule.id for rule in RULES}
    assert {
        rule for article in read_articles(["samples"]) for rule in named(extractor.extract(article))
    } - known == set()


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "modifiers.toml").write_text('[[hedge]\nid = "x"', encoding="utf-8")
    with pytest.raises(DataError, match=r"modifiers\.toml"):
        list(rules([tmp_path]))
