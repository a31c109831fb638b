"""A stand-in for the extractor: quick, and able to fail, hang or die on demand. Picklable, so that workers can make it."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from decimal import Decimal

from extractor.article import Article
from extractor.model import Figure, Interval, Message, Record, RecordFinding, RecordRelation, RecordSource


class FakeExtractor:
    """Every number is a figure: money when a đồng follows, else an attendee_count."""

    def __init__(self, pause: float = 0.0) -> None:
        self._pause = pause

    def extract(self, article: Article) -> Record:
        text = article.text
        if "RAISE" in text:
            raise ValueError("told to fail")
        if "DIE" in text:
            os._exit(9)
        if "HANG" in text:
            time.sleep(600)
        if "SPIN" in text:  # never comes back to Python code: no signal handler would ever run
            re.match(r"(a+)+$", "a" * 60 + "b")
        time.sleep(self._pause)
        figures = tuple(_figure(text, number, match) for number, match in enumerate(re.finditer(r"\d+", text), 1))
        ids = tuple(figure.id for figure in figures)
        relations = (RecordRelation(type="same", figures=ids, found_by=("fake.same",)),) if len(ids) > 1 else ()
        findings = (_finding(ids),) if len(ids) > 1 else ()
        return Record(
            id=article.id or "none",
            source=RecordSource(uri=article.source.uri, sha256=article.source.sha256),
            title=article.title,
            url=article.url,
            published=article.published,
            text=text,
            figures=figures,
            relations=relations,
            findings=findings,
            warnings=article.warnings,
        )


def _figure(text: str, number: int, match: re.Match[str]) -> Figure:
    money = text[match.end() :].startswith(" đồng")
    span = Interval(start=match.start(), end=match.end())
    return Figure(
        id=f"f{number}",
        kind="money" if money else "attendee_count",
        text=match[0],
        start=match.start(),
        end=match.end(),
        number=span,
        value=Decimal(match[0]),
        modifier="exact",
        unit="đồng" if money else None,
        unit_code="VND" if money else None,
        evidence=span,
        duplicate_of="f1" if number > 1 and match[0] == "7" else None,
        found_by=("fake.number",),
    )


def _finding(ids: tuple[str, ...]) -> RecordFinding:
    return RecordFinding(
        check="same", verdict="conflict", figures=ids, message=Message(en="differ", vi="khác nhau"), found_by=("fake",)
    )


@dataclass(frozen=True)
class Fake:
    """The factory that travels to the workers."""

    pause: float = 0.0

    def __call__(self) -> FakeExtractor:
        return FakeExtractor(self.pause)

    def identity(self) -> dict[str, object]:
        return {}
