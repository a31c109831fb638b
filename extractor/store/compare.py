"""Figures of different articles held against each other: matched in the database, judged one pair at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from extractor.store.facts import COLUMNS, Fact, fact, select
from extractor.store.match import Match, Matcher
from extractor.store.reprints import mark_reprints
from extractor.store.rules import StoreRules
from extractor.store.values import Values

# Figures with the same keys form a block; in it each is held against its neighbours in time only, so that the
# number of pairs grows with the number of figures, not with its square. A neighbour lies in the same stretch of
# `window` places or the next one.
_TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
WITH turns AS (SELECT article_no, row_number() OVER (ORDER BY published NULLS LAST, article) AS turn FROM articles),
keyed AS (
  SELECT figures.*, turn, concat_ws('|', kind, coalesce(unit_code, ''), head, holder, era) AS block
  FROM figures JOIN turns USING (article_no) ANTI JOIN reprints USING (article_no)
  WHERE comparable AND holder IS NOT NULL
)
SELECT keyed.*, row_number() OVER (PARTITION BY block ORDER BY period_to, turn, start, id) - 1 AS spot
FROM keyed SEMI JOIN
  (SELECT block FROM keyed GROUP BY block HAVING min(article_no) <> max(article_no)) USING (block)
"""
_PAIRS = """
SELECT {a}, {b}, EXISTS (
  FROM figures f
  WHERE f.article_no IN (a.article_no, b.article_no) AND f.unit_code IS NOT DISTINCT FROM a.unit_code
    AND f.kind = a.kind AND f.status = 'achieved'
    AND f.amount = CASE f.article_no WHEN a.article_no THEN b.amount ELSE a.amount END
) AS told_too
FROM (SELECT *, spot // $window AS stretch FROM told) a
JOIN (SELECT *, spot // $window + unnest([-1, 0, 1]) AS stretch FROM told) b USING (block, stretch)
WHERE a.turn < b.turn AND abs(a.spot - b.spot) <= $window
ORDER BY a.turn, b.turn, a.start, a.id, b.start, b.id
"""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of two articles about one thing, the earlier article's first, and whether they agree."""

    verdict: Literal["conflict", "consistent"]
    a: Fact
    b: Fact
    message: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The comparison, JSON-ready."""
        return {"verdict": self.verdict, "a": self.a.as_json(), "b": self.b.as_json(), "message": self.message}


def compare(connection: Any, rules: StoreRules) -> Iterator[Comparison]:
    """All comparisons of a store, in the order of the articles' days and ids."""
    mark_reprints(connection, rules.reprints)
    connection.execute(_TOLD)
    found = connection.execute(_PAIRS.format(a=select("a"), b=select("b")), {"window": rules.comparing.window})
    judge = _Judge(rules)
    for _, pairs in groupby(_facts(found), key=lambda pair: (pair[0].article_no, pair[1].article_no)):
        yield from judge.comparisons(list(pairs))
    connection.execute("DROP TABLE told")


def _facts(found: Any) -> Iterator[tuple[Fact, Fact, bool]]:
    """The two figures of each pair, and whether one's article tells the other's number too."""
    width = len(COLUMNS)
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            yield fact(row[:width]), fact(row[width : 2 * width]), row[-1]


def _fact_told(comparison: Comparison) -> tuple[object, ...]:
    """What two comparisons of the same two articles share where an article tells its figure twice."""
    return (
        comparison.verdict,
        *((f.kind, f.head, f.qualifiers, f.value, f.amount_low) for f in (comparison.a, comparison.b)),
    )


class _Judge:
    """Judges the pairs of two articles."""

    def __init__(self, rules: StoreRules) -> None:
        self._matcher = Matcher(rules)
        self._values = Values()
        self._rules = rules

    def comparisons(self, pairs: Sequence[tuple[Fact, Fact, bool]]) -> Iterator[Comparison]:
        """What two articles' figures say of each other; one that agrees with any contradicts none."""
        agreed: set[tuple[int, str]] = set()
        differing: list[tuple[Fact, Fact]] = []
        told: list[Comparison] = []
        for a, b, told_too in pairs:
            match = self._matcher.match(a, b)
            if self._values.agree(a, b):
                agreed |= {(a.article_no, a.id), (b.article_no, b.id)}
                if match is Match.SAME or (match is Match.NEAR and self._values.close(a, b)):
                    told.append(self._told("consistent", a, b))
            elif match is Match.SAME and not told_too:
                differing.append((a, b))
        told += [
            self._told("conflict", a, b) for a, b in differing if not {(f.article_no, f.id) for f in (a, b)} & agreed
        ]
        first: dict[tuple[object, ...], Comparison] = {}
        for comparison in told:
            first.setdefault(_fact_told(comparison), comparison)
        yield from first.values()

    def _told(self, verdict: Literal["conflict", "consistent"], a: Fact, b: Fact) -> Comparison:
        text = getattr(self._rules.messages, verdict)
        message = {}
        for language in ("en", "vi"):
            what = a.entity_expanded or b.entity_expanded or getattr(self._rules.words.unnamed, language)
            parts = {"said_a": a.said, "said_b": b.said, "from_a": a.source, "from_b": b.source, "what": what}
            message[language] = getattr(text, language).format(**parts)
        return Comparison(verdict, a, b, message)
