"""Tone marks between two neighbouring vowels: each is put on the vowel that carries it, hoà as hòa or the other way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, normalize

from extractor.cleanrules import ToneRule

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The five tone marks of Vietnamese as combining characters: huyền, sắc, ngã, hỏi, nặng."""


class TonePlaces:
    """Puts tone marks where the rules have them; lengths stay the same."""

    def __init__(self, rules: Sequence[ToneRule]) -> None:
        self._moves = _moves(rules)
        self._misplaced = _misplaced(rules)

    def placed(self, text: str) -> str:
        """`text` with every misplaced tone mark on the other vowel of its pair."""
        pieces: list[str] = []
        done = 0
        for match in self._misplaced.finditer(text):
            start = match.start() - (match.lastgroup == "late")
            behind = text[start + 2 : start + 3]
            if start >= done and not (behind and combining(behind)):  # a second mark would join the bared vowel
                pieces += text[done:start], self._moves[text[start : start + 2]]
                done = start + 2
        return "".join([*pieces, text[done:]]) if pieces else text


def _marked(vowel: str) -> list[str]:
    """A vowel with each of the five tones, composed."""
    return [normalize("NFC", vowel + tone) for tone in TONES]


def _marks(vowels: Iterable[str]) -> str:
    """All vowels with all tones, for a class of characters."""
    return "".join(mark for vowel in vowels for mark in _marked(vowel))


def _cases(pair: str) -> list[tuple[str, str]]:
    """A pair of vowels in small letters and capitals, each way."""
    return [(first, second) for first in (pair[0], pair[0].upper()) for second in (pair[1], pair[1].upper())]


def _moves(tones: Sequence[ToneRule]) -> dict[str, str]:
    """Each misplaced pair of vowels and what it becomes."""
    moves: dict[str, str] = {}
    for rule in tones:
        for first, second in (case for pair in rule.pairs for case in _cases(pair)):
            for on_first, on_second in zip(_marked(first), _marked(second), strict=True):
                early, late = on_first + second, first + on_second
                moves.update([(late, early) if rule.tone_on == "first" else (early, late)])
    return moves


def _misplaced(tones: Sequence[ToneRule]) -> re.Pattern[str]:
    """One pattern for all misplaced marks. It matches the marked vowel: the second (`late`) or first of its pair.

    The class of all marked vowels comes first, so that the engine jumps from one to the next, and then a glance at the
    neighbours, which settles nearly all of them.
    """
    late = [_tone_pattern(rule, upper=upper) for rule in tones if rule.tone_on == "first" for upper in (False, True)]
    early = [_tone_pattern(rule, upper=upper) for rule in tones if rule.tone_on == "second" for upper in (False, True)]
    pairs = [case for rule in tones for pair in rule.pairs for case in _cases(pair)]
    marked = _marks(sorted({vowel for pair in pairs for vowel in pair}))
    first, second = ("".join(sorted({pair[place] for pair in pairs})) for place in (0, 1))
    near = f"(?:(?<=[{first}].)|(?=[{second}]))"
    return re.compile(f"[{marked}]{near}(?:(?:{'|'.join(late)})(?P<late>)|(?:{'|'.join(early)})(?P<early>))")


def _tone_pattern(rule: ToneRule, *, upper: bool) -> str:
    """What stands around a marked vowel that one rule moves; letters behind the pair agree with it in case."""
    options: list[str] = []
    for pair in rule.pairs:
        first, second = pair[0] + pair[0].upper(), pair[1].upper() if upper else pair[1]
        firsts = _marks(first) if rule.tone_on == "second" else first
        seconds = _marks(second) if rule.tone_on == "first" else ""
        behind = "" if rule.tone_on == "first" else second
        follow = "" if rule.followed_by is None else r"(?![^\W\d_])"
        if rule.followed_by:
            follow = f"[{rule.followed_by.upper() if upper else rule.followed_by}]"
        here = f"[{firsts}]" + (f"[{seconds}]" if seconds else "")
        after = f"(?<=[{_both(rule.after)}]{here})" if rule.after else f"(?<={here})"
        after += f"(?<![{_both(rule.not_after)}]{here})" if rule.not_after else ""
        options.append(after + (f"(?={behind}{follow})" if behind else follow))
    return "|".join(options)


def _both(letters: str) -> str:
    return letters + letters.upper()
