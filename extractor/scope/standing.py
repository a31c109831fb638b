"""How an expression of time stands: at the head of its clause, or behind a noun that it only names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.datafile import Table
from extractor.lookup import right_before
from extractor.scope.mention import TimeMention

CLOSING = ("”", '"', "»")
"""A year right behind a name in quotation marks belongs to it: chương trình "Tết sum vầy" năm 2024."""
FAR = 60
"""Letters before an expression in which it shows whether it dates its clause."""


class StandingTable(Table):
    """The words by which it shows whether an expression dates its clause."""

    openers: frozenset[str]
    attributive: tuple[str, ...]
    habitual: tuple[str, ...]
    surveys: tuple[str, ...]
    documents: tuple[str, ...]


class Standing:
    """Tells whether a mention dates its clause. The rules `only_fronted` date one only at its head."""

    def __init__(self, table: StandingTable, only_fronted: Iterable[str]) -> None:
        self._openers = table.openers
        self._attributive = right_before(table.attributive, r"(?:\s+[\dxvi]{1,4})?\s*\(?,?\s*")
        self._document = right_before(table.documents, r"(?![\p{L}])[^,;:()\n]{0,44}")
        self._only_fronted = frozenset(only_fronted)
        self._break = re.compile(r".*[,;:(.!?“”\"–\n]|.* -|.*\)", re.DOTALL)

    def placed(self, lower: str, mention: TimeMention, start: int) -> TimeMention:
        """The mention with its standing: at the head of its clause, or after a noun that it only names."""
        least = max(start, mention.start - FAR)
        before = lower[least : mention.start]
        cut = self._break.match(before)
        words = before[cut.end() if cut else 0 :].split()
        whole = cut is not None or mention.start - FAR <= start
        fronted = whole and len(words) <= 4 and self._openers.issuperset(words)  # noqa: PLR2004
        named = mention.role not in ("state", "now", "comparison") and bool(
            self._attributive.match(lower, least, mention.start)
        )
        # chương trình "Tết Sum vầy" năm 2024, but not: chị kể: "Năm 2008 …
        titled = mention.rule == "period.year" and before[-1:] == " " and before.rstrip()[-1:] in CLOSING
        named = named or titled
        named = named or (mention.rule == "period.day" and bool(self._document.match(lower, least, mention.start)))
        named = named or (not fronted and mention.rule in self._only_fronted)
        attributive = named and (titled or not fronted or mention.rule == "period.term")
        fronted = fronted and not attributive
        return TimeMention(*mention[:5], fronted, attributive, *mention[7:])
