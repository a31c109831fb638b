"""Records as tables: the columns of each table with their types, and the rows of a record.

Types are DuckDB's. An article's rows share its `article` (its id) and `article_no` (its place among the articles,
from 1), as two articles may have one id.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.write.lines import members

Cells = dict[str, Any]
_ALARMS = ("does_not_add_up", "exceeds_total", "conflict", "impossible")

ARTICLE = {"article": "VARCHAR", "article_no": "BIGINT"}
ARTICLES = {
    **ARTICLE, "uri": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "byline": "VARCHAR", "published": "DATE",
    "media_type": "VARCHAR", "encoding": "VARCHAR", "sha256": "VARCHAR", "warnings": "VARCHAR[]", "record": "VARCHAR",
}  # fmt: skip
FIGURES = {
    **ARTICLE, "uri": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "published": "DATE",
    "id": "VARCHAR", "kind": "VARCHAR", "text": "VARCHAR", "value": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE",
    "modifier": "VARCHAR", "unit": "VARCHAR", "unit_code": "VARCHAR", "entity": "VARCHAR", "entity_expanded": "VARCHAR",
    "organization": "VARCHAR", "organization_expanded": "VARCHAR", "place": "VARCHAR", "place_level": "VARCHAR",
    "place_code": "VARCHAR", "place_current": "VARCHAR", "period": "VARCHAR", "period_from": "DATE",
    "period_to": "DATE", "status": "VARCHAR", "duplicate_of": "VARCHAR", "ambiguous": "VARCHAR", "evidence": "VARCHAR",
    "field": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "number_start": "BIGINT", "number_end": "BIGINT",
    "evidence_start": "BIGINT", "evidence_end": "BIGINT", "found_by": "VARCHAR[]",
}  # fmt: skip
ABBREVIATIONS = {
    **ARTICLE, "short": "VARCHAR", "long": "VARCHAR", "origin": "VARCHAR", "candidates": "VARCHAR[]",
    "field": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "found_by": "VARCHAR[]",
}  # fmt: skip
RELATIONS = {
    **ARTICLE, "type": "VARCHAR", "figures": "VARCHAR[]", "roles": "VARCHAR", "found_by": "VARCHAR[]",
}  # fmt: skip
FINDINGS = {
    **ARTICLE, "uri": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "published": "DATE",
    "check": "VARCHAR", "verdict": "VARCHAR", "alarm": "BOOLEAN", "message_vi": "VARCHAR", "message_en": "VARCHAR",
    "expected": "DOUBLE", "reported": "DOUBLE", "figures": "VARCHAR[]", "found_by": "VARCHAR[]",
}  # fmt: skip
TABLES = {
    "articles": ARTICLES,
    "figures": FIGURES,
    "abbreviations": ABBREVIATIONS,
    "relations": RELATIONS,
    "findings": FINDINGS,
}


def rows_of(record: Mapping[str, Any], number: int, table: str) -> Iterator[Cells]:
    """The rows of a record in one of the `TABLES`, each with all columns but an article's `record`."""
    return _ROWS[table](record, number)


def _article(record: Mapping[str, Any], number: int) -> Cells:
    return {"article": record["id"], "article_no": number}


def _origin(record: Mapping[str, Any], number: int) -> Cells:
    """What tells an article to people."""
    return {
        **_article(record, number),
        "uri": record["source"]["uri"],
        "url": record.get("url"),
        "title": record["title"],
        "published": record["published"],
    }


def _articles(record: Mapping[str, Any], number: int) -> Iterator[Cells]:
    source = record["source"]
    more = {name: source[name] for name in ("media_type", "encoding", "sha256")}
    yield {**_origin(record, number), "byline": record["byline"], **more, "warnings": record["warnings"]}


def _figures(record: Mapping[str, Any], number: int) -> Iterator[Cells]:
    origin = _origin(record, number)
    for figure in record["figures"]:
        entity, organization = figure["entity"] or {}, figure["organization"] or {}
        place, period, evidence = figure["place"] or {}, figure["period"] or {}, figure["evidence"]
        same = (
            "id",
            "kind",
            "text",
            "modifier",
            "unit",
            "unit_code",
            "status",
            "duplicate_of",
            "field",
            "start",
            "end",
        )
        yield {
            **origin,
            **{name: figure[name] for name in (*same, "found_by")},
            **{name: as_float(figure[name]) for name in ("value", "low", "high")},
            "entity": entity.get("text"),
            "entity_expanded": entity.get("expanded"),
            "organization": organization.get("text"),
            "organization_expanded": organization.get("expanded"),
            "place": place.get("text"),
            **{f"place_{name}": place.get(name) for name in ("level", "code", "current")},
            "period": period.get("text"),
            **{f"period_{name}": period.get(name) for name in ("from", "to")},
            "ambiguous": _json(figure["ambiguous"]),
            "evidence": (record.get(figure["field"]) or "")[evidence["start"] : evidence["end"]] or None,
            "number_start": figure["number"]["start"],
            "number_end": figure["number"]["end"],
            "evidence_start": evidence["start"],
            "evidence_end": evidence["end"],
        }


def _abbreviations(record: Mapping[str, Any], number: int) -> Iterator[Cells]:
    article = _article(record, number)
    for use in record["abbreviations"]:
        yield {**article, **{name: use.get(name) for name in ABBREVIATIONS if name not in ARTICLE}}


def _relations(record: Mapping[str, Any], number: int) -> Iterator[Cells]:
    article = _article(record, number)
    for relation in record["relations"]:
        roles = {name: value for name, value in relation.items() if name not in ("type", "found_by")}
        told = {"type": relation["type"], "figures": members(relation), "found_by": relation["found_by"]}
        yield {**article, **told, "roles": _json(roles)}


def _findings(record: Mapping[str, Any], number: int) -> Iterator[Cells]:
    origin = _origin(record, number)
    for finding in record["findings"]:
        yield {
            **origin,
            **{name: finding[name] for name in ("check", "verdict", "figures", "found_by")},
            **{name: as_float(finding[name]) for name in ("expected", "reported")},
            "alarm": finding["verdict"] in _ALARMS,
            "message_vi": finding["message"]["vi"],
            "message_en": finding["message"]["en"],
        }


_ROWS = {
    "articles": _articles,
    "figures": _figures,
    "abbreviations": _abbreviations,
    "relations": _relations,
    "findings": _findings,
}


def as_float(value: float | None) -> float | None:
    """A number as tables hold it; None for one beyond their range (its text still tells it)."""
    try:
        number = None if value is None else float(value)
    except OverflowError:
        return None
    return number if number is None or math.isfinite(number) else None


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
