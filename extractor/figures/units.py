"""The units of the numbers of a sentence: behind them, shared along a list, or unsaid; and which lone words count."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from extractor.datafile import merged
from extractor.figures.draft import Draft
from extractor.figures.kinds import UnitTables
from extractor.figures.line import Line
from extractor.figures.unit_behind import UnitBehind
from extractor.figures.unit_rules import CHANGED, EACH_TIME, HALF, MULTIPLE, PART_OF, UnitRules, between, phrases
from extractor.figures.unit_unsaid import UnitUnsaid
from extractor.span import Span
from extractor.tokens import Tokens
from extractor.trace import NO_TRACE, Trace
from extractor.words import Words

# Populations that a rate is told for.
ROUND = frozenset({100, 1000, 10_000, 100_000, 1_000_000})
# Tokens between two numbers of a list (", và").
JOINTS = 2
# Words of a unit phrase stand within this many characters behind the number.
_REACH = 48


class UnitResolver:
    """Gives every draft of a sentence its unit and kind, and drops those that count nothing."""

    def __init__(self, tables: UnitTables, rules: UnitRules, words: Words) -> None:
        self._tables = tables
        self._behind = UnitBehind(tables, rules)
        self._unsaid = UnitUnsaid(self._behind, rules, words)
        self._ratio_units = frozenset(rules.ratio_units)
        self._joints = frozenset(rules.list_joints)
        self._one = frozenset(rules.one)
        self._part_links = frozenset(tuple(words.split()) for words in rules.part_links)
        self._no_part = frozenset(rules.no_part)
        self._change_from = frozenset(rules.change_from)
        self._change_links = frozenset(tuple(words.split()) for words in rules.change_links)
        self._one_left = phrases(rules.one_left)
        self._one_units = frozenset(rules.one_units)
        self._not_bare_after = phrases(rules.not_bare_after)

    @classmethod
    def load(cls, tables: UnitTables, words: Words, folders: Sequence[Path] = ()) -> UnitResolver:
        """From the last of the package's and the users' `unit_rules.toml`; `words` tells nouns that no list has."""
        return cls(tables, merged("unit_rules.toml", UnitRules, folders), words)

    def unit_at(self, text: str, lower: str) -> Callable[[int], int | None]:
        """For the numeral scanner: where the unit ends that starts at a text position, or None."""

        def end_of_unit(position: int) -> int | None:
            if not self._tables.begins(Tokens.first(lower, position)):
                return None
            tokens = Tokens.of(text, lower, position, min(len(text), position + _REACH))
            found = self._tables.match(tokens, 0) if len(tokens.texts) and tokens.starts[0] - position <= 1 else None
            if found is None:
                return None
            stop = min(found[1][0].length, found[0])
            return tokens.end(stop - 1)

        return end_of_unit

    def resolve(self, line: Line, drafts: list[Draft], trace: Trace) -> list[Draft]:
        """The drafts that have a unit or need none, with unit and kind set."""
        tokens = line.tokens
        for position, draft in enumerate(drafts):
            limit = drafts[position + 1].number_first if position + 1 < len(drafts) else len(tokens.texts)
            self._behind.assign(line, draft, limit)
        if len(drafts) > 1:
            self._once_in(tokens, drafts)
            drafts = self._in_so_many(tokens, drafts)
            for position in range(len(drafts) - 2, -1, -1):
                self._share(tokens, drafts[position], drafts[position + 1])
        before = None
        for position, draft in enumerate(drafts):
            if not draft.kind:
                self._unsaid.assign(line, draft, before)
            if not draft.kind and position + 1 < len(drafts):
                self._changed(tokens, draft, drafts[position + 1])
            if not draft.kind and before is not None:
                self._become(tokens, before, draft)
            before = draft if draft.kind else before
            if not draft.kind:
                _reject(draft, trace, "it counts nothing")
        return [draft for draft in drafts if draft.kind]

    def _once_in(self, tokens: Tokens, drafts: list[Draft]) -> None:
        """Of hai năm một lần: one figure, a rate; the time before it is its measure and no duration."""
        for before, draft in itertools.pairwise(drafts):
            once = draft.unit_text in self._ratio_units and tokens.lowers[draft.number_first] in self._one
            if once and before.kind == "duration" and draft.number_first - before.stop <= 1:
                draft.kind, before.kind = "rate", ""
                draft.rules.append(EACH_TIME)

    def _in_so_many(self, tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
        """43,1/100.000 dân: one figure, a rate; the round number behind the slash belongs to its unit."""
        taken: set[int] = set()
        for position, (draft, following) in enumerate(itertools.pairwise(drafts)):
            slash, first = draft.number_stop, following.number_first
            if draft.kind or first - slash != 1 or tokens.texts[slash] != "/" or following.numeral.value not in ROUND:
                continue
            stop = following.unit_tokens[1] if following.unit_tokens else following.number_stop
            text = between(tokens, slash, stop)
            draft.set_unit(following.unit, slash, stop, text, "per", "rate", "units.per")
            taken.add(position + 1)
        return [draft for position, draft in enumerate(drafts) if position not in taken]

    def _share(self, tokens: Tokens, draft: Draft, following: Draft) -> None:
        """12, 15 và 8 lớp: a list shares the last one's unit."""
        if draft.kind or following.unit is None or following.inherited:
            return
        gap = tokens.lowers[draft.number_stop : following.number_first]
        if self._is_part(tokens, draft, tuple(gap)):
            draft.set_unit(following.unit, 0, 0, following.unit_text, following.unit_code, following.unit.kind, PART_OF)
            draft.unit_tokens = following.unit_tokens
            return
        if draft.numeral.bare:
            return
        if not gap or len(gap) > JOINTS or not all(word in self._joints for word in gap):
            return
        if following.kind != "money" and self._unsaid.is_surely_sum(tokens, draft):
            return  # trị giá 350 triệu; 4.200 ngày công
        first, stop = following.unit_tokens or (0, 0)
        draft.set_unit(
            following.unit, 0, 0, following.unit_text, following.unit_code, following.kind, "units.shared-in-list"
        )
        draft.unit_tokens = (first, stop) if first < stop else None

    def _is_part(self, tokens: Tokens, draft: Draft, gap: tuple[str, ...]) -> bool:
        """5 trong 7 yêu cầu; "một trong 7" is no number, it says "one of them"."""
        if gap not in self._part_links or draft.numeral.decimals:
            return False
        return not draft.numeral.bare or tokens.lowers[draft.number_first] not in self._no_part

    def _changed(self, tokens: Tokens, draft: Draft, following: Draft) -> None:
        """Giảm từ 5.200 xuống còn 4.100 người; not từ 15 lên 18 nghìn đồng, where the thousands are the first one's too."""
        if following.numeral.form == "digits" and self._between(tokens, draft, following, following.kind):
            draft.set_unit(following.unit, 0, 0, following.unit_text, following.unit_code, following.kind, CHANGED)

    def _become(self, tokens: Tokens, before: Draft, draft: Draft) -> None:
        """Số CĐCS tăng từ 320 lên 415: what the first value counts the second counts too."""
        if draft.numeral.form == "digits" and self._between(tokens, before, draft, before.kind):
            draft.set_unit(before.unit, 0, 0, before.unit_text, before.unit_code, before.kind, CHANGED)

    def _between(self, tokens: Tokens, first: Draft, second: Draft, kind: str) -> bool:
        """Whether two numbers are a count or share before and after: từ … lên …."""
        gap = tuple(tokens.lowers[first.number_stop : second.number_first])
        if gap not in self._change_links or not first.number_first or first.numeral.bare or second.numeral.bare:
            return False
        counts = kind.endswith("_count") or kind == "percentage"
        return counts and tokens.lowers[first.number_first - 1] in self._change_from

    def accept(self, draft: Draft, trace: Trace, tokens: Tokens) -> bool:
        """Whether a lone number word is a number here; any other numeral is."""
        if not draft.numeral.bare or self._bare_counts(draft, tokens):
            return True
        _reject(draft, trace, "a lone word, no number here")
        return False

    def _bare_counts(self, draft: Draft, tokens: Tokens) -> bool:
        index = draft.number_first
        word = tokens.lowers[index]
        if MULTIPLE in draft.rules or HALF in draft.rules:
            return True
        if draft.unit_tokens is None or draft.unit_tokens[0] < draft.number_stop:
            return False
        if word not in self._one:
            return self._not_bare_after.match_back(tokens, index) is None
        if draft.modifier != "exact" or draft.kind in ("rate", "money", "percentage"):
            return True
        if self._one_left.match_back(tokens, index) is not None:
            return True
        return draft.unit_text in self._one_units


def _reject(draft: Draft, trace: Trace, why: str) -> None:
    if trace is not NO_TRACE:
        trace.note(Span(draft.numeral.start, draft.numeral.end), draft.numeral.rule, "rejected", why)
