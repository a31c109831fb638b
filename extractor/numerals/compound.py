"""Numerals that are more than a cardinal: fractions, halves, magnitudes without a number, rough pairs, signs.

hai phần ba; 45/50; một nửa; nửa triệu; hàng trăm nghìn; chục triệu; gấp đôi; hai ba chục; âm 35.962 tỉ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.numerals.atoms import Atom, last_word, next_word
from extractor.numerals.cardinal import CardinalReader
from extractor.numerals.draft import Draft, quotient
from extractor.numerals.lexicon import RangeSigns
from extractor.numerals.part import ONE, Part
from extractor.span import Span

HALF = Decimal("0.5")
LIST_GAP = 4  # between the members of a list: a comma, or và
UNREAD = ("…", "..", "?", "*", "_", "#")
"""Signs that hold the place of a number."""


class CompoundReader:
    """Reads the numeral that starts at an atom, whatever its kind."""

    def __init__(
        self,
        text: str,
        lower: str,
        atoms: Sequence[Atom],
        cardinals: CardinalReader,
        unit_at: Callable[[int], int | None],
        signs: RangeSigns,
        *,
        whole: bool = False,
    ) -> None:
        """With `whole` the text is one numeral, so that a lone word needs no company."""
        self._text, self._lower, self._atoms, self._whole = text, lower, atoms, whole
        self._cardinals, self._row, self._unit_at = cardinals, cardinals.row, unit_at
        self._signs = signs

    def read(self, index: int) -> Draft | None:
        """The numeral at `index`, or None if there is none."""
        role = self._atoms[index].role
        if role == "minus":
            return self._signed(index)
        if role == "times":
            return self._multiple(index)
        if role == "vague":
            return self._vague_pair(index) or self._magnitude(index + 1, index, "vague-magnitude")
        if role == "multiplier":
            return self._magnitude(index, index, "lone-magnitude")
        if role == "half":
            return self._half(index, index)
        if role in ("digits", "unit", "ten"):
            return self._number(index)
        return None

    def _draft(self, part: Part, rule: str, **more: object) -> Draft:
        first, last = self._atoms[part.first], self._atoms[part.last - 1]
        return Draft(part, first.start, last.end, rule, **more)  # type: ignore[arg-type]

    # ------------------------------------------------------------ signs and multiples
    def _signed(self, index: int) -> Draft | None:
        if self._row.role(index + 1) not in ("digits", "unit", "ten"):
            return None
        draft = self._number(index + 1)
        return None if draft is None or draft.high is not None else replace(draft, negative=True, bare=False)

    def _multiple(self, index: int) -> Draft | None:
        """gấp đôi, gấp rưỡi: the number is the word behind gấp."""
        role = self._row.role(index + 1)
        if role == "double":
            value = self._row.word(index + 1).value
        elif role == "and_half":
            value = ONE + HALF
        else:
            return None
        return self._draft(Part(index + 1, index + 2, value, value, words=True), "multiple-word")

    # ------------------------------------------------------------ magnitudes without a number
    def _magnitude(self, index: int, first: int, rule: str) -> Draft | None:
        """hàng trăm nghìn, vài chục, vài ba trăm, chục triệu, vạn: the product of the magnitude words."""
        if first != index and self._row.role(index) == "unit":
            index += 1
        if first != index and self._row.role(index) != "multiplier":
            return None
        value, last = ONE, index
        while last == index or self._row.role(last) == "multiplier":
            word = self._row.word(last)
            if word.glued:
                return None
            value, last = value * word.value, last + 1
        part = Part(first, last, value, value, step=value, words=True)
        bare = first == index and last == index + 1
        if bare and self._row.role(last) == "and_half":  # nghìn rưỡi: 1500
            part = replace(part, last=last + 1, value=value + value / 2, step=value / 10)
            return self._draft(part, "magnitude-half")
        if bare and (self._behind_unread(index) or not self._stands_alone(index)):
            return None
        return self._draft(part, rule, kind="magnitude", modifier="order_of_magnitude", bare=bare)

    # ------------------------------------------------------------ halves and fractions
    def _half(self, index: int, first: int) -> Draft | None:
        """nửa, một nửa, nửa triệu."""
        part = Part(first, index + 1, HALF, HALF, step=HALF, words=True)
        part = self._cardinals.multiplied(part, [])
        if part.floor > ONE:
            return self._draft(part, "half-magnitude")
        kwargs = {"kind": "fraction", "numerator": ONE, "denominator": Decimal(2)}
        return self._draft(part, "half", bare=first == index, **kwargs)

    def _number(self, index: int) -> Draft | None:
        if self._atoms[index].word is None and not self._row.role(index + 1):
            part = self._cardinals.written(index)
            if part is None or not self._slash_near(index):
                return None if part is None else self._with_half(self._draft(part, "written"))
        if self._row.role(index + 1) == "half" and self._is_one(index):
            return self._half(index + 1, index)
        written = self._written_fraction(index)
        if written is not None:
            return written
        pair = self._rough_pair(index)
        if pair is not None:
            return pair
        part = self._cardinals.chain(index)
        if part is None:
            return None
        fraction = self._spoken_fraction(part)
        if fraction is not None:
            return fraction
        rule = "written" if not part.words else ("mixed" if part.digits else "spoken")
        bare = part.words and not part.digits and part.last == index + 1
        if bare and not self._stands_alone(index):
            return None
        return self._with_half(self._draft(part, rule, bare=bare, magnitude=part.floor > ONE))

    def _is_one(self, index: int) -> bool:
        return self._atoms[index].role == "unit" and self._row.word(index).value == ONE

    def _with_half(self, draft: Draft) -> Draft:
        """A half behind the unit, which then stands inside the number: hai tháng rưỡi, 1 mét rưỡi."""
        part, place = draft.part, draft.part.last
        year = self._atoms[place].word if place < len(self._atoms) else None
        if year is not None and year.year:
            place += 1  # hai năm rưỡi: năm is five and year
        if place >= len(self._atoms) or self._atoms[place].role != "and_half" or draft.magnitude:
            return draft
        half = self._atoms[place]
        unit_end = self._unit_at(draft.end)
        if unit_end is None or not draft.end < unit_end < half.start or self._lower[unit_end : half.start].strip(" "):
            return draft
        start = draft.end + (self._lower[draft.end] == " ")
        longer = replace(part, last=place + 1, value=part.value + HALF, step=HALF, decimals=1, words=True)
        return replace(draft, part=longer, end=half.end, rule="unit-half", bare=False, inner_unit=Span(start, unit_end))

    def _written_fraction(self, index: int) -> Draft | None:
        """45/50, 1.479/1.970: two whole numbers with a slash, and no third."""
        if index + 1 >= len(self._atoms):
            return None
        upper, lower = self._atoms[index], self._atoms[index + 1]
        if upper.word is not None or lower.word is not None or not self._is_slash(upper.end, lower.start):
            return None
        before = self._lower[upper.start - 1] if upper.start else ""
        after = self._lower[lower.end] if lower.end < len(self._lower) else ""
        if before in ("/", "-") or (after == "/" and self._lower[lower.end + 1 : lower.end + 2].isalnum()):
            return None
        over, under = self._cardinals.coefficient(index), self._cardinals.coefficient(index + 1)
        if over is None or under is None or not under.value or over.decimals or under.decimals:
            return None
        value = quotient(over.value, under.value)
        part = Part(index, index + 2, value, value, step=Decimal("0.0001"), digits=True)
        return self._draft(part, "written-fraction", kind="fraction", numerator=over.value, denominator=under.value)

    def _slash_near(self, index: int) -> bool:
        end = self._atoms[index].end
        return "/" in self._lower[end : end + 2]

    def _is_slash(self, start: int, end: int) -> bool:
        return end - start <= len(" / ") and self._lower[start:end].strip(" ") == "/"

    def _spoken_fraction(self, part: Part) -> Draft | None:
        """Hai phần ba, 3 phần 4; phần trăm is a share and no fraction."""
        if self._row.role(part.last) != "part" or self._row.role(part.last + 1) not in ("unit", "ten", "digits"):
            return None
        under = self._cardinals.chain(part.last + 1)
        if under is None or not under.value or part.floor > ONE:
            return None
        value = quotient(part.value, under.value)
        whole = Part(
            part.first, under.last, value, value, step=Decimal("0.0001"),
            digits=part.digits or under.digits, words=True,
        )  # fmt: skip
        return self._draft(whole, "spoken-fraction", kind="fraction", numerator=part.value, denominator=under.value)

    # ------------------------------------------------------------ rough pairs, lone words
    def _rough_pair(self, index: int) -> Draft | None:
        """Two neighbouring digit words name a rough range: hai ba người, bốn năm chục triệu, bốn, năm người."""
        comma = self._comma_pair(index)
        if self._atoms[index].role != "unit" or not (comma or self._row.role(index + 1) == "unit"):
            return None
        low, high = self._row.word(index), self._row.word(index + 1)
        if low.sandhi or high.sandhi or not low.value or high.value - low.value not in ((1, 2) if comma else (1,)):
            return None
        following = self._row.role(index + 2)
        if following in ("tens", "part", "unit", "ten", "half", "and_half"):
            return None
        if following != "multiplier" and (high.year if not comma else not self._cardinals.has_unit(index + 1)):
            return None
        upper = Part(index + 1, index + 2, high.value, high.value, words=True)
        upper = self._cardinals.multiplied(upper, [])
        factor = upper.value / high.value
        part = Part(
            index, upper.last, low.value * factor, low.value * factor, step=upper.step, floor=upper.floor, words=True,
        )  # fmt: skip
        if not comma:
            part = replace(part, other=(low.value * 10 + high.value) * factor, why="compound")
        rule = "rough-pair-comma" if comma else "rough-pair"
        return self._draft(part, rule, kind="range", modifier="range", high=high.value * factor)

    def _comma_pair(self, index: int) -> bool:
        """Whether a comma parts the digit word from the next, and no third one makes a list of them: bốn, năm người."""
        atoms = self._atoms
        if index + 1 >= len(atoms) or atoms[index].role != "unit" or atoms[index + 1].role != "unit":
            return False
        if self._lower[atoms[index].end : atoms[index + 1].start] != ", ":
            return False
        word, before = self._row.word(index), last_word(self._lower, atoms[index].start)
        if before in word.alone_not_after or self._is_numbered(before, atoms[index].start):
            return False
        if not word.alone or self._is_name(atoms[index]) or (word.year and atoms[index].joined):
            return False
        third = index + 2 < len(atoms) and not atoms[index + 2].joined and self._in_list(atoms[index + 1 : index + 3])
        return not third and not (index and self._in_list(atoms[index - 1 : index + 1]))

    def _is_numbered(self, noun: str, place: int) -> bool:
        """Whether the number at a place, right behind the noun, is the noun's own: khóa một; not mỗi tổ hai (người)."""
        if noun not in self._signs.numbered:
            return False
        return last_word(self._lower, self._lower.rfind(noun, 0, place)) not in self._signs.each

    def _in_list(self, pair: Sequence[Atom]) -> bool:
        """Whether hardly more than a comma stands between two numbers: hai, ba, bốn; hai, ba và bốn."""
        return pair[1].start - pair[0].end <= LIST_GAP

    def _vague_pair(self, index: int) -> Draft | None:
        """dăm ba người, dăm bảy em: between three and five, five and seven."""
        five = self._row.word(index).value
        if not five or self._row.role(index + 1) != "unit":
            return None
        following = self._row.role(index + 2)
        other = self._row.word(index + 1)
        if following in ("tens", "multiplier", "part", "unit", "ten", "half", "and_half") or other.year:
            return None
        low, high = sorted((five, other.value))
        part = Part(index, index + 2, low, low, words=True)
        return self._draft(part, "vague-pair", kind="range", modifier="range", high=high)

    def _stands_alone(self, index: int) -> bool:
        """Whether a single number word may be a number here: not a name (chị Ba), not another word (năm nay)."""
        atom, word = self._atoms[index], self._row.word(index)
        if self._whole:
            return True
        if not word.alone:
            return False
        if word.year and atom.joined and self._atoms[index - 1].role in ("digits", "unit", "ten", "tens", "multiplier"):
            return False
        if word.year and not self._cardinals.has_unit(index):
            return False
        if word.alone_not_before and next_word(self._lower, atom.end) in word.alone_not_before:
            return False
        if word.alone_not_after and last_word(self._lower, atom.start) in word.alone_not_after:
            return self._ends_range(index)
        return not self._is_name(atom)

    def _behind_unread(self, index: int) -> bool:
        """Whether a number that was not read, or the place for one, stands before: 1,2,5 tỷ; A12 tỷ; … triệu."""
        before = self._lower[max(0, self._atoms[index].start - 3) : self._atoms[index].start].rstrip(" ")
        return before[-1:].isdigit() or before.endswith(UNREAD)

    def _ends_range(self, index: int) -> bool:
        """Whether a number stands before, with one word between: ba đến năm người."""
        if not index or self._atoms[index - 1].role not in ("digits", "unit", "ten"):
            return False
        between = self._lower[self._atoms[index - 1].end : self._atoms[index].start]
        return between.startswith(" ") and between.strip().isalpha()

    def _is_name(self, atom: Atom) -> bool:
        """A capital inside a sentence: Ba, Tám, Năm are also given names."""
        if not self._text[atom.start].isupper() or self._text[atom.start : atom.end].isupper():
            return False
        before = self._text[max(0, atom.start - 2) : atom.start]
        return bool(before.strip()) and before[-1:] == " " and (before[0].isalnum() or before[0] in ",)")
