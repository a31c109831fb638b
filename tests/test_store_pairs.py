"""Pairs of articles through the whole pipeline: each contradiction found, nothing else raised."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from store_records import record

from extractor.store import Store

PAIRS = tomllib.loads((Path(__file__).parent / "cases" / "pairs.toml").read_text("utf-8"))["pair"]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_pair(pair: dict) -> None:
    records = [record(side, pair[side]["published"], pair[side]["text"], pair[side].get("title")) for side in "ab"]
    with Store.open() as store:
        store.add(records)
        told = [(c.verdict, [c.a.number, c.b.number]) for c in store.compare()]
    assert sorted(numbers for verdict, numbers in told if verdict == "conflict") == sorted(pair["conflict"])
    for numbers in pair.get("consistent", []):
        assert ("consistent", numbers) in told
    if pair.get("reprint"):
        assert told == []


def test_enough_pairs_half_of_them_true() -> None:
    false = [pair for pair in PAIRS if pair["conflict"]]
    assert len(PAIRS) >= 60
    assert 0.35 <= len(false) / len(PAIRS) <= 0.5
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
