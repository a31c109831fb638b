"""Decisions applied to a record: rejected figures go, corrected ones say what the reviewer said, findings follow."""

from __future__ import annotations

import unicodedata

from extractor.model import Figure, Record, RecordEntity, RecordFinding
from extractor.review.added import added_figure, with_added
from extractor.review.decisions import Anchor, Correction, Decision, Decisions
from extractor.web.index import text_digest

WHERE = {"start", "end", "text"}
MARKS = {"confirm": "review.confirmed", "correct": "review.corrected", "accept": "review.accepted"}


def apply(record: Record, decisions: Decisions) -> Record:
    """The record after what reviewers decided on its article.

    Figures are matched by field, place and letters of their numbers, findings by check and figures. Rejected figures go,
    with the relations and findings that lose them; findings of corrected figures are worked out anew. Decisions that
    no longer fit the article are told in the record's warnings. A record on which nothing was decided comes back as it is.
    """
    mine = decisions.on(record.id, text_digest(record))
    stale: list[str] = []
    rejected: set[str] = set()
    changed: dict[str, Figure] = {}
    on_findings: list[Decision] = []
    added: list[Figure] = []
    for decision in mine:
        if decision.check is not None:
            on_findings.append(decision)
        elif decision.action == "add":
            _add_figure(record, decision, added, changed, stale)
        elif decision.figures:
            _apply_to_figure(record, decision, rejected, changed, stale)
    if mine:
        record = with_added(_without(record, rejected, changed), added)
        record = _with_findings(record, on_findings, stale)
    if stale:
        record = record.model_copy(update={"warnings": (*record.warnings, *stale)})
    return record


def _apply_to_figure(
    record: Record, decision: Decision, rejected: set[str], changed: dict[str, Figure], stale: list[str]
) -> None:
    anchor = decision.figures[0]
    figure = figure_at(record, anchor)
    if figure is None:
        if decision.action != "reject" or not _stands(record, anchor):
            stale.append(f"{decision.told()} no longer fits: no figure {anchor.text!r} at {_place(anchor)}")
    elif decision.action == "reject":
        rejected.add(figure.id)
    elif decision.action == "confirm":
        changed[figure.id] = _marked(figure, decision.action)
    elif decision.action == "correct" and decision.correction is not None:
        changed[figure.id] = corrected(record, figure, decision.correction)


def _add_figure(
    record: Record, decision: Decision, added: list[Figure], changed: dict[str, Figure], stale: list[str]
) -> None:
    """Where this run finds the figure by itself, it says what the reviewer said; otherwise it comes in."""
    anchor, addition = decision.figures[0], decision.addition
    known = figure_at(record, anchor)
    if addition is None:
        return
    if known is not None:
        changed[known.id] = corrected(record, known, addition)
    elif _stands(record, anchor) and _stands(record, anchor.model_copy(update=addition.model_dump(include=WHERE))):
        added.append(added_figure(anchor, addition))
    else:
        stale.append(f"{decision.told()} no longer fits: {anchor.text!r} is not at {_place(anchor)}")


def figure_at(record: Record, anchor: Anchor) -> Figure | None:
    """The figure whose number stands at the anchor with the same letters, None if there is none."""
    for figure in record.figures:
        same = (figure.field, figure.number.start, figure.number.end) == (anchor.field, anchor.start, anchor.end)
        if same and _stands(record, anchor):
            return figure
    return None


def _stands(record: Record, anchor: Anchor) -> bool:
    return (getattr(record, anchor.field) or "")[anchor.start : anchor.end] == anchor.text


def _place(anchor: Anchor) -> str:
    return f"{anchor.field} {anchor.start}–{anchor.end}"


def _marked(figure: Figure, action: str) -> Figure:
    return figure.model_copy(update={"ambiguous": None, "found_by": (*figure.found_by, MARKS[action])})


def corrected(record: Record, figure: Figure, correction: Correction) -> Figure:
    """The figure with the reviewer's value, kind, modifier and entity."""
    entity = figure.entity
    if correction.entity is None:
        entity = None
    elif entity is None or correction.entity != entity.text:
        at = correction.entity_at or locate(getattr(record, figure.field) or "", correction.entity, figure)
        words = {"text": correction.entity, "expanded": correction.entity}
        entity = RecordEntity.model_validate({**words, "start": at.start, "end": at.end}) if at else figure.entity
    changes = {
        "value": correction.value, "low": correction.low, "high": correction.high,
        "kind": correction.kind, "modifier": correction.modifier, "entity": entity,
    }  # fmt: skip
    return _marked(figure.model_copy(update=changes), "correct")


def locate(text: str, words: str, figure: Figure) -> RecordEntity | None:
    """Where words stand in a text, composed or decomposed as it is: the occurrence nearest to the figure's number."""
    best: tuple[int, int, str] | None = None
    for form in dict.fromkeys((words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words))):
        after = text.find(form, figure.start)
        before = text.rfind(form, 0, figure.number.start)
        for start in (after, before):
            if start >= 0 and form:
                distance = abs(start - figure.number.start)
                best = min(best, (distance, start, form)) if best else (distance, start, form)
    if best is None:
        return None
    _, start, form = best
    return RecordEntity(start=start, end=start + len(form), text=form, expanded=form)


def _without(record: Record, rejected: set[str], changed: dict[str, Figure]) -> Record:
    """The record without the rejected figures and all that names them, with the changed ones in their places."""
    kept = (changed.get(f.id, f) for f in record.figures if f.id not in rejected)
    figures = tuple(f.model_copy(update={"duplicate_of": None}) if f.duplicate_of in rejected else f for f in kept)
    relations = tuple(r for r in record.relations if rejected.isdisjoint(r.members()))
    findings = tuple(f for f in record.findings if rejected.isdisjoint(f.figures))
    before = {f.id: f for f in record.figures}
    other = {i for i, f in changed.items() if _other_meaning(before[i], f)}
    record = record.model_copy(update={"figures": figures, "relations": relations, "findings": findings})
    if not other:
        return record
    from extractor.review.recheck import recheck  # noqa: PLC0415 (loads the checks, needed by few records)

    untouched = (f for f in findings if other.isdisjoint(f.figures))
    return record.model_copy(update={"findings": (*untouched, *recheck(record, other))})


def _other_meaning(before: Figure, after: Figure) -> bool:
    names = ("value", "low", "high", "kind", "modifier")
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _with_findings(record: Record, decisions: list[Decision], stale: list[str]) -> Record:
    findings: list[RecordFinding] = list(record.findings)
    for decision in decisions:
        ids = {f.id for f in (figure_at(record, a) for a in decision.figures) if f is not None}
        same = [f for f in findings if f.check == decision.check and set(f.figures) == ids]
        whole = len(ids) == len(decision.figures)
        if not same:
            if decision.action != "dismiss" or not whole:
                stale.append(f"{decision.told()} no longer fits: no finding {decision.check} on these figures")
        elif decision.action == "dismiss":
            findings = [f for f in findings if f not in same]
        else:
            mark = MARKS["accept"]
            findings = [f.model_copy(update={"found_by": (*f.found_by, mark)}) if f in same else f for f in findings]
    return record.model_copy(update={"findings": tuple(findings)})
