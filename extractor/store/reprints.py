"""Reprints: articles whose text stands in another one, found by their sketches in the database."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from extractor.store.rules import Reprints

# Each article is linked with the first and with the last one before it that has the same run: near-linear, where
# all pairs of a run that stands in every article (a paper's footer) would be quadratic.
_LINKS = """
WITH runs AS (
  SELECT article_no, min(article_no) OVER same AS first, lag(article_no) OVER same AS previous
  FROM shingles WINDOW same AS (PARTITION BY hash ORDER BY article_no)
), links AS (
  SELECT one, two FROM (
    SELECT first AS one, article_no AS two FROM runs UNION ALL
    SELECT previous, article_no FROM runs WHERE previous <> first
  ) WHERE one < two GROUP BY one, two HAVING count(*) >= $least
), bounded AS (
  SELECT one, two, least(a.sketch_limit, b.sketch_limit) AS bound
  FROM links JOIN articles a ON a.article_no = one JOIN articles b ON b.article_no = two
), sizes AS (
  SELECT one, two, count(*) FILTER (s.article_no = one) AS n_one, count(*) FILTER (s.article_no = two) AS n_two
  FROM bounded JOIN shingles s ON s.article_no IN (one, two) AND s.hash <= bound GROUP BY one, two
), shared AS (
  SELECT one, two, count(*) AS n
  FROM bounded JOIN shingles a ON a.article_no = one JOIN shingles b ON b.article_no = two AND b.hash = a.hash
  GROUP BY one, two
)
SELECT one, two FROM shared JOIN sizes USING (one, two)
WHERE n >= $least AND n >= $contained * least(n_one, n_two) ORDER BY one, two
"""
_RANKED = """
SELECT article_no FROM articles LEFT JOIN
  (SELECT article_no, count(*) AS told FROM figures WHERE comparable GROUP BY article_no) USING (article_no)
WHERE list_contains($members, article_no)
ORDER BY coalesce(told, 0) DESC, published NULLS LAST, article
"""


def mark_reprints(connection: Any, rules: Reprints) -> None:
    """Make the temporary table ``reprints``: of each family of near-duplicates, all articles but the fullest, earliest."""
    connection.execute("CREATE OR REPLACE TEMP TABLE reprints (article_no BIGINT)")
    least = -(-rules.smallest * rules.contained // 1)
    found = {"least": int(least), "contained": float(rules.contained)}
    for members in _families(connection.execute(_LINKS, found).fetchall()):
        ranked = connection.execute(_RANKED, {"members": members}).fetchall()
        connection.execute("INSERT INTO reprints SELECT unnest($rest)", {"rest": [row[0] for row in ranked[1:]]})


def _families(pairs: list[tuple[int, int]]) -> list[list[int]]:
    """The connected groups of a list of pairs."""
    above: dict[int, int] = {}

    def root(number: int) -> int:
        while above.get(number, number) != number:
            above[number] = above.get(above[number], above[number])
            number = above[number]
        return number

    for one, two in pairs:
        first, second = sorted((root(one), root(two)))
        above[second] = first
        above.setdefault(first, first)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(above):
        groups[root(number)].append(number)
    return list(groups.values())
