"""A figure as the relations see it."""

from __future__ import annotations

import re
from functools import cached_property

from extractor.document import Quantity
from extractor.intervals import Interval
from extractor.relate.rules import RelationRules
from extractor.relate.wording import Wording
from extractor.span import Span

PEOPLE = frozenset({"people_count", "attendee_count"})
NOUNS = frozenset({"item_count", "organization_count", "event_count", "class_count", "other_count"})
_PUNCTUATION = re.compile(r"[\W_]+")
REACH = 600
"""How many characters before and behind a figure are looked at."""
STEP = 16
"""How many characters before a figure a word of rising or falling still makes it a step."""
_MARKS = {
    "each": ("each", REACH),
    "average": ("average", REACH),
    "remainder": ("remainder", REACH),
    "extreme": ("extreme", REACH),
    "rise": ("step", STEP),
    "fall": ("step", STEP),
    "where": ("where", 8),
}
"""What a cue before a figure makes of it, and from how many characters before it on."""


BEHIND = 3
"""So many words behind a figure may say what sort is counted: ``42 người là nữ``."""


class Fact:
    """A figure as the relations see it: what it says is at hand, what must be looked for is found when first asked for.

    `dimension` says what may be added to it; `noun` is its counting word. `before` and `after` reach to the
    neighbouring figures, within the sentence. `bracket` is where the bracket that it stands in opens, -1 outside
    brackets. `start` and `end` are those of the figure, modifier and unit included.
    """

    def __init__(self, wording: Wording, index: int, before: Span, after: Span) -> None:
        document = wording.document
        quantity = document.quantities[index]
        self._wording = wording
        self.index = index
        self.quantity = quantity
        self.start = quantity.start
        self.end = quantity.end
        self.before = before
        self.after = after
        self.sentence = quantity.sentence
        sentence = document.sentences[quantity.sentence] if document.sentences else None
        self.block = sentence.block if sentence else 0
        self.bracket = wording.bracket_at(quantity.start, sentence.start if sentence else 0)
        self.status = document.scopes[index].status if index < len(document.scopes) else ""
        self.noun = " ".join((quantity.unit or "").lower().split())
        self.dimension = _dimension(quantity, self.noun, wording.rules)

    @cached_property
    def number(self) -> str:
        """The numeral as written."""
        return self.quantity.number.of(self._wording.document.view.text)

    @cached_property
    def interval(self) -> Interval:
        """What the figure can stand for."""
        return self._wording.hedges.interval(self.quantity, self.number)

    @cached_property
    def clause_before(self) -> Span:
        """What stands before the figure in its own clause: back to the last comma, semicolon, colon or bracket."""
        return self._wording.clause_up_to(*self.before)

    @cached_property
    def clause_after(self) -> Span:
        """What stands after the figure in its own clause."""
        return self._wording.clause_behind(self.end, max(self.end, self.after.end))

    @cached_property
    def words(self) -> frozenset[str]:
        """The syllables that say what is counted, the unit among them."""
        return self._wording.syllables(f"{(self.quantity.unit or '').lower()} {self._entity}")

    @cached_property
    def entity_words(self) -> frozenset[str]:
        """The syllables of what is counted; the unit counts where it is a noun."""
        noun = self.noun if self.quantity.kind in NOUNS or self.quantity.kind in PEOPLE else ""
        return self._wording.syllables(f"{noun} {self._entity}")

    @cached_property
    def axes(self) -> frozenset[str]:
        """The axes that the figure's words sort people on (gender, age, party …)."""
        if self.dimension not in ("people", "person-times", "percentage", "organization_count"):
            return frozenset()
        lower = self._wording.lower
        behind = " ".join(plain(self.clause_after.of(lower)).split()[:BEHIND])
        text = f" {self._entity} {self.noun}{plain(self.clause_before.of(lower))}{behind} "
        return frozenset([axis.id for axis in self._wording.rules.axis if axis.named_in(text)])

    @cached_property
    def marks(self) -> frozenset[str]:
        """What the cues in the clause before the figure make of it; hedges between them and the number are looked past.

        A step (by how much something changed), for each, an average, an extreme, the rest of a list, where something is.
        """
        end, number = self.start, self.quantity.number.start
        told = set()
        for hit in self._wording.cues_near(self.before.start, number):
            mark, least = _MARKS.get(hit.role, ("", 0))
            last = number if mark == "extreme" else end
            start = self.before.start if mark == "where" else self.clause_before.start
            if (
                mark
                and hit.end <= last
                and hit.start >= max(start, end - least)
                and not self._of_a_thing(mark, hit.end)
            ):
                told.add(mark)
        return frozenset(told)

    def _of_a_thing(self, mark: str, end: int) -> bool:
        """Whether a word of rising or falling names a thing of its own before a count: ``mua hàng giảm giá 2.110 người``."""
        counted = self.quantity.kind in NOUNS or self.quantity.kind in PEOPLE
        if (
            mark != "step"
            or not counted
            or any(hit.role == "average" for hit in self._wording.cues_near(end, self.start))
        ):
            return False
        return bool(self._wording.syllables(self._wording.lower[end : self.start], numbers=False))

    @property
    def _entity(self) -> str:
        """The words of what is counted, in lower case."""
        entity = self.quantity.entity
        return entity.of(self._wording.lower) if entity else ""


def plain(text: str) -> str:
    """The words of a text without punctuation, a space between them and at both ends."""
    return f" {' '.join(_PUNCTUATION.sub(' ', text).split())} "


def _dimension(quantity: Quantity, noun: str, rules: RelationRules) -> str:
    kind = quantity.kind
    if kind in PEOPLE:
        times = rules.person_times
        unit = (quantity.unit or "").lower()
        lot = quantity.unit_code in times.codes or unit in times.words or unit.split(" ")[0] in times.words
        return "person-times" if lot else "people"
    if kind == "money":
        return f"money {quantity.unit_code or ''}"
    if kind in ("percentage", "ratio") or kind in NOUNS:
        return kind
    return f"{kind} {noun.replace(' ', '')}"
