"""All numerals of a text, or the one that a whole string is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from extractor.document import Reading
from extractor.numerals.atoms import Atom, next_word, scan
from extractor.numerals.cardinal import CardinalReader
from extractor.numerals.composed import composed, inward, lowered, outward
from extractor.numerals.compound import CompoundReader
from extractor.numerals.draft import Draft
from extractor.numerals.lexicon import Lexicon, NumeralData
from extractor.numerals.marks import Marks, MarkScanner
from extractor.numerals.numeral import Form, Numeral
from extractor.numerals.part import THOUSAND
from extractor.numerals.ranges import Pair, RangePatterns, RangeReader, UnitAt
from extractor.numerals.written import Convention, Setting, Written
from extractor.span import Span

SENTENCE_ENDS = ".;!?)\n"
GREATEST = THOUSAND**9


class NumeralFinder:
    """Finds the numerals of texts; made once from its data, then free of state."""

    def __init__(self, data: NumeralData) -> None:
        self.data = data
        self.lexicon = Lexicon(data)
        self.scanner = MarkScanner(self.lexicon.words)
        self._ranges = RangePatterns(data)
        units = data.units
        self.settings = {
            **dict.fromkeys(units.currency, Setting.CURRENCY),
            **dict.fromkeys(units.measure, Setting.MEASURE),
            **dict.fromkeys(units.share, Setting.SHARE),
        }
        self._tails = {tail.form: tail.modifier for tail in data.tail}
        self._tail = re.compile(rf"(?:{'|'.join(map(re.escape, self._tails))})(?![^\W_])")

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> NumeralFinder:
        """A finder with the package's number words and those of the users' folders. Raises DataError."""
        return cls(NumeralData.load(folders))

    def find(
        self,
        text: str,
        lower: str,
        masked: Sequence[Span] = (),
        unit_at: UnitAt | None = None,
        marks: Marks | None = None,
    ) -> list[Numeral]:
        """The numerals of a view in order, none of which touches a masked span.

        `lower` is `text` in lower case, position for position. `unit_at(pos)` gives the end of the unit that stands
        at `pos` or one space behind it, or None; without it a short list of common units is used. `marks` are those
        of a scanner that knows the words of the lexicon, if the text was looked at before.
        """
        return _Search(self, text, lower, masked, unit_at, marks).numerals()

    def unit_in(self, lower: str) -> UnitAt:
        """The common units of the data file as a `unit_at` over a text."""

        def unit_at(position: int) -> int | None:
            found = self.lexicon.units.match(lower, position)
            return found.end() if found else None

        return unit_at

    def tail(self, lower: str, end: int) -> tuple[str, Span] | None:
        """The modifier right behind a numeral, and where it stands."""
        found = self._tail.match(lower, end)
        if found is None:
            return None
        form = found.group()
        return self._tails[form], Span(end + (form[0] == " "), found.end())


class _Behind:
    """What stands behind the atoms of one text. It knows nothing of who asks: a circle would wait for the garbage collector."""

    def __init__(self, finder: NumeralFinder, lower: str, atoms: Sequence[Atom], unit_at: UnitAt) -> None:
        self._finder, self._lower, self._atoms, self._unit_at = finder, lower, atoms, unit_at
        self._convention = Convention.of(atom.text for atom in atoms if atom.word is None)

    def written(self, index: int) -> Written | None:
        """The number that the digits of an atom write."""
        return self._convention.read(self._atoms[index].text, lambda: self._setting(index))

    def _setting(self, index: int) -> Setting:
        following = index + 1
        if following < len(self._atoms) and self._atoms[following].joined:
            word = self._atoms[following].word
            if word is not None and word.role == "multiplier" and word.value >= THOUSAND:
                return Setting.MAGNITUDE
        return self._setting_at(self._atoms[index].end)

    def counted(self, index: int) -> bool:
        """Whether something that is counted stands right behind an atom."""
        end = self._atoms[index].end
        return any(self._lower.startswith(unit, end + 1) for unit in self._finder.data.units.after_tail)

    def has_unit(self, index: int) -> bool:
        """Whether any unit follows an atom."""
        return self._unit_at(self._atoms[index].end) is not None

    def ends(self, index: int) -> bool:
        """Whether an amount ends at the atom: at the end of the text or the sentence, before a currency or cho, để."""
        end = self._atoms[index].end
        if end == len(self._lower) or self._lower[end] in SENTENCE_ENDS:
            return True
        if next_word(self._lower, end) in self._finder.lexicon.data.units.after_sum:
            return True
        return self._setting_at(end) is Setting.CURRENCY

    def _setting_at(self, end: int) -> Setting:
        found = self._finder.lexicon.units.match(self._lower, end)
        return self._finder.settings.get(found.group().strip(), Setting.OTHER) if found else Setting.OTHER


class _Search:
    """One pass over one text."""

    def __init__(
        self,
        finder: NumeralFinder,
        text: str,
        lower: str,
        masked: Sequence[Span],
        unit_at: UnitAt | None,
        marks: Marks | None,
        *,
        whole: bool = False,
    ) -> None:
        self.finder, self.lower = finder, lower
        self.unit_at = unit_at or finder.unit_in(lower)
        self.atoms = scan(lower, finder.lexicon, marks or finder.scanner.read(lower), masked, whole=whole)
        behind = _Behind(finder, lower, self.atoms, self.unit_at)
        cardinals = CardinalReader(self.atoms, behind.written, behind.counted, behind.ends, behind.has_unit)
        signs = finder.data.range
        self.reader = CompoundReader(text, lower, self.atoms, cardinals, self.unit_at, signs, whole=whole)
        self.ranges = RangeReader(lower, finder._ranges, self.unit_at)  # noqa: SLF001

    def drafts(self) -> list[Draft]:
        """The numerals one by one."""
        drafts: list[Draft] = []
        index = 0
        while index < len(self.atoms):
            draft = self.reader.read(index)
            if draft is None:
                index += 1
            else:
                drafts.append(draft)
                index = draft.part.last
        return drafts

    def numerals(self) -> list[Numeral]:
        """The numerals, with ranges joined and list members multiplied."""
        drafts = self.drafts()
        shared = self.ranges.share(drafts)
        found: list[Numeral] = []
        index = 0
        while index < len(drafts):
            pair = self.ranges.pair(drafts[index], drafts[index + 1]) if index + 1 < len(drafts) else None
            if pair is not None:
                found.append(self._range(pair))
                index += 2
            else:
                found.append(self._single(shared.get(index, drafts[index])))
                index += 1
        return [numeral for numeral in found if _is_possible(numeral)]

    def _range(self, pair: Pair) -> Numeral:
        low, high = pair.low, pair.high
        reasons = self.finder.data.reasons
        other = None
        if high.part.other is not None or low.part.other is not None:
            why = getattr(reasons, high.part.why or low.part.why)
            other = Reading(None, whole(low.part.other or low.value), whole(high.part.other or high.value), why)
        return Numeral(
            low.start,
            high.end,
            None,
            whole(low.value),
            whole(high.value),
            _form(low.part.digits or high.part.digits, low.part.words or high.part.words),
            "range",
            f"numerals.{pair.rule}",
            max(low.part.step, high.part.step),
            max(low.part.decimals, high.part.decimals),
            modifier="range",
            inner_unit=pair.inner_unit,
            other=other,
        )

    def _single(self, draft: Draft) -> Numeral:
        part = draft.part
        sign = -1 if draft.negative else 1
        other = None
        if part.other is not None:
            other = Reading(whole(part.other), None, None, getattr(self.finder.data.reasons, part.why))
        value = whole(part.value * sign)
        tail = self.finder.tail(self.lower, draft.end)
        modifier, modifier_span = (draft.modifier, None) if tail is None or draft.high is not None else tail
        return Numeral(
            draft.start,
            draft.end,
            value if draft.high is None else None,
            None if draft.high is None else whole(part.value),
            draft.high,
            _form(part.digits, part.words),
            draft.kind,
            f"numerals.{draft.rule}",
            part.step,
            part.decimals,
            modifier,
            modifier_span,
            draft.negative,
            draft.numerator,
            draft.denominator,
            draft.inner_unit,
            draft.bare,
            other,
        )


def whole(value: Decimal) -> Decimal:
    """The value without needless decimals: 1200000.0 becomes 1200000."""
    integral = value.to_integral_value()
    return integral if value == integral else value.normalize()


def _is_possible(numeral: Numeral) -> bool:
    """Whether the number is one that people write: not a magnitude said fifty times, which no exact decimal holds."""
    reading = numeral.other
    stated = [numeral.value, numeral.low, numeral.high]
    if reading is not None:
        stated += (reading.value, reading.low, reading.high)
    return max([abs(value) for value in stated if value is not None], default=0) < GREATEST


def _form(digits: bool, words: bool) -> Form:
    return ("mixed" if digits else "words") if words else "digits"


@cache
def _default() -> NumeralFinder:
    return NumeralFinder.load()


def find_numerals(text: str, *, masked: Sequence[Span] = ()) -> list[Numeral]:
    """The numerals of any text, composed or not; offsets are into the text given, as those of `masked` are."""
    view, starts = composed(text)
    spans = masked if starts is None else [inward(span, starts) for span in masked]
    found = _default().find(view, lowered(view), spans)
    return found if starts is None else [outward(numeral, starts) for numeral in found]


def parse_numeral(text: str) -> Numeral:
    """The one numeral that the whole text is (spaces around it apart); a sign is part of its value.

    Raises:
        ValueError: if the text is not one numeral and nothing else.
    """
    view, starts = composed(text)
    lower = lowered(view)
    search = _Search(_default(), view, lower, (), None, None, whole=True)
    found = search.numerals()
    if len(found) == 1:
        numeral = found[0]
        before = lower[: numeral.start].strip()
        after = lower[numeral.modifier_span.end if numeral.modifier_span else numeral.end :].strip()
        if not after and (not before or _is_sign(before, numeral)):
            if before in ("-", "−") and numeral.value is not None and not numeral.negative:
                numeral = numeral._replace(value=-numeral.value, negative=True)
            return numeral if starts is None else outward(numeral, starts)
    raise ValueError(f"not a numeral: {text!r}")


def _is_sign(before: str, numeral: Numeral) -> bool:
    return before in ("-", "−", "+") or numeral.negative or numeral.rule == "numerals.multiple-word"
