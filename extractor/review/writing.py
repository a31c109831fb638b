"""Decisions coming in: checked, appended, answered with what is now in force."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote, unquote

import pydantic
from flask import Blueprint, Response, jsonify, request

from extractor.review.database import ConflictError, NothingToUndoError
from extractor.review.desk import state, the_desk
from extractor.review.forms import FormError, Sent, SentDecision, target_and_body

blueprint = Blueprint("writing", __name__)
COOKIE = "reviewer"
A_YEAR = 365 * 24 * 3600
LONGEST_NAME = 60
Answer = tuple[Response, int]
S = TypeVar("S", bound=Sent)


class SentReviewer(Sent):
    """The reviewer's name, as it will stand beside each decision."""

    name: str


def reviewer() -> str:
    """The name that came with the request, "" if there is none that can be taken."""
    name = unquote(request.cookies.get(COOKIE, ""))
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    return bool(name.strip()) and len(name) <= LONGEST_NAME and name.isprintable()


def _sent(form: type[S]) -> S:
    if request.mimetype != "application/json":
        raise FormError(form="json")
    try:
        return form.model_validate_json(request.get_data())
    except pydantic.ValidationError as error:
        fields = {str(e["loc"][-1]) if e["loc"] else "form": "invalid" for e in error.errors()}
        raise FormError(**fields) from error


@blueprint.post("/api/reviewer")
def name_reviewer() -> Response:
    """Remember the reviewer's name in a cookie that scripts cannot read and other sites cannot send."""
    name = " ".join(_sent(SentReviewer).name.split())
    if not _is_name(name):
        raise FormError(name="name")
    answer = jsonify(reviewer=name)
    answer.set_cookie(COOKIE, quote(name), max_age=A_YEAR, httponly=True, samesite="Strict", path="/")
    return answer


@blueprint.post("/api/decisions")
def decide() -> Answer:
    """Append one decision. 409 tells that someone else decided meanwhile, with what they decided."""
    name = reviewer()
    if not name:
        raise FormError(reviewer="name")
    sent = _sent(SentDecision)
    desk = the_desk()
    number = desk.library.number(sent.article)
    if number is None:
        raise FormError(article="unknown")
    target_name, body = target_and_body(sent, desk.library.record(number), desk.kinds())
    target = desk.library.target(number, target_name)
    try:
        history = desk.store.append(target, base=sent.base, reviewer=name, action=sent.action, body=body)
    except ConflictError as conflict:
        now = state(sent.article, target_name, conflict.history)
        return jsonify(error="conflict", state=now), HTTPStatus.CONFLICT
    except NothingToUndoError as error:
        raise FormError(action="nothing") from error
    return jsonify(state=state(sent.article, target_name, history), revision=history[-1].id), HTTPStatus.CREATED
