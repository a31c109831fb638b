"""Twenty-two articles of our own with planted errors and true traps, annotated before they were first run.

Each line of `blind/arithmetic.jsonl` is an article with its figures, relations, findings and scope, as in
`blind/articles.jsonl`. Every planted error must be found, and no other alarm raised.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from test_blind import ALARMS, pairs_of

from extractor import Article, Extractor

ARTICLES = [
    json.loads(line) for line in (Path(__file__).parent / "blind" / "arithmetic.jsonl").read_text("utf-8").splitlines()
]
FLOORS = {"precision": 0.97, "recall": 0.88}
ROLES = ("whole", "parts", "figures", "part", "percent", "count", "each", "total")
KINDS = {"parts_sum", "percent_sum", "percent_of", "product", "same"}


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[dict]:
    """The record of each article, as JSON, with the figures' ids turned into places of the annotation."""
    found = []
    for article in ARTICLES:
        told = Article(text=article["text"], id=article["id"], published=date.fromisoformat(article["published"]))
        record = extractor.extract(told).as_json()
        record["places"] = {figure["id"]: place for place, figure in pairs_of(article, record)}
        found.append(record)
    return found


def key(relation: dict, places: dict | None = None) -> tuple:
    """A relation as its type and its figures by role, which two annotations of it share."""
    roles = []
    for role in ROLES:
        if role in relation:
            value = relation[role]
            several = value if isinstance(value, list) else [value]
            roles.append((role, frozenset(several if places is None else (places.get(each, each) for each in several))))
    return (relation["type"], *roles)


def test_relations_do_not_fall(records: list[dict]):
    right = wrong = known = 0
    for article, record in zip(ARTICLES, records, strict=True):
        want = {key(relation) for relation in article["relations"]}
        other = {key(relation) for relation in article["relations_alt"]}
        got = {key(relation, record["places"]) for relation in record["relations"] if relation["type"] in KINDS}
        right += len(want & got)
        wrong += len(got - want - other)
        known += len(want)
    assert right / (right + wrong) >= FLOORS["precision"]
    assert right / known >= FLOORS["recall"]


@pytest.mark.parametrize("place", range(len(ARTICLES)), ids=[article["id"] for article in ARTICLES])
def test_every_planted_error_is_found_and_no_other(place: int, records: list[dict]):
    record = records[place]
    raised = [
        {record["places"].get(each) for each in finding["figures"]}
        for finding in record["findings"]
        if finding["verdict"] in ALARMS
    ]
    planted = [set(finding["figures"]) for finding in ARTICLES[place]["findings"]]
    assert len(raised) == len(planted), raised
    for figures in planted:
        assert any(len(figures & alarm) >= min(2, len(figures)) for alarm in raised), figures


def test_annotation_fits_its_texts():
    for article in ARTICLES:
        for figure in article["figures"]:
            assert article["text"][figure["start"] : figure["end"]] == figure["number"]
