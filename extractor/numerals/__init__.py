"""Vietnamese numerals, in digits, in words and mixed, as exact decimals with their place in the text.

>>> from extractor.numerals import parse_numeral
>>> parse_numeral("1 tỷ 200 triệu").value
Decimal('1200000000')
"""

from extractor.numerals.finder import NumeralFinder, find_numerals, parse_numeral
from extractor.numerals.marks import Marks, MarkScanner
from extractor.numerals.numeral import Numeral

__all__ = ["MarkScanner", "Marks", "Numeral", "NumeralFinder", "find_numerals", "parse_numeral"]
