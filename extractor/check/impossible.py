"""impossible: a share of a population above 100 %, or a quotient of its own whole above one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.check.rules import Impossible
from extractor.document import Document, Quantity

HUNDRED = Decimal(100)
REACH = 60
"""How many characters of its own clause are looked at on either side of a share."""


class Limits:
    """Finds shares that cannot be. Compiled once; finding keeps no state."""

    def __init__(self, rules: Impossible) -> None:
        self._share = _any(rules.share)
        self._population = regex.compile(rf"\s*(?:{_words(rules.population)})(?![\p{{L}}\p{{N}}])")
        self._excused = _any(rules.excused)
        self._made = _any(rules.made)
        self._most = rules.most

    def find(self, document: Document) -> Iterator[int]:
        """The indices of figures that say more than all of what they are of."""
        skip = {
            i
            for i, block in enumerate(document.blocks)
            if block.role == "boilerplate" or block.duplicate_of is not None
        }
        for index, quantity in enumerate(document.quantities):
            if quantity.value is None or (document.sentences and document.sentences[quantity.sentence].block in skip):
                continue
            number = quantity.number.of(document.view.text)
            share = quantity.kind == "percentage" and quantity.value > HUNDRED
            ratio = quantity.kind == "ratio" and 1 < quantity.value <= self._most and "/" in number
            if (share or ratio) and self._of_its_own(document, quantity, ratio=ratio):
                yield index

    def _of_its_own(self, document: Document, quantity: Quantity, *, ratio: bool) -> bool:
        before, after = _clause(document, quantity)
        if self._excused.search(before) or self._excused.search(after):
            return False
        if ratio:
            return (
                not self._made.search(before)
                and quantity.unit is not None
                and bool(self._population.match(quantity.unit.lower()))
            )
        return bool(self._population.match(after)) or bool(self._share.search(before))


def _clause(document: Document, quantity: Quantity) -> tuple[str, str]:
    """What stands before and behind a figure in its own clause, its unit left out."""
    lower = document.view.lower
    sentence = document.sentences[quantity.sentence] if document.sentences else None
    start, end = (sentence.start, sentence.end) if sentence else (0, len(lower))
    before = lower[max(start, quantity.start - REACH) : quantity.start]
    before = regex.split(r"[;:()]", before)[-1]
    after = lower[quantity.end : min(end, quantity.end + REACH)]
    if quantity.unit and after.lstrip().startswith(quantity.unit.lower()):
        after = after.lstrip()[len(quantity.unit) :]
    return before, regex.split(r"[,;()]", after)[0]


def _words(words: Sequence[str]) -> str:
    return "|".join(
        regex.escape(w, literal_spaces=True).replace(" ", r"\s+") for w in sorted(words, key=len, reverse=True)
    )


def _any(words: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{_words(words)})(?![\p{{L}}\p{{N}}])")
