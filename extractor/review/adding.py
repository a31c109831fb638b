"""A figure that the program missed: what it reads in the words that a reviewer chose, for the form to start from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

import pydantic
from flask import Blueprint, Response, jsonify, request

from extractor.article import Article
from extractor.model import Figure, Interval, Record
from extractor.review.desk import Desk, the_desk
from extractor.review.forms import LONGEST_FIGURE, FormError, Sent, taken
from extractor.web.index import number_text

blueprint = Blueprint("adding", __name__)
MOST_PLACES = 20
AROUND = 40  # code points shown on each side of a place
FURTHER = 200  # code points behind the chosen words that may hold the unit and what is counted


class SentWords(Sent):
    """Words of an article, by their place (`start` and `end` in `field`) or as the reader copied them."""

    article: str = pydantic.Field(max_length=1000)
    words: str = pydantic.Field(default="", max_length=LONGEST_FIGURE)
    field: Literal["text", "title"] = "text"
    start: int = pydantic.Field(default=0, ge=0)
    end: int = pydantic.Field(default=0, ge=0)


@blueprint.post("/api/reading")
def reading() -> Response:
    """What is read at each place of the words: value, hedge, kind, unit, what is counted. FormError where there is none."""
    try:
        sent = SentWords.model_validate_json(request.get_data())
    except pydantic.ValidationError as error:
        raise FormError(words="invalid") from error
    desk = the_desk()
    number = desk.library.number(sent.article)
    if number is None:
        raise FormError(article="unknown")
    record = desk.library.record(number)
    places = list(_found(record, sent.words)) if sent.words.strip() else [_chosen(record, sent)]
    if not places:
        raise FormError(words="entity")
    read = [_read(desk, record, *place) for place in places[:MOST_PLACES]]
    free = [row for row in read if not taken(record, row["field"], row["number"]["start"], row["number"]["end"])]
    if not free:
        raise FormError(words="taken")
    return jsonify(readings=free)


def _chosen(record: Record, sent: SentWords) -> tuple[str, int, int]:
    """The place without the spaces at its ends."""
    chosen = (getattr(record, sent.field) or "")[sent.start : sent.end]
    words = chosen.strip()
    if not words or len(words) > LONGEST_FIGURE or sent.end - sent.start != len(chosen):
        raise FormError(words="long" if words else "entity")
    start = sent.start + len(chosen) - len(chosen.lstrip())
    return sent.field, start, start + len(words)


def _found(record: Record, words: str) -> Iterator[tuple[str, int, int]]:
    """All places of the words, composed or decomposed as they are, in title and text."""
    plain = words.strip()
    for field in ("title", "text"):
        text = getattr(record, field) or ""
        for form in dict.fromkeys((plain, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFD", plain))):
            at = text.find(form)
            while at >= 0:
                yield field, at, at + len(form)
                at = text.find(form, at + len(form))


def _read(desk: Desk, record: Record, field: str, start: int, end: int) -> dict[str, Any]:
    """What the program reads in the words by themselves, or with what follows them: the figure there, else the number."""
    text = getattr(record, field) or ""
    line = text.find("\n", end)
    alone, more = text[start:end], text[start : min(line if line >= 0 else len(text), end + FURTHER)]
    bare = not any(letter.isalpha() for letter in alone)
    for stretch in (more, alone) if bare else (alone, more):
        (made,) = desk.extract([Article(text=stretch)])
        figure = next((f for f in made.figures if f.field == "text" and f.number.start < end - start), None)
        if figure is not None:
            break
    else:
        figure = _number(alone)
    around = {"before": text[max(0, start - AROUND) : start], "after": text[end : end + AROUND]}
    return {"field": field, **_moved(figure, start), "words": alone, **around}


def _number(words: str) -> Figure:
    """The first number of the words; where there is none, all of them with the value left open."""
    from extractor.numerals import find_numerals  # noqa: PLC0415 (loads number words)

    whole = Interval(start=0, end=len(words))
    found = next(iter(find_numerals(words)), None)
    place = Interval(start=found.start, end=found.end) if found else whole
    told = {"value": found.value, "low": found.low, "high": found.high} if found else {"value": None}
    modifier = (found.modifier if found else None) or "exact"
    rest = {"unit": None, "unit_code": None, "evidence": whole, "text": words, "start": 0, "end": len(words)}
    return Figure.model_validate(
        {"id": "r", "kind": "other_count", "number": place, "modifier": modifier, **told, **rest}
    )


def _moved(figure: Figure, by: int) -> dict[str, Any]:
    """The figure as the form takes it, in the coordinates of the article."""
    numbers = {name: number_text(getattr(figure, name)) for name in ("value", "low", "high")}
    return {
        **{name: value for name, value in numbers.items() if value is not None},
        "number": {"start": figure.number.start + by, "end": figure.number.end + by},
        "start": figure.start + by,
        "end": figure.end + by,
        "modifier": figure.modifier,
        "kind": figure.kind,
        "unit": figure.unit,
        "unit_code": figure.unit_code,
        "entity": {"text": figure.entity.text} if figure.entity else None,
    }
