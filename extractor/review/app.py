"""The web application: the page, the articles, and the answers to what the page asks."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from extractor.model import Record
from extractor.review import adding, exports, pasting, writing
from extractor.review.database import DecisionStore
from extractor.review.desk import Desk, the_desk
from extractor.review.forms import FormError
from extractor.review.library import Library
from extractor.review.security import Guard
from extractor.web.embed import STATIC
from extractor.web.index import browser_row
from extractor.web.search import matcher

MOST_SENT = 2 * 2**20  # bytes of a request, but for a dropped file
LONGEST_QUERY = 200


def create_app(records: Iterable[Record], store: DecisionStore, *, hosts: frozenset[str] = frozenset()) -> Flask:
    """The desk over these records and decisions. `hosts`: names it answers to besides localhost and plain addresses."""
    app = Flask(__name__, static_folder=str(STATIC), static_url_path="/static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = MOST_SENT
    desk = Desk(Library(records), store, secrets.token_urlsafe(32))
    app.extensions["desk"] = desk
    Guard(desk.token, frozenset({"localhost"}) | hosts).install(app)
    app.register_error_handler(HTTPException, _told)
    app.register_error_handler(FormError, _wrong_form)
    app.add_url_rule("/", view_func=page)
    app.add_url_rule("/api/index", view_func=index)
    app.add_url_rule("/api/articles/<int:number>", view_func=article)
    app.add_url_rule("/api/search", view_func=search)
    app.add_url_rule("/api/state", view_func=state)
    for blueprint in (writing.blueprint, exports.blueprint, pasting.blueprint, adding.blueprint):
        app.register_blueprint(blueprint)
    return app


def page() -> str:
    """The one page; everything else it asks for."""
    return render_template("page.html", token=the_desk().token)


def index() -> Response:
    """The columns over all articles."""
    return _json({**the_desk().library.index.as_json(), "kinds": sorted(the_desk().kinds())})


def article(number: int) -> Response:
    """One record."""
    try:
        return _json(browser_row(the_desk().library.record(number)))
    except IndexError:
        abort(HTTPStatus.NOT_FOUND)


def search() -> Response:
    """The numbers of the articles that hold a text."""
    query = request.args.get("q", "")
    if len(query) > LONGEST_QUERY:
        abort(HTTPStatus.BAD_REQUEST)
    matches = matcher(query)
    library = the_desk().library
    return jsonify([n for n in range(len(library)) if matches(library.searchable(n))])


def state() -> Response:
    """What was decided after a revision, and the reviewer's name."""
    decisions = the_desk().store.changed(request.args.get("after", 0, type=int))
    revision = max((d.id for d in decisions), default=None)
    return jsonify(
        revision=revision,
        states=the_desk().states(decisions),
        reviewer=writing.reviewer(),
        token=the_desk().token,
    )


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=True, separators=(",", ":")), mimetype="application/json")


def _wrong_form(error: FormError) -> tuple[Response, int]:
    """Tell which fields cannot be taken."""
    return jsonify(error="form", fields=error.fields), HTTPStatus.UNPROCESSABLE_ENTITY


def _told(error: HTTPException) -> tuple[Response, int]:
    """Any refusal as JSON; never with what the server knows of itself."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return jsonify(error=error.name), code
