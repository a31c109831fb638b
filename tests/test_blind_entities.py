"""What figures count, in articles of our own annotated by hand before the rules had seen them.

`blind/union.jsonl` holds eight articles in the manner of a provincial union's site on matters the samples do not have
(houses for members, Tết, health checks, legal aid, a congress, a contest, a credit fund, safety at work), with figures
alone; `blind/province.jsonl` fifteen in five manners (report in sections, news, list of gifts, speech, minutes), with
abbreviations, relations and, for ten of them, scope. `blind/articles.jsonl` is described in `test_blind.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from extractor import Article, Extractor
from tests.test_blind import agrees, pairs_of

FLOORS = {
    "union": {"precision": 0.98, "recall": 0.98, "kind": 0.97, "modifier": 0.98, "unit": 0.98, "entity": 0.89},
    "articles": {"entity": 0.87},
    "province": {"precision": 0.99, "recall": 0.97, "kind": 0.99, "modifier": 0.99, "unit": 0.98, "entity": 0.86},
}


def words(entity: str | None) -> Counter[str]:
    """The words of a phrase."""
    return Counter(re.findall(r"[\w%]+", (entity or "").lower()))


def likeness(gold: str | None, found: str | None) -> float:
    """F1 of the words of two phrases; nothing is like nothing alone."""
    left, right = words(gold), words(found)
    if not left or not right:
        return float(left == right)
    return 2 * (left & right).total() / (left.total() + right.total())


@pytest.fixture(scope="module", params=FLOORS)
def measured(request: pytest.FixtureRequest, extractor: Extractor) -> tuple[str, dict[str, float]]:
    """The name of a set and its measures."""
    path = Path(__file__).parent / "blind" / f"{request.param}.jsonl"
    n: Counter[str] = Counter()
    alike = 0.0
    for article in map(json.loads, path.read_text("utf-8").splitlines()):
        published = date.fromisoformat(article["published"])
        record = extractor.extract(Article(text=article["text"], id=article["id"], published=published)).as_json()
        pairs = pairs_of(article, record)
        n["gold"] += len(article["figures"])
        n["found"] += len(record["figures"])
        n["both"] += len(pairs)
        for position, found in pairs:
            gold = article["figures"][position]
            for key in ("kind", "modifier", "unit"):
                n[key] += agrees(gold, found, key)
            entity = (found["entity"] or {}).get("text")
            alike += max(likeness(gold["entity"], entity), likeness(gold.get("entity_alt", gold["entity"]), entity))
    measures = {key: n[key] / n["both"] for key in ("kind", "modifier", "unit")}
    measures |= {"precision": n["both"] / n["found"], "recall": n["both"] / n["gold"], "entity": alike / n["both"]}
    return request.param, measures


def test_no_measure_falls(measured: tuple[str, dict[str, float]]):
    name, measures = measured
    for key, floor in FLOORS[name].items():
        assert measures[key] >= floor, f"{name} {key}: {measures[key]:.4f}"


@pytest.mark.parametrize("name", ["union", "province"])
def test_annotation_fits_its_texts(name: str):
    path = Path(__file__).parent / "blind" / f"{name}.jsonl"
    for article in map(json.loads, path.read_text("utf-8").splitlines()):
        for figure in article["figures"]:
            assert article["text"][figure["start"] : figure["end"]] == figure["number"]
            assert figure["entity"] is None or figure["entity"] in article["text"]


def test_what_goes_together_and_where_it_holds_does_not_fall(extractor: Extractor):
    """Relations, status, period and place of the province's articles; not one of them raises an alarm."""
    path = Path(__file__).parent / "blind" / "province.jsonl"
    n: Counter[str] = Counter()
    for article in map(json.loads, path.read_text("utf-8").splitlines()):
        published = date.fromisoformat(article["published"])
        record = extractor.extract(Article(text=article["text"], id=article["id"], published=published)).as_json()
        assert not [f for f in record["findings"] if f["verdict"] not in ("consistent", "incomplete")]
        scope = {entry["i"]: entry for entry in article.get("scope", ())}
        for position, found in pairs_of(article, record):
            if position in scope:
                gold, period = scope[position], found["period"] or {}
                n["all"] += 1
                n["status"] += gold["status"] == found["status"]
                n["period"] += (gold["period"] or [None, None]) == [period.get("from"), period.get("to")]
    assert n["status"] >= 0.91 * n["all"], n
    assert n["period"] >= 0.72 * n["all"], n
