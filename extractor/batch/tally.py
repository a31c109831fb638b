"""Counting what a batch found: articles, figures by kind, findings by verdict, warnings, errors by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

Tally = Counter[str]
_GROUPS = ("figures", "relations", "findings", "errors")
_SINGLE = ("articles", "abbreviations", "duplicate_figures", "warnings", "repeated_ids", "lost")


def of_record(row: Mapping[str, Any]) -> Tally:
    """What one record counts for; a figure that repeats another is counted apart."""
    tally: Tally = Counter(articles=1, warnings=len(row["warnings"]), abbreviations=len(row["abbreviations"]))
    for figure in row["figures"]:
        if figure["duplicate_of"] is None:
            tally[f"figures.{figure['kind']}"] += 1
        else:
            tally["duplicate_figures"] += 1
    tally.update(f"relations.{relation['type']}" for relation in row["relations"])
    tally.update(f"findings.{finding['verdict']}" for finding in row["findings"])
    return tally


def of_error(row: Mapping[str, Any]) -> Tally:
    """What one error row counts for."""
    return Counter({f"errors.{row['stage']}": 1})


def failed(tally: Mapping[str, int]) -> int:
    """How many articles failed."""
    return sum(count for name, count in tally.items() if name.startswith("errors."))


def summary(tally: Mapping[str, int]) -> dict[str, Any]:
    """The counts as a tree, names sorted, each group with its total.

    >>> summary({"articles": 2, "figures.money": 3, "errors.parse": 1})["figures"]
    {'total': 3, 'by': {'money': 3}}
    """
    tree: dict[str, Any] = {name: tally.get(name, 0) for name in _SINGLE}
    for group in _GROUPS:
        by = {name.partition(".")[2]: tally[name] for name in sorted(tally) if name.startswith(f"{group}.")}
        tree[group] = {"total": sum(by.values()), "by": by}
    return tree


def counted(count: int, things: str) -> str:
    """How many of what, one of them without its s.

    >>> counted(1, "articles"), counted(1200, "articles")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {things.removesuffix('s') if count == 1 else things}"


def told(tally: Mapping[str, int]) -> str:
    """The summary in a few lines for people."""
    tree = summary(tally)
    lines = [f"{counted(tree['articles'], 'articles')}, {counted(tree['warnings'], 'warnings')}"]
    for group in _GROUPS:
        by = ", ".join(f"{name} {count:,}" for name, count in tree[group]["by"].items())
        lines.append(counted(tree[group]["total"], group) + (f": {by}" if by else ""))
    if tree["repeated_ids"]:
        lines.append(f"{counted(tree['repeated_ids'], 'ids')} given more than once; all articles are kept")
    return "\n".join(lines)
