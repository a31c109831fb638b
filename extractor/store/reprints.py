"""Reprints: articles whose text stands in another one, found by their sketches in the database."""

from __future__ import annotations

from typing import Any

from extractor.store.rules import Reprints

# Each article is linked with the first and with the last one before it that has the same run: near-linear, where
# all pairs of a run that stands in every article (a paper's footer) would be quadratic.
_SHINGLES = "CREATE OR REPLACE TEMP TABLE shingles AS SELECT article_no, unnest(sketch) AS hash FROM articles"
_LINKS = """
CREATE OR REPLACE TEMP TABLE links AS
WITH runs AS (
  SELECT article_no, min(article_no) OVER same AS first, lag(article_no) OVER same AS previous
  FROM shingles WINDOW same AS (PARTITION BY hash ORDER BY article_no)
), pairs AS (
  SELECT one, two FROM (
    SELECT first AS one, article_no AS two FROM runs UNION ALL
    SELECT previous, article_no FROM runs WHERE previous <> first
  ) WHERE one < two GROUP BY one, two HAVING count(*) >= $least
)
SELECT one, two, least(a.sketch_limit, b.sketch_limit) AS bound
FROM pairs JOIN articles a ON a.article_no = one JOIN articles b ON b.article_no = two
"""
_PAIRS = """
WITH sizes AS (
  SELECT one, two, count(*) FILTER (member = one) AS n_one, count(*) FILTER (member = two) AS n_two
  FROM (SELECT *, unnest([one, two]) AS member FROM links) JOIN shingles ON article_no = member AND hash <= bound
  GROUP BY one, two
), shared AS (
  SELECT one, two, count(*) AS n
  FROM links JOIN shingles a ON a.article_no = one JOIN shingles b ON b.article_no = two AND b.hash = a.hash
  GROUP BY one, two
)
SELECT one, two FROM shared JOIN sizes USING (one, two)
WHERE n >= $least AND n >= $contained * least(n_one, n_two) ORDER BY one, two
"""
_RANKED = """
CREATE OR REPLACE TEMP TABLE reprints AS
WITH families AS (SELECT unnest($members) AS article_no, unnest($family) AS family),
told AS (SELECT article_no, count(*) AS told FROM figures SEMI JOIN families USING (article_no) WHERE comparable GROUP BY 1)
SELECT article_no FROM families JOIN articles USING (article_no) LEFT JOIN told USING (article_no)
QUALIFY row_number() OVER (PARTITION BY family ORDER BY coalesce(told, 0) DESC, published NULLS LAST, article) > 1
"""


def mark_reprints(connection: Any, rules: Reprints) -> None:
    """Make the temporary table ``reprints``: of each family of near-duplicates, all articles but the fullest, earliest."""
    least = -(-rules.smallest * rules.contained // 1)
    connection.execute(_SHINGLES)
    connection.execute(_LINKS, {"least": int(least)})
    pairs = connection.execute(_PAIRS, {"least": int(least), "contained": float(rules.contained)}).fetchall()
    connection.execute("DROP TABLE links")
    connection.execute("DROP TABLE shingles")
    family = _families(pairs)
    connection.execute(_RANKED, {"members": list(family), "family": list(family.values())})


def _families(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """For each article in a list of pairs, the least one that it is connected with."""
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
    return {number: root(number) for number in sorted(above)}
