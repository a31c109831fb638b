"""Downloads: the decisions, gold data of the reviewed articles, and what is on screen as CSV or XLSX."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Literal

import pydantic
from flask import Blueprint, Response, abort, request

from extractor.review.decisions import Decisions
from extractor.review.desk import the_desk
from extractor.review.forms import Sent
from extractor.review.gold import gold_rows
from extractor.review.sheets import MOST_ROWS, Standing, as_csv, as_xlsx, table_rows

blueprint = Blueprint("exports", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SENT = 16 * 2**20  # bytes: a million row numbers


class SentTable(Sent):
    """What is on screen: a view and the numbers of its rows in the index."""

    view: Literal["figures", "findings", "articles"]
    rows: list[int] = pydantic.Field(max_length=MOST_ROWS)
    format: Literal["csv", "xlsx"]


@blueprint.get("/export/decisions.jsonl")
def decisions() -> Response:
    """Every decision ever made, the undone ones and the undos too: what `extract --decisions` takes."""
    rows = (decision.as_json() for decision in the_desk().store.all())
    return _download((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "decisions.jsonl")


@blueprint.get("/export/gold.jsonl")
def gold() -> Response:
    """The reviewed articles as gold data, decisions applied."""
    desk = the_desk()
    rows = gold_rows(desk.library, Decisions.of(desk.store.all()))
    return _download((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "gold.jsonl")


def _download(lines: Iterator[str], name: str) -> Response:
    encoded = (line.encode("utf-8", "replace") for line in lines)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(encoded, mimetype="application/jsonl", headers=headers)


@blueprint.post("/export/table")
def table() -> Response:
    """The rows on screen; posted, because they may be many."""
    request.max_content_length = MOST_SENT
    try:
        sent = SentTable.model_validate_json(request.get_data())
    except pydantic.ValidationError:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    desk = the_desk()
    try:
        if min(sent.rows, default=0) < 0:
            abort(HTTPStatus.UNPROCESSABLE_ENTITY)
        rows = list(table_rows(desk.library, sent.view, sent.rows, _standing()))
    except IndexError:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    body = as_csv(sent.view, rows) if sent.format == "csv" else as_xlsx(sent.view, rows)
    headers = {"Content-Disposition": f'attachment; filename="{sent.view}.{sent.format}"'}
    return Response(body, mimetype="text/csv" if sent.format == "csv" else XLSX, headers=headers)


def _standing() -> Standing:
    desk = the_desk()
    found = Decisions.of(desk.store.all())
    return {
        (key, decision.target): decision
        for rows in found.by_article.values()
        for decision in rows
        for key in desk.library.keys_of(decision.article, decision.text_sha256)
    }
