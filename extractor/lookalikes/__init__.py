"""Numbers that are no figures: dates, clock times, periods, document numbers, labels, phone numbers, names.

They are masked before numerals are read. Every rule is data; the package finds the numbers of a text, tries the
rules that may begin at one of the few words before each, and keeps what matches and covers the number.
"""

from extractor.lookalikes.data import Lookalike, LookalikeData
from extractor.lookalikes.finder import LookalikeFinder

__all__ = ["Lookalike", "LookalikeData", "LookalikeFinder"]
