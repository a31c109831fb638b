"""How well scope is found: python tests/measure_scope.py [--errors] [SET …]. Prints the scorer's four measures.

A SET is a gold file's name (``genre``) or ``own``, the articles of ``cases/scope_articles.toml``.
"""

from __future__ import annotations

import importlib.util
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from figure_notation import marked_document
from gold_documents import GOLD, gold_documents

from extractor.document import Document, Scope
from extractor.scope import ScopeFinder
from extractor.words import Words

OWN = Path(__file__).parent / "cases" / "scope_articles.toml"
FIELDS = ("status", "period", "place", "organization")


def token_f1() -> Any:
    """The scorer's own comparison of phrases."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.token_f1


def compare(gold: dict[str, Any], scope: Scope, f1: Any) -> dict[str, float]:
    """Each field's agreement, between 0 and 1."""
    period = [scope.period.first, scope.period.last] if scope.period else [None, None]
    want = [date.fromisoformat(d) if d else None for d in gold["period"] or [None, None]]
    return {
        "status": float(gold["status"] == scope.status),
        "period": float(want == period),
        "place": f1(gold["place"], scope.place.text if scope.place else None),
        "organization": f1(gold["organization"], scope.organization.text if scope.organization else None),
    }


def told(scope: Scope) -> dict[str, Any]:
    """A scope as gold writes it."""
    return {
        "status": scope.status,
        "period": [str(scope.period.first), str(scope.period.last)] if scope.period and scope.period.first else None,
        "place": scope.place.text if scope.place else None,
        "organization": scope.organization.text if scope.organization else None,
    }


def rows(names: list[str]) -> Iterator[tuple[str, list[dict[str, Any]], Document]]:
    """Articles with their scope as gold writes it, and their documents."""
    for name in names:
        if name == "own":
            yield from own_articles()
            continue
        for row, document in gold_documents(name):
            if "scope" in row:
                yield row["id"], sorted(row["scope"], key=lambda s: s["i"]), document


def own_articles() -> Iterator[tuple[str, list[dict[str, Any]], Document]]:
    """The articles of our own."""
    for article in tomllib.loads(OWN.read_text("utf-8"))["article"]:
        document = marked_document(article["text"])
        if "published" in article:
            document = replace(document, published=date.fromisoformat(article["published"]))
        yield article["id"], list(annotated(article["scope"])), document


def annotated(lines: str) -> Iterator[dict[str, Any]]:
    """Gold's entries from lines like ``2 achieved 2020-01-01..2020-12-31 | place | organization``."""
    index = 0
    for line in lines.strip().splitlines():
        head, place, organization = (part.strip() for part in line.split("|"))
        count, status, period = head.split()
        for _ in range(int(count)):
            yield {
                "i": index,
                "status": status,
                "period": None if period == "-" else period.split(".."),
                "place": None if place == "-" else place,
                "organization": None if organization == "-" else organization,
            }
            index += 1


def main(arguments: list[str]) -> None:
    errors = "--errors" in arguments
    names = [a for a in arguments if not a.startswith("-")] or ["genre"]
    finder, f1 = ScopeFinder.load(Words().vocabulary()), token_f1()
    total = dict.fromkeys(FIELDS, 0.0)
    count, spent = 0, 0.0
    for key, gold, document in rows(names):
        begin = time.perf_counter()
        scopes = finder.find(document)
        spent += time.perf_counter() - begin
        for g in gold:
            quantity = document.quantities[g["i"]]
            got = compare(g, scopes[g["i"]], f1)
            count += 1
            for name in FIELDS:
                total[name] += got[name]
                if errors and got[name] < 0.7:
                    context = document.view.text[max(0, quantity.start - 60) : quantity.end + 40].replace("\n", "⏎")
                    print(f"{key}\t{g['i']}\t{name}\t{g[name]!r} ≠ {told(scopes[g['i']])[name]!r}\t{context}")
    print(
        {name: round(total[name] / (count or 1), 4) for name in FIELDS}, count, f"{1e6 * spent / (count or 1):.0f} µs"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
