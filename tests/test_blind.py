"""Ten articles of our own, annotated by someone who had not written the rules: what is found of them must not fall.

Each line of `blind/articles.jsonl` is an article with its figures, abbreviations, relations, findings and scope. A figure
of a record is one of the annotation where its span covers the number and its value is the same.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from extractor import Article, Extractor

ARTICLES = [
    json.loads(line) for line in (Path(__file__).parent / "blind" / "articles.jsonl").read_text("utf-8").splitlines()
]
REACH = 60
ALARMS = {"does_not_add_up", "exceeds_total", "conflict", "impossible"}
FLOORS = {
    "figures precision": 0.98,
    "figures recall": 0.97,
    "kind": 0.99,
    "modifier": 0.99,
    "unit": 0.99,
    "abbreviations": 0.95,
    "status": 0.88,
    "place": 0.81,
}


def near(left: float | None, right: float | None) -> bool:
    """Whether two values are the same, a share of two numbers to four places."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-4 * max(1e-4, abs(left)) if abs(left) < 1 else left == right


def is_it(gold: dict, found: dict) -> bool:
    """Whether the figure found is the annotated one."""
    covers = (
        gold["start"] - REACH <= found["start"] <= gold["start"] and gold["end"] <= found["end"] <= gold["end"] + REACH
    )
    return covers and all(near(gold[key], found[key]) for key in ("value", "low", "high"))


def pairs_of(article: dict, record: dict) -> list[tuple[int, dict]]:
    """The annotated figures by position with the figure found for each, every figure used once."""
    free, pairs = list(record["figures"]), []
    for position, gold in enumerate(article["figures"]):
        fitting = [found for found in free if is_it(gold, found)]
        if fitting:
            best = min(fitting, key=lambda found: found["end"] - found["start"])
            free.remove(best)
            pairs.append((position, best))
    return pairs


def agrees(gold: dict, found: dict, key: str) -> bool:
    """Whether a field is as annotated, or as the other reading that the annotation allows."""
    return found[key] in {gold[key], gold.get(f"{key}_alt", gold[key])}


@pytest.fixture(scope="module")
def results(extractor: Extractor) -> list[tuple[dict, dict]]:
    """Every article with its record as JSON."""
    articles = [
        Article(text=article["text"], id=article["id"], published=date.fromisoformat(article["published"]))
        for article in ARTICLES
    ]
    return [
        (article, record.as_json()) for article, record in zip(ARTICLES, extractor.extract_many(articles), strict=True)
    ]


@pytest.fixture(scope="module")
def scores(results: list[tuple[dict, dict]]) -> dict[str, float]:
    """The measures that have floors."""
    n: Counter[str] = Counter()
    for article, record in results:
        pairs = pairs_of(article, record)
        n["gold"] += len(article["figures"])
        n["found"] += len(record["figures"])
        n["both"] += len(pairs)
        scope = {entry["i"]: entry for entry in article["scope"]}
        for position, found in pairs:
            for key in ("kind", "modifier", "unit"):
                n[key] += agrees(article["figures"][position], found, key)
            n["status"] += scope[position]["status"] == found["status"]
            n["place"] += scope[position]["place"] == (found["place"] or {}).get("text")
        said = {(entry["short"], (entry["long"] or "").lower()) for entry in record["abbreviations"]}
        for entry in article["abbreviations"]:
            n["short forms"] += 1
            n["abbreviations"] += any(
                (entry["short"], long.lower()) in said for long in (entry["long"], *entry.get("alt", []))
            )
    measures = {key: n[key] / n["both"] for key in ("kind", "modifier", "unit", "status", "place")}
    return measures | {
        "figures precision": n["both"] / n["found"],
        "figures recall": n["both"] / n["gold"],
        "abbreviations": n["abbreviations"] / n["short forms"],
    }


@pytest.mark.parametrize("measure", FLOORS)
def test_measure_does_not_fall(measure: str, scores: dict[str, float]):
    assert scores[measure] >= FLOORS[measure], f"{measure}: {scores[measure]:.4f}"


def test_annotation_fits_its_texts():
    for article in ARTICLES:
        for figure in article["figures"]:
            assert article["text"][figure["start"] : figure["end"]] == figure["number"]
            assert figure["entity"] is None or figure["entity"] in article["text"]


def test_no_alarm_without_an_error(results: list[tuple[dict, dict]]):
    for article, record in results:
        position = {found["id"]: place for place, found in pairs_of(article, record)}
        known = [set(entry["figures"]) for entry in article["findings"] if entry["verdict"] in ALARMS]
        for finding in record["findings"]:
            if finding["verdict"] in ALARMS:
                figures = {position.get(each) for each in finding["figures"]}
                assert any(len(figures & planted) >= min(2, len(planted)) for planted in known), finding
