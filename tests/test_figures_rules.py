"""The examples of the data files are tests: each must be found by the rule it stands beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor, Figure
from extractor.rulebook import Rule, rules

RULES = [
    rule
    for rule in rules()
    if rule.file.parent.name == "kinds" or rule.file.name in ("kind_cues.toml", "modifiers.toml")
]
UNITS = [rule for rule in RULES if rule.file.parent.name == "kinds"]
SHIFTS = [rule for rule in RULES if rule.file.name == "kind_cues.toml"]
HEDGES = [rule for rule in RULES if rule.file.name == "modifiers.toml" and "modifier" in rule.table]
TRAPS = [rule for rule in RULES if rule.file.name == "modifiers.toml" and "reading" in rule.table]


def examples(rules: list[Rule]) -> list[object]:
    """One parameter an example, named after its rule."""
    return [
        pytest.param(rule, text, id=f"{rule.id}-{number}")
        for rule in rules
        for number, text in enumerate(rule.table["examples"], 1)
    ]


def found_by(extractor: Extractor, text: str, rule: str) -> list[Figure]:
    """The figures of the text that the rule had a part in."""
    return [figure for figure in extractor.extract_text(text).figures if rule in figure.found_by]


def test_there_are_rules_of_every_sort() -> None:
    assert UNITS
    assert SHIFTS
    assert HEDGES
    assert TRAPS
    assert len(UNITS) + len(SHIFTS) + len(HEDGES) + len(TRAPS) == len(RULES)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.table.get("words", True)], ids=lambda rule: rule.id)
def test_rule_has_examples(rule: Rule) -> None:
    assert rule.table.get("examples"), f"{rule.id} of {Path(rule.file).name} has no example"


@pytest.mark.parametrize(("rule", "text"), examples(UNITS))
def test_unit_fires(rule: Rule, text: str, extractor: Extractor) -> None:
    figures = found_by(extractor, text, rule.id)
    assert figures
    assert {figure.unit_code for figure in figures} == {rule.table["code"]}


@pytest.mark.parametrize(("rule", "text"), examples(SHIFTS))
def test_cue_shifts_the_kind(rule: Rule, text: str, extractor: Extractor) -> None:
    figures = found_by(extractor, text, rule.id)
    assert figures
    assert {figure.kind for figure in figures} == {rule.table["to"]}


@pytest.mark.parametrize(("rule", "text"), examples(HEDGES))
def test_hedge_modifies(rule: Rule, text: str, extractor: Extractor) -> None:
    figures = found_by(extractor, text, rule.id)
    assert figures
    assert {figure.modifier for figure in figures} == {rule.table["modifier"]}


@pytest.mark.parametrize(("rule", "text"), examples(TRAPS))
def test_trap_is_read_as_it_says(rule: Rule, text: str, extractor: Extractor) -> None:
    figures = extractor.extract_text(text).figures
    assert figures
    assert rule.table["reading"] in {figure.modifier for figure in figures}
    assert "more_than" not in {figure.modifier for figure in figures}
