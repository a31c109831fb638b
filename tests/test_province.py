"""Short sentences true of reports and news of provincial unions, with the reading that each figure must get."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.model import Figure

SENTENCES = tomllib.loads((Path(__file__).parent / "cases" / "province.toml").read_text("utf-8"))["sentences"]


def agrees(wanted: list[str], found: Figure) -> bool:
    """Whether a figure has the value or the bounds, one of the kinds, and the modifier."""
    value, kinds, modifier = wanted
    if found.kind not in kinds.split("|") or found.modifier != modifier:
        return False
    if ".." in value:
        low, high = map(float, value.split(".."))
        return found.low is not None and found.high is not None and (float(found.low), float(found.high)) == (low, high)
    return found.value is not None and math.isclose(float(found.value), float(value), rel_tol=1e-4)


@pytest.mark.parametrize("sentence", SENTENCES, ids=[each["text"][:40] for each in SENTENCES])
def test_sentence(sentence: dict, extractor: Extractor):
    figures = extractor.extract_text(sentence["text"]).figures
    assert len(figures) == len(sentence["figures"]), [f.text for f in figures]
    for wanted, found in zip(sentence["figures"], figures, strict=True):
        assert agrees(wanted, found), (wanted, found.text, found.kind, found.modifier)
