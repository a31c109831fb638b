"""Stage 7: whether the article's own arithmetic holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.check.arithmetic import Arithmetic, Outcome
from extractor.check.impossible import Limits
from extractor.check.numbers import Numbers
from extractor.check.rules import CheckRules, Message, load_rules
from extractor.document import Document, Finding, Relation
from extractor.intervals import Hedges

ALARMS = frozenset({"does_not_add_up", "exceeds_total", "conflict", "impossible"})


class Checker:
    """Checks the relations of a document. Holds tolerances and messages; checking keeps no state, in linear time."""

    def __init__(self, rules: CheckRules, hedges: Hedges) -> None:
        self._rules = rules
        self._hedges = hedges
        self._numbers = Numbers(rules.style)
        self._limits = Limits(rules.impossible)
        self._messages = {(m.check, m.verdict): m for m in rules.message}

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Checker:
        """A checker with the package's rules and those of the users' folders. Raises DataError."""
        return cls(load_rules(folders), Hedges.load(folders))

    def check(self, document: Document) -> tuple[Finding, ...]:
        """One finding a relation, and one for each share that cannot be; no two alarms for one error."""
        arithmetic = Arithmetic(document, self._hedges, self._numbers, self._rules.same)
        findings = [self._finding(relation, arithmetic.outcome(relation)) for relation in document.relations]
        told = [finding for finding in findings if finding is not None]
        told += [self._impossible(index, arithmetic) for index in self._limits.find(document)]
        return tuple(_once(told, repeated(document)))

    def _finding(self, relation: Relation, outcome: Outcome | None) -> Finding | None:
        if outcome is None:
            return None
        message = self._messages[relation.type, outcome.verdict]
        return Finding(
            check=relation.type,
            verdict=outcome.verdict,
            figures=outcome.figures,
            expected=outcome.expected,
            reported=outcome.reported,
            message=_written(message, outcome),
            found_by=(*relation.found_by, message.id),
        )

    def _impossible(self, index: int, arithmetic: Arithmetic) -> Finding:
        message = self._messages["impossible", "impossible"]
        outcome = Outcome("impossible", (index,), None, None, "", "", arithmetic.said(index))
        written = _written(message, outcome)
        return Finding("impossible", "impossible", (index,), None, None, written, (self._rules.impossible.id,))


def repeated(document: Document) -> frozenset[int]:
    """The figures that stand in blocks which repeat others."""
    twins = {i for i, block in enumerate(document.blocks) if block.duplicate_of is not None}
    return frozenset(
        index
        for index, quantity in enumerate(document.quantities)
        if document.sentences and document.sentences[quantity.sentence].block in twins
    )


def _written(message: Message, outcome: Outcome) -> dict[str, str]:
    parts = {"sum": outcome.sum, "got": outcome.got, "said": outcome.said}
    return {"en": message.en.format(**parts), "vi": message.vi.format(**parts)}


def _once(findings: Iterable[Finding], twins: frozenset[int]) -> list[Finding]:
    """The findings without the second alarm for one error: one that shares two figures, or repeats in a twin block."""
    kept: list[Finding] = []
    alarms: dict[int, list[set[int]]] = {}
    told: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.verdict in ALARMS:
            figures = set(finding.figures)
            again = (finding.check, finding.message["vi"]) in told and figures <= twins
            near = [other for index in finding.figures for other in alarms.get(index, ())]
            if again or any(len(figures & other) >= min(2, len(figures)) for other in near):
                continue
            for index in finding.figures:
                alarms.setdefault(index, []).append(figures)
            told.add((finding.check, finding.message["vi"]))
        kept.append(finding)
    return kept
