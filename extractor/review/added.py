"""Figures that the program missed and a reviewer added: from a decision to a figure, and into a record."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.model import Figure, Interval, Record, RecordEntity
from extractor.review.decisions import Addition, Anchor, Decision

MARK = "review.added"
"""Stands in `found_by` of a figure that came from a reviewer."""


def added_figure(anchor: Anchor, addition: Addition) -> Figure:
    """The figure that a reviewer added. Its id tells its place, so that it stays the same when the reviewer corrects it."""
    at, title = addition.entity_at, "t" if anchor.field == "title" else ""
    words = {"text": addition.entity, "expanded": addition.entity}
    return Figure(
        id=f"r{title}{anchor.start}-{anchor.end}",
        field=anchor.field,
        kind=addition.kind,
        text=addition.text,
        start=addition.start,
        end=addition.end,
        number=Interval(start=anchor.start, end=anchor.end),
        value=addition.value,
        low=addition.low,
        high=addition.high,
        modifier=addition.modifier,
        unit=addition.unit,
        unit_code=addition.unit_code,
        entity=RecordEntity.model_validate({**words, "start": at.start, "end": at.end}) if at else None,
        evidence=addition.evidence,
        found_by=(MARK,),
    )


def is_added(figure: Figure) -> bool:
    """Whether the figure came from a reviewer."""
    return MARK in figure.found_by


def figure_of(decision: Decision) -> Figure | None:
    """The figure that the decision adds, if it adds one."""
    if decision.action != "add" or decision.addition is None:
        return None
    return added_figure(decision.figures[0], decision.addition)


def with_added(record: Record, added: Iterable[Figure]) -> Record:
    """The record with those figures among its own: each before the first of its field that stands behind it."""
    figures = list(record.figures)
    for figure in sorted(added, key=lambda f: f.number.start):
        same = [i for i, f in enumerate(figures) if f.field == figure.field]
        behind = (i for i in same if figures[i].number.start > figure.number.start)
        at = next(behind, same[-1] + 1 if same else 0 if figure.field == "title" else len(figures))
        figures.insert(at, figure)
    return record.model_copy(update={"figures": tuple(figures)})
