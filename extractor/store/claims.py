"""A sentence with figures held against what the articles of a store say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from extractor.model import Record
from extractor.pipeline import Extractor
from extractor.store.database import Store
from extractor.store.facts import Fact, fact, select
from extractor.store.match import Match, Matcher, alike
from extractor.store.rules import Text
from extractor.store.values import Values

Verdict = Literal["supported", "refuted", "not found"]
_SHOWN = 3

_OWN = "SELECT {columns} FROM figures WHERE duplicate_of IS NULL ORDER BY start, id"
_LIKE = """
SELECT {columns} FROM figures JOIN articles USING (article_no)
WHERE figures.comparable AND figures.unit_code IS NOT DISTINCT FROM $unit AND figures.head = $head
ORDER BY figures.published NULLS LAST, figures.article, figures.start, figures.id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say of one figure of a claim: the facts that agree with it, and those that contradict it."""

    verdict: Verdict
    claim: Fact
    agree: tuple[Fact, ...]
    differ: tuple[Fact, ...]
    message: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The answer, JSON-ready; `sentences` are those that support or refute it."""
        told = [("supports", f) for f in self.agree] + [("refutes", f) for f in self.differ]
        return {
            "verdict": self.verdict,
            "figure": self.claim.as_json(),
            "sentences": [{"stance": stance, **f.as_json()} for stance, f in told],
            "message": self.message,
        }


def overall(answers: Sequence[Answer]) -> Verdict:
    """The verdict on a claim: refuted if one figure is, supported if all are."""
    verdicts = {answer.verdict for answer in answers}
    if "refuted" in verdicts:
        return "refuted"
    return "supported" if verdicts == {"supported"} else "not found"


class Verifier:
    """Holds claims against the articles of a store."""

    def __init__(self, store: Store, extractor: Extractor | None = None) -> None:
        self._store = store
        self._extractor = extractor or Extractor.default(store.folders)
        self._matcher = Matcher(store.rules)
        self._values = Values()

    def verify(self, claim: str, published: date | None = None) -> list[Answer]:
        """An answer for each figure of the claim; `published` is the day that its ``hiện nay`` is counted from."""
        own = self._facts(self._extractor.extract_text(claim, id="claim", published=published))
        return [self._answer(figure, claim, published) for figure in own]

    def _facts(self, record: Record) -> list[Fact]:
        with Store.open(folders=self._store.folders) as store:
            store.add([record])
            found = store.connection.execute(_OWN.format(columns=select("figures"))).fetchall()
        return [fact(row) for row in found]

    def _answer(self, figure: Fact, claim: str, published: date | None) -> Answer:
        found = self._store.connection.execute(
            _LIKE.format(columns=select("figures")), {"unit": figure.unit_code, "head": figure.head}
        ).fetchall()
        facts = [fact(row) for row in found] if figure.status == "achieved" else []
        readings = self._readings(figure, claim, published, facts)
        agree, differ = [], []
        for other in facts:
            match = max((self._match(reading, other) for reading in readings), default=Match.NONE)
            if self._values.agree(figure, other):
                if match is Match.SAME or (match is Match.NEAR and self._values.close(figure, other)):
                    agree.append(other)
            elif match is Match.SAME:
                differ.append(other)
        if figure.era == "none" and len({(f.period_from, f.period_to) for f in differ}) > 1:
            differ = []  # the claim does not say when, and the articles tell of several times
        return self._told(figure, tuple(agree), tuple(differ))

    def _readings(self, figure: Fact, claim: str, published: date | None, facts: Sequence[Fact]) -> list[Fact]:
        """The claim's figure; where its period names no year, also as each year of the articles would read it."""
        if figure.era != "none" or figure.period is None or published is not None:
            return [figure]
        years = sorted({fact.period_to.year for fact in facts if fact.period_to is not None})
        readings = []
        for year in years:
            record = self._extractor.extract_text(claim, id="claim", published=date(year, 12, 31))
            readings += [other for other in self._facts(record) if other.id == figure.id and other.era != "none"]
        return readings

    def _match(self, claim: Fact, other: Fact) -> Match:
        """How surely the claim's figure is the article's; what the claim leaves unsaid may be anything."""
        tests: list[Callable[[Fact, Fact], Match]] = [
            self._qualifiers,
            self._matcher.action,
            self._matcher.by_sentence,
        ]
        if claim.holder is None:
            if alike(claim, other) < self._store.rules.comparing.akin:
                return Match.NONE
        else:
            tests += [self._holder, self._matcher.generic]
        tests += [self._matcher.area] if claim.area is not None else []
        tests += [self._matcher.period] if claim.period is not None else []
        return min(test(claim, other) for test in tests)

    def _qualifiers(self, claim: Fact, other: Fact) -> Match:
        """The same; women members are not the members, but classes may be told with or without their subject."""
        found = self._matcher.qualifiers(claim, other)
        return found if found is Match.SAME or claim.head in self._store.rules.generic else Match.NONE

    def _holder(self, claim: Fact, other: Fact) -> Match:
        """The same body; a claim that names only the place may mean any body there, but is not refuted by it."""
        found = self._matcher.holder(claim, other)
        if found is Match.NONE and claim.holder_sort == "area" and claim.area == other.area:
            return Match.NEAR
        return found

    def _told(self, figure: Fact, agree: tuple[Fact, ...], differ: tuple[Fact, ...]) -> Answer:
        messages = self._store.rules.messages
        verdict: Verdict = "supported" if agree else "refuted" if differ else "not found"
        text: Text = getattr(messages, verdict.replace(" ", "_"))
        said = " | ".join(f"{f.said} ({f.source})" for f in (agree or differ)[:_SHOWN])
        claim = replace(figure, article="claim", uri=None)
        message = {language: getattr(text, language).format(claim=figure.said, said=said) for language in ("en", "vi")}
        return Answer(verdict, claim, agree, differ, message)
