"""How well scope is found on gold figures: python tests/measure_scope.py [--errors] [SET …]. Prints the scorer's four measures."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gold_documents import GOLD, gold_documents

from extractor.document import Document, Scope
from extractor.scope import ScopeFinder

FIELDS = ("status", "period", "place", "organization")


def token_f1() -> Any:
    """The scorer's own comparison of phrases."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec and spec.loader
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
    for name in names:
        for row, document in gold_documents(name):
            if "scope" in row:
                yield row["id"], sorted(row["scope"], key=lambda s: s["i"]), document


def main(arguments: list[str]) -> None:
    errors = "--errors" in arguments
    names = [a for a in arguments if not a.startswith("-")] or ["genre"]
    finder, f1 = ScopeFinder.load(), token_f1()
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
    print({name: round(total[name] / (count or 1), 4) for name in FIELDS}, count, f"{1e6 * spent / (count or 1):.0f} µs")


if __name__ == "__main__":
    main(sys.argv[1:])
