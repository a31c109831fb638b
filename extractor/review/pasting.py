"""An article pasted or dropped: its figures at once. Nothing of it is kept."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import pydantic
from flask import Blueprint, Response, jsonify, request

from extractor.article import Article
from extractor.errors import ExtractorError, ReadError
from extractor.review.desk import the_desk
from extractor.review.forms import FormError, Sent
from extractor.web.index import Index, browser_row

blueprint = Blueprint("pasting", __name__)
LARGEST_FILE = 10 * 2**20  # bytes
MOST_ARTICLES = 20
LONGEST_NAME = 80
Answer = tuple[Response, int]


class SentText(Sent):
    """A pasted article; `published` as YYYY-MM-DD, or empty."""

    text: str = pydantic.Field(min_length=1)
    published: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The first articles of what was sent, whether there are more, and what could not be read."""

    articles: list[Article]
    more: bool = False
    errors: list[str] = field(default_factory=list)


@blueprint.post("/api/extract")
def extract() -> Response:
    """The records of a pasted text (JSON) or of a dropped file (the field ``file`` of a form)."""
    request.max_content_length = LARGEST_FILE
    found = Found([_pasted()]) if request.mimetype == "application/json" else _dropped()
    try:
        records = the_desk().extract(found.articles)
    except ExtractorError as error:
        raise FormError(text=str(error)) from error
    index = Index()
    for record in records:
        index.add(record)
    return jsonify(
        articles=[browser_row(r) for r in records], titles=index.articles["title"], more=found.more, errors=found.errors
    )


def _pasted() -> Article:
    try:
        sent = SentText.model_validate_json(request.get_data())
        published = date.fromisoformat(sent.published) if sent.published else None
    except (pydantic.ValidationError, ValueError) as error:
        raise FormError(text="invalid") from error
    return Article(text=sent.text, published=published)


def _dropped() -> Found:
    """What is in the file that was sent. Its name is only a name: it tells the format and is shown as the source."""
    from extractor.read import ReadOptions  # noqa: PLC0415 (readers load parsers)
    from extractor.read.reader import read_stream  # noqa: PLC0415

    file = request.files.get("file")
    if file is None:
        raise FormError(file="missing")
    name = re.sub(r"[^\w.-]", "_", (file.filename or "").replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:]
    options = ReadOptions(max_article_bytes=LARGEST_FILE, max_ratio=100)
    articles: list[Article] = []
    errors: list[str] = []
    try:
        for result in islice(read_stream(io.BytesIO(file.read()), name or "file", options), MOST_ARTICLES + 1):
            if isinstance(result, ReadError):
                errors.append(str(result))
            else:
                articles.append(result)
    except ReadError as error:
        errors.append(str(error))
    if not articles:
        raise FormError(file=errors[0] if errors else "unreadable")
    return Found(articles[:MOST_ARTICLES], len(articles) + len(errors) > MOST_ARTICLES, errors)
