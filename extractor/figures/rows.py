"""Rows of counts with their categories: loại giỏi 693 người (30%), loại khá 1.155 người (50%)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.figures.categories import Categories
from extractor.figures.draft import Draft
from extractor.figures.kinds import COUNTS
from extractor.figures.lexicon import VERB
from extractor.figures.line import Line, Range


class Rows:
    """Gives the counts of a row the categories that stand before them."""

    def __init__(self, categories: Categories) -> None:
        self._categories = categories

    def name(self, line: Line, drafts: Sequence[Draft]) -> None:
        """Set the entities of the counts in rows; a share of a number behind it is said of what that counts."""
        for draft, whole in pairwise(drafts):
            if draft.kind == "percentage" and whole.kind in COUNTS and draft.entity is None:
                number = draft.stop + line.begin[draft.stop].get("share_of", 0)
                if draft.stop < number < whole.first == number + line.begin[number].get("number_heads", 0):
                    draft.entity = whole.entity  # 90% trong số hơn 1.000 hồ sơ
        rows: dict[str | None, list[tuple[int, Range]]] = {}
        for position, category in self._named(line, drafts):
            rows.setdefault(drafts[position].unit_code, []).append((position, category))
        if not rows:
            return
        told = {draft.unit_code for draft in drafts if draft.entity is not None and draft.entity[1] <= draft.first}
        for code, row in rows.items():
            for position, category in row if len(row) > 1 or code in told or self._opens(line, row[0][1]) else ():
                for draft in drafts[position + 1 : position + 2]:
                    if draft.entity == drafts[position].entity:
                        draft.entity = category  # the share behind it
                drafts[position].entity = category

    def _named(self, line: Line, drafts: Sequence[Draft]) -> Iterator[tuple[int, Range]]:
        """The positions of the counts whose noun says nothing more, with the category before them."""
        for position, draft in enumerate(drafts):
            if draft.kind not in COUNTS or draft.unit_tokens is None or draft.unit_tokens != draft.entity:
                continue
            before = drafts[position - 1] if position else None
            category = self._categories.category_before(line, draft.first, before.stop if before is not None else 0)
            if category is None or (not _parts(drafts[:position], draft) and self._categories.is_deed(line, category)):
                continue
            people = draft.unit is not None and draft.unit.person
            if people and category[1] == category[0] + 1 and line.parts.tag[category[0]] == VERB:
                continue  # bầu | 1 chủ tịch
            if not _meet(category, before.entity if before is not None else None):
                yield position, category

    def _opens(self, line: Line, category: Range) -> bool:
        """Whether the category stands right behind words that begin a clause anew: trong đó | nữ 21 người."""
        return category[0] > 0 and self._categories.opens(line, category[0])


def _parts(earlier: Sequence[Draft], draft: Draft) -> bool:
    """Whether the count may be part of one before it: hỗ trợ 38 căn nhà, xây mới 25 căn."""
    return any(each.unit_code == draft.unit_code for each in earlier)


def _meet(phrase: Range, other: Range | None) -> bool:
    """Whether two phrases share a token."""
    return other is not None and phrase[0] < other[1] and other[0] < phrase[1]
