"""What a sentence says was done with the thing counted: held, admitted, given and so on."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import Action

_NONE = ""
_STOP = regex.compile(r"[,;:.!?\n]")
_BREAK = regex.compile(r"[;:.!?\n]")


class Actions:
    """Finds the deed that belongs to a figure. Built once; keeps no state."""

    def __init__(self, actions: Sequence[Action], nouns: Sequence[str]) -> None:
        deeds = [(words, action.id) for action in actions for words in action.words]
        self._book = PhraseBook([*deeds, *((words, _NONE) for words in nouns)])
        self._stock = frozenset(action.id for action in actions if action.stock)
        self._not_deeds = self._stock | {_NONE}

    def find(self, sentence: str, start: int, end: int, others: Sequence[tuple[int, int]]) -> str | None:
        """The id of the deed for the figure at ``sentence[start:end]``; `others` are the sentence's other figures.

        The deed nearest to the figure counts, before it or behind (to the comma), not reaching over another figure; else the last
        one before it in its clause. A mere ``có`` gives way to any deed.
        """
        clause = max((m.end() for m in _BREAK.finditer(sentence, 0, start) if _real(sentence, m.start())), default=0)
        left = max((e for _, e in others if clause <= e <= start), default=clause)
        right = min((s for s, _ in others if s >= end), default=len(sentence))
        stop = next((m.start() for m in _STOP.finditer(sentence, end, right) if _real(sentence, m.start())), right)
        before, behind = self._deeds(sentence[left:start]), self._deeds(sentence[end:stop])
        near = [(gap, 0, deed) for _, gap, deed in before[-1:]] + [(gap, 1, deed) for gap, _, deed in behind[:1]]
        if near:
            return min(near)[2]
        further = [deed for _, _, deed in self._deeds(sentence[clause:left])]
        return further[-1] if further else self._had(sentence[left:start])

    def without(self, words: Sequence[str], deed: str | None) -> tuple[str, ...]:
        """The words with those of a deed taken out: ``đoàn viên kết nạp mới`` that were admitted are members."""
        kept: list[str] = []
        done = 0
        for start, end, told in self._book.find(words) if deed else ():
            if told == deed:
                kept += words[done:start]
                done = end
        return (*kept, *words[done:])

    def _deeds(self, stretch: str) -> list[tuple[int, int, str]]:
        """How many syllables lie before and behind each deed of a stretch, and its id."""
        words = syllables(stretch)
        found = self._book.find(words)
        return [(first, len(words) - last, deed) for first, last, deed in found if deed not in self._not_deeds]

    def _had(self, stretch: str) -> str | None:
        return next((deed for _, _, deed in self._book.find(syllables(stretch)) if deed in self._stock), None)


def _real(sentence: str, mark: int) -> bool:
    """Whether a mark ends a clause: not one between digits (8.500, 6:30)."""
    return not (mark + 1 < len(sentence) and sentence[mark + 1].isdigit() and mark and sentence[mark - 1].isdigit())
