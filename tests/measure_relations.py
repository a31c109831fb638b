"""Score relations and alarms on gold figures: ``python tests/measure_relations.py [dev genre seeds] [--errors]``."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter, defaultdict
from dataclasses import replace

from gold_documents import GOLD, gold_documents

from extractor.check import Checker
from extractor.relate import Relater

PLAIN = {"parts_sum", "percent_sum", "percent_of", "product", "same"}


def scorer():
    """The scorer beside the gold data."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_row(relation) -> dict:
    """A relation in the record format, figures by their positions."""
    return {"type": relation.type, **{k: list(v) if isinstance(v, tuple) else v for k, v in relation.roles.items()}}


def show(document, key) -> str:
    """A relation with its figures in context."""
    text = document.view.text
    out = [str(key)]
    flat = [x for part in key[1:] for x in (sorted(part) if isinstance(part, frozenset) else [part])]
    for i in flat:
        q = document.quantities[i]
        left = text[max(0, q.start - 60) : q.start].replace("\n", "⏎")
        out.append(f"      {i:3d} {q.kind[:10]:10s} {left}⟦{q.number.of(text)}⟧{text[q.number.end : q.end + 40]!r}")
    return "\n".join(out)


def measure(name: str, errors: bool) -> dict:
    """Print precision and recall per relation type, and the alarms, for one gold set."""
    score, relater = scorer(), Relater.load()
    checker = Checker.load()
    tally = defaultdict(Counter)
    alarms = Counter()
    for row, document in gold_documents(name):
        relations = relater.relate(document)
        plain = {i: i for i in range(len(row["figures"]))}
        want = score.relation_keys(row.get("relations"), plain)
        alt = score.relation_keys(row.get("relations_alt"), plain)
        got = score.relation_keys([as_row(r) for r in relations if r.exhaustive], plain)
        for key in want | (got - alt):
            tally[key[0]]["tp" if key in want & got else "fn" if key in want else "fp"] += 1
            if errors and not (key in want and key in got):
                print("MISSED" if key in want else "FALSE ", row["id"], show(document, key))
        findings = checker.check(replace(document, relations=relations))
        bad = [f for f in row.get("findings", []) if f["verdict"] in score.ALARMS]
        raised = [set(f.figures) for f in findings if f.verdict in score.ALARMS]
        found, left = score.pair_alarms([set(f["figures"]) for f in bad if not f.get("weak")], raised)
        _, left = score.pair_alarms([set(f["figures"]) for f in bad if f.get("weak")], left)
        alarms["gold"] += sum(not f.get("weak") for f in bad)
        alarms["found"] += found
        alarms["false"] += len(left)
        for f in findings:
            if f.verdict in score.ALARMS and errors:
                print(
                    "ALARM",
                    "false" if set(f.figures) in left else "right",
                    row["id"],
                    f.check,
                    f.verdict,
                    f.figures,
                    f.message["vi"],
                )
    whole = Counter()
    for kind, c in sorted(tally.items()):
        print(f"{name:6s} {kind:12s} right {c['tp']:3d}  missed {c['fn']:3d}  false {c['fp']:3d}")
        whole.update(c)
    p = whole["tp"] / ((whole["tp"] + whole["fp"]) or 1)
    r = whole["tp"] / ((whole["tp"] + whole["fn"]) or 1)
    print(f"{name:6s} precision {p:.3f} recall {r:.3f} F1 {2 * p * r / ((p + r) or 1):.3f}  alarms {dict(alarms)}")
    return {"precision": p, "recall": r, "f1": 2 * p * r / ((p + r) or 1), "alarms": alarms}


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or ["dev", "genre", "seeds"]
    for each in names:
        measure(each, "--errors" in sys.argv)
