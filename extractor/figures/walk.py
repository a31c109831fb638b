"""What is known about a noun phrase while its end is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.figures.kinds import Unit
from extractor.figures.line import Line

# A noun phrase of the genre is hardly longer; what is cut here would be a sentence.
LONGEST = 18
CLOSERS = frozenset('.;:!?()[]\n"“”…')
# Inside a phrase only people and bodies make lists of their own (thợ ở các khu công nghiệp, khu chế xuất).
LISTED = frozenset({"people_count", "organization_count"})
# What verbs name.
DEEDS = frozenset({"class_count", "event_count"})
# Who can do something.
ACTING = frozenset({"people_count", "attendee_count", "organization_count"})


@dataclass(slots=True)
class Walk:
    """A phrase from the token `first`, whose unit ends before `after_unit`, and which ends before `limit` at the latest.

    `number` is the first token of hedge and number, where the words before may govern the phrase. `units` are the
    nouns with a unit seen in it. `bare` says that the unit alone tells nothing (người), `free_verb` that a verb may
    stand right behind it, `counted` that the phrase opens with the word of number, `governed` that the words before
    the number govern it, `fronted` that it opens the sentence and ends at a comma, `inside` that the walk is in a
    clause inside the phrase.
    """

    line: Line
    first: int
    after_unit: int
    limit: int
    number: int | None
    units: list[Unit]
    bare: bool
    free_verb: bool
    counted: bool
    governed: bool
    fronted: bool
    inside: bool

    @property
    def acting(self) -> bool:
        """Whether the phrase is about someone who can do something."""
        return bool(self.units) and self.units[0].kind in ACTING
