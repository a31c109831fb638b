"""What a sentence says was done with the thing counted: held, admitted, given and so on."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import Action

_BREAK = regex.compile(r"[;:.!?\n]")


class Actions:
    """Finds the deed that belongs to a figure. Built once; keeps no state."""

    def __init__(self, actions: Sequence[Action]) -> None:
        self._book = PhraseBook((words, action.id) for action in actions for words in action.words)
        self._stock = frozenset(action.id for action in actions if action.stock)

    def find(self, sentence: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> str | None:
        """The id of the deed for the figure at ``sentence[start:end]``; `others` are the sentence's other figures.

        The nearest deed before it counts, not reaching over another figure; then one behind it; then any before it
        in its clause. A mere ``có`` gives way to a deed behind the figure.
        """
        clause = max((m.end() for m in _BREAK.finditer(sentence, 0, start) if _real(sentence, m.start())), default=0)
        left = max((e for _, e in others if clause <= e <= start), default=clause)
        right = min((s for s, _ in others if s >= end), default=len(sentence))
        near = self._last(sentence[left:start])
        behind = self._first(sentence[end:right])
        if near is not None and near not in self._stock:
            return near
        return behind or near or self._last(sentence[clause:start])

    def _last(self, stretch: str) -> str | None:
        found = [value for _, _, value in self._book.find(syllables(stretch))]
        deeds = [value for value in found if value not in self._stock]
        return next(reversed(deeds or found), None)

    def _first(self, stretch: str) -> str | None:
        end = _BREAK.search(stretch)
        words = syllables(stretch[: end.start()] if end else stretch)
        return next((value for _, _, value in self._book.find(words) if value not in self._stock), None)


def _real(sentence: str, mark: int) -> bool:
    """Whether a mark ends a clause: not one between digits (8.500, 6:30)."""
    return not (mark + 1 < len(sentence) and sentence[mark + 1].isdigit() and mark and sentence[mark - 1].isdigit())
