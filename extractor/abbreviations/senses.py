"""Which sense a short form has: phrases beside it, its neighbours in a list, other uses, and the article's words.

Each speaks for a sense with a weight; the sense with most wins, a draw goes to the usual sense, and where nothing
tells the use stays ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.abbreviations.letters import CAPITALS
from extractor.abbreviations.lexicon import Lexicon, Sense

BESIDE = 4.0
"""A phrase directly beside the short form."""
SHAPE = 3.0
"""A name or a number beside it, which says less than a phrase."""
LIST = 2.0
"""A neighbour in a list that belongs to the same domain (``ĐH, CĐ``)."""
SAME = 2.0
"""The other uses in the article, all of one sense."""
USUAL = 0.9
"""The sense that is usual where nothing speaks for another."""
WORD = 0.5
"""One word of the sense in the article; three of them count at most."""
MOST_WORDS = 3

_REACH = 48
_SLOTS = {
    "<name>": rf"\.?\s?(?-i:[{CAPITALS}][^\W\d_]*)",
    "<names>": rf"(?-i:[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{0,3}})",
    "<number>": r"\d[\w.]*",
    "<roman>": r"(?-i:[IVX]+)\b",
}


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled phrases of one sense, None where it has none; shapes are phrases of nothing but a slot."""

    left: re.Pattern[str] | None
    left_shape: re.Pattern[str] | None
    right: re.Pattern[str] | None
    right_shape: re.Pattern[str] | None
    unless_left: re.Pattern[str] | None
    unless_right: re.Pattern[str] | None


class SenseChooser:
    """Scores the senses of short forms; cues are compiled when a short form is first met."""

    def __init__(self, lexicon: Lexicon) -> None:
        credit = "|".join(re.escape(word) for word in lexicon.rules.credits)
        self._dateline_left = re.compile(r"(?:^|\n)\s*\(?\s*$")
        self._dateline_right = re.compile(r"\s?\)?\s?(?:-|\.-)|\) ")
        # A mark that runs on from a title glued before it: "… đời sống công nhân TTO - Bên cạnh …".
        self._runs_on = re.compile(rf" ?- ?[{CAPITALS}][^\W\d_]* [^\W\d_]")
        self._credit_left = re.compile(rf"(?:(?:{credit})[ :]*|[(/]\s*)$", re.IGNORECASE)
        self._cues: dict[str, Cues] = {}

    def allowed(self, senses: Iterable[Sense], text: str, start: int, end: int) -> list[Sense]:
        """The senses that the place allows at all."""
        return [sense for sense in senses if self._is_allowed(sense, text, start, end)]

    def beside(self, sense: Sense, text: str, start: int, end: int) -> float:
        """What the phrases beside the short form say for the sense; a newspaper's mark stands in its place already."""
        cues = self._cues_of(sense)
        left, right = _left_of(text, start), _right_of(text, end)
        score = SHAPE if sense.entry.only else 0.0
        if cues.left and cues.left.search(left):
            score += BESIDE
        elif cues.left_shape and cues.left_shape.search(left):
            score += SHAPE
        if cues.right and cues.right.match(right):
            score += BESIDE
        elif cues.right_shape and cues.right_shape.match(right):
            score += SHAPE
        return score

    def _is_allowed(self, sense: Sense, text: str, start: int, end: int) -> bool:
        cues = self._cues_of(sense)
        if cues.unless_left and cues.unless_left.search(_left_of(text, start)):
            return False
        if cues.unless_right and cues.unless_right.match(_right_of(text, end)):
            return False
        entry = sense.entry
        if entry.only and not self._is_signed(entry.only, text, start, end):
            return False
        return not entry.needs_cue or self.beside(sense, text, start, end) > 0

    def _is_signed(self, where: str, text: str, start: int, end: int) -> bool:
        """Whether the place is one where newspapers and agencies sign."""
        left, right = _left_of(text, start), _right_of(text, end)
        if self._dateline_left.search(left if start > _REACH else "\n" + left) and self._dateline_right.match(right):
            return True
        if where != "credit":
            return False
        return self._credit_left.search(left) is not None or self._runs_on.match(right) is not None

    def _cues_of(self, sense: Sense) -> Cues:
        cues = self._cues.get(sense.id)
        if cues is None:
            entry = sense.entry
            cues = self._cues[sense.id] = Cues(
                left=_left_pattern([phrase for phrase in entry.left if phrase not in _SLOTS]),
                left_shape=_left_pattern([phrase for phrase in entry.left if phrase in _SLOTS]),
                right=_right_pattern([phrase for phrase in entry.right if phrase not in _SLOTS]),
                right_shape=_right_pattern([phrase for phrase in entry.right if phrase in _SLOTS]),
                unless_left=_left_pattern(entry.unless_left),
                unless_right=_right_pattern(entry.unless_right),
            )
        return cues


def by_words(sense: Sense, lower: str) -> float:
    """What the words of the article say for the sense."""
    return WORD * min(MOST_WORDS, sum(word in lower for word in sense.article))


def best(scores: Sequence[tuple[Sense, float]]) -> Sense | None:
    """The sense that scores most, by however little; None for a draw or where nothing speaks for any."""
    ranked = sorted(scores, key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] <= 0:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


def _left_of(text: str, start: int) -> str:
    return text[max(0, start - _REACH) : start]


def _right_of(text: str, end: int) -> str:
    return text[end : end + _REACH]


def _body(phrase: str) -> str:
    """A phrase as a regular expression: slots filled, any run of spaces for a space."""
    parts = re.split(r"(<\w+>)", phrase)
    return "".join(_SLOTS[part] if part in _SLOTS else re.escape(part).replace(r"\ ", r"\s+") for part in parts)


def _left_pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    bodies = "|".join(_body(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{bodies})[\s\"“(]*$", re.IGNORECASE)


def _right_pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    bodies = "|".join(_body(phrase) for phrase in phrases)
    return re.compile(rf"[\s\"”)]*(?:{bodies})(?!\w)", re.IGNORECASE)
