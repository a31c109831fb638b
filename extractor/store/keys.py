"""What a figure is compared by: normalised words for what is counted, whose, when, and what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from extractor.scope.gazetteer import Gazetteer
from extractor.store.actions import Actions
from extractor.store.areas import Areas
from extractor.store.holders import Holders
from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import StoreRules, head_ids

Cells = dict[str, Any]
KEYS = {
    "head": "VARCHAR", "qualifiers": "VARCHAR", "holder": "VARCHAR", "holder_sort": "VARCHAR", "area": "VARCHAR",
    "era": "VARCHAR", "action": "VARCHAR", "single": "BOOLEAN", "comparable": "BOOLEAN", "number": "VARCHAR",
    "amount": "VARCHAR", "amount_low": "VARCHAR", "amount_high": "VARCHAR",
}  # fmt: skip
"""Columns of a figure beside those of the record's tables. Amounts are exact, as decimal text.

`era` tells how the period is compared: the first day of a ``span``, ``day`` for a single day, ``none``.
`single`: the article tells no other number under the same keys, and not as a part of one. `comparable`: it can be held against others.
"""


class Keys:
    """Makes the keys of a record's figures. Built once; keeps no state."""

    def __init__(self, rules: StoreRules, gazetteer: Gazetteer) -> None:
        self._ignored = PhraseBook((words, words) for words in rules.phrases.ignored)
        self._tails = PhraseBook((words, words) for words in rules.phrases.tails)
        self._parts = PhraseBook((words, words) for words in rules.phrases.parts)
        self._each = PhraseBook((words, words) for words in rules.phrases.each)
        self._heads = PhraseBook(
            (words, next(i for i, w in head_ids(head).items() if not head.exact or w == words))
            for head in rules.head
            for words in head.words
        )
        self.actions = Actions(rules.action, rules.nouns.words)
        self._one_deed = {(deed.kind, action): deed.actions[0] for deed in rules.one_deed for action in deed.actions}
        self._areas = Areas(rules.areas, gazetteer)
        self._holders = Holders(rules.holders, self._areas)

    def of(self, record: Mapping[str, Any]) -> list[Cells]:
        """The keys of all figures of a record (JSON-ready values), in its order."""
        figures = record["figures"]
        rows = [self._keys(record, figure) for figure in figures]
        out = _left_out(record, {figure["id"]: row for figure, row in zip(figures, rows, strict=True)})
        aside = [(b["start"], b["end"]) for b in record.get("blocks", ()) if b["role"] == "boilerplate"]
        again = {f for r in record["relations"] if r["type"] == "same" for f in r["figures"][1:]}
        told: defaultdict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
        for figure, row in zip(figures, rows, strict=True):
            row["comparable"] = (
                row["head"] is not None
                and figure["status"] == "achieved"
                and figure["duplicate_of"] is None
                and figure["id"] not in out
                and not (figure["field"] == "text" and any(s <= figure["start"] < e for s, e in aside))
            )
            if row["comparable"] and figure["id"] not in again:
                told[_mark(figure, row)].add((figure["value"], figure["low"], figure["high"]))
        for figure, row in zip(figures, rows, strict=True):
            row["single"] = len(told[_mark(figure, row)]) <= 1 and not self._part(record, figure, row)
        return rows

    def head(
        self, entity: str, kind: str, unit: str | None, unit_code: str | None, deed: str | None = None
    ) -> tuple[str | None, str]:
        """The head and the qualifiers of what is counted, from its words; a head of None says nothing.

        Words of the `deed` that the sentence tells qualify nothing: ``số đoàn viên kết nạp mới``.
        """
        words = syllables(entity)
        tail = next(((start, end) for start, end, _ in self._tails.find(words) if start), None)
        words = words[: tail[0]] if tail else words
        if kind == "rate" and unit:
            return " ".join((*syllables(unit), *self._ignored.without(words))), ""
        if not self._ignored.without(words):
            words = syllables(unit or "") if unit_code != "VND" else ()
        first = 0
        while (found := self._heads.at(words, first)) is None and (skipped := self._ignored.at(words, first)):
            first += skipped[0]
        rest = self._ignored.without(self.actions.without(words[first + found[0] :], deed) if found else words)
        qualifiers = " ".join(sorted(set(rest)))
        if found is not None:
            return found[1], qualifiers
        return ("head.sum", qualifiers) if kind == "money" else (" ".join(rest) or None, "")

    def _keys(self, record: Mapping[str, Any], figure: Mapping[str, Any]) -> Cells:
        entity = _without(
            (figure["entity"] or {}).get("expanded") or "", (figure["organization"] or {}).get("expanded")
        )
        text = record.get(figure["field"]) or ""
        action = self._action(record, figure, text) if text else None
        head, qualifiers = self.head(entity, figure["kind"], figure["unit"], figure["unit_code"], action)
        place = _written_out(record, figure["place"])
        holder = self._holders.find(figure["organization"], place)
        area = self._areas.of_place(place)
        return {
            "head": head,
            "qualifiers": qualifiers,
            "holder": holder and holder.key,
            "holder_sort": holder and holder.sort,
            "area": area and area.key(),
            "era": _era(figure),
            "action": action,
            "number": " ".join(text[figure["number"]["start"] : figure["number"]["end"]].split()) or figure["text"],
            **{
                f"amount{end}": _exact(figure[name])
                for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
            },
        }

    def _part(self, record: Mapping[str, Any], figure: Mapping[str, Any], row: Cells) -> bool:
        """Whether there may be more such figures: one of each thing, or a part without words of its own."""
        if self._each.at(syllables((figure["entity"] or {}).get("expanded") or ""), 0):
            return True
        before = (record.get(figure["field"]) or "")[figure["evidence"]["start"] : figure["start"]]
        return not row["qualifiers"] and any(self._parts.find(syllables(before)))

    def _action(self, record: Mapping[str, Any], figure: Mapping[str, Any], text: str) -> str | None:
        first, last = figure["evidence"]["start"], figure["evidence"]["end"]
        others = [
            (other["start"] - first, other["end"] - first)
            for other in record["figures"]
            if other is not figure and other["field"] == figure["field"] and first <= other["start"] < last
        ]
        action = self.actions.find(text[first:last], figure["start"] - first, figure["end"] - first, others)
        return self._one_deed.get((figure["kind"], action or ""), action)


def _without(entity: str, organization: str | None) -> str:
    """What is counted, without the body that a phrase like ``đoàn viên của LĐLĐ huyện`` ends with."""
    at = entity.lower().find(organization.lower()) if organization else -1
    return entity[:at].rstrip(" ,") if at > 0 else entity


def _written_out(record: Mapping[str, Any], place: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A place without short forms in its name: ``TP.HCM`` as ``Thành phố Hồ Chí Minh``."""
    if place is None:
        return None
    for use in record["abbreviations"]:
        if use["long"] and place["text"].endswith(use["short"]):
            return {**place, "text": place["text"].removesuffix(use["short"]) + use["long"]}
    return place


def _left_out(record: Mapping[str, Any], rows: Mapping[str, Cells]) -> set[str]:
    """The figures that must not be held against others: parts named like their whole, one of many, sizes of changes."""
    out: set[str] = set()
    for relation in record["relations"]:
        if relation["type"] == "parts_sum":
            whole = rows[relation["whole"]]
            for part in relation["parts"]:
                row = rows[part]
                if row["head"] == whole["head"] and row["qualifiers"] in ("", whole["qualifiers"]):
                    out.add(part)
        elif relation["type"] == "product":
            out.add(relation["each"])
        elif relation["type"] == "change":
            out |= {relation[role] for role in ("from", "by") if relation.get(role)}
    return out


def _mark(figure: Mapping[str, Any], row: Cells) -> tuple[Any, ...]:
    """What two figures of one article share that cannot be told apart."""
    period = figure["period"] or {}
    names = ("head", "qualifiers", "holder", "holder_sort", "area", "action")
    return (figure["kind"], figure["unit_code"], period.get("from"), period.get("to"), *(row[name] for name in names))


def _era(figure: Mapping[str, Any]) -> str:
    period = figure["period"]
    if period is None or period["from"] is None or period["to"] is None:
        return "none"
    return "day" if period["from"] == period["to"] else str(period["from"])


def _exact(value: object) -> str | None:
    return None if value is None else str(value)
