"""Figures of single sentences: number, hedge, kind, unit and what is counted, kind by kind; and what is no figure."""

from __future__ import annotations

import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, Figure

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("figures_*.toml"))
CASES = [case for path in FILES for case in tomllib.loads(path.read_text("utf-8"))["case"]]
PARAMETERS = [pytest.param(case, id=case["id"]) for case in CASES]
KINDS = {
    "class_count", "attendee_count", "people_count", "organization_count", "event_count", "item_count", "money",
    "percentage", "ratio", "rate", "duration", "measure", "other_count",
}  # fmt: skip
FEWEST = 12


def told(figure: Figure, text: str) -> dict[str, Any]:
    """The figure as a case writes it; a value to four places."""
    start = figure.number.start
    surface = text[start : figure.number.end]
    row: dict[str, Any] = {"surface": surface, "nth": text[:start].count(surface) + 1}
    for key in ("value", "low", "high"):
        number = getattr(figure, key)
        row[key] = None if number is None else round(Decimal(str(number)), 4)
    row |= {key: getattr(figure, key) for key in ("modifier", "kind", "unit", "unit_code")}
    row["entity"] = figure.entity and figure.entity.text
    return row


def wanted(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure of a case with what it leaves out."""
    row: dict[str, Any] = {"nth": 1, "value": None, "low": None, "high": None, "modifier": "exact"}
    row |= {"unit": None, "unit_code": None, "entity": None, **figure}
    for key in ("value", "low", "high"):
        row[key] = None if row[key] is None else round(Decimal(row[key]), 4)
    return row


def composed(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its words composed."""
    return {key: unicodedata.normalize("NFC", word) if isinstance(word, str) else word for key, word in row.items()}


def test_every_kind_has_its_sentences() -> None:
    assert {path.stem.removeprefix("figures_") for path in FILES} == KINDS
    for kind in KINDS:
        assert sum(case["id"].startswith(f"{kind}.") for case in CASES) >= FEWEST
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", PARAMETERS)
def test_sentence(case: dict[str, Any], extractor: Extractor) -> None:
    found = extractor.extract_text(case["text"]).figures
    assert [told(figure, case["text"]) for figure in found] == [wanted(figure) for figure in case["figures"]]
    for figure in found:
        assert case["text"][figure.start : figure.end] == figure.text


@pytest.mark.parametrize("case", PARAMETERS)
def test_decomposed_sentence(case: dict[str, Any], extractor: Extractor) -> None:
    text = unicodedata.normalize("NFD", case["text"])
    found = extractor.extract_text(text).figures
    assert [composed(told(figure, text)) for figure in found] == [wanted(figure) for figure in case["figures"]]
    for figure in found:
        assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_sentence_in_front_shifts_all(case: dict[str, Any], extractor: Extractor) -> None:
    front = "Thời tiết hôm nay khá đẹp. "
    alone = extractor.extract_text(case["text"]).figures
    behind = extractor.extract_text(front + case["text"]).figures
    assert [(f.start - len(front), f.end - len(front), f.kind, f.modifier, f.value) for f in behind] == [
        (f.start, f.end, f.kind, f.modifier, f.value) for f in alone
    ]
