"""Which stretches of a chain are short forms: the longest known ones, those that the article defines, glued ones."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractor.abbreviations.chains import Atom, Chain
from extractor.abbreviations.definitions import Definition
from extractor.abbreviations.letters import fold, is_syllable, key_of
from extractor.abbreviations.lexicon import Lexicon, Rules, Sense
from extractor.abbreviations.senses import SenseChooser, best
from extractor.frozen import frozen
from extractor.span import Span

COMPOSITE = "composite"
# With fewer letters than this, a form with dots between its letters is the initials of a person: N.T.M.
FEWEST_DOTTED = 4
# A form of two letters may be anything: it must stand free.
SHORT = 2
_SHORTEST_STEM = 3
_WIDEST = 6
_TWO_WORDS = re.compile(r"\w \w")
_MODEL = re.compile(r"-\d|[&+_@]|\.\w{1,4}/")
_NAME = re.compile(r"\w[-&+]|[^\W\dA-Z_]\.")


@frozen
class Use:
    """A place where a short form stands: its key, the senses that the place allows, and the phrases' votes among them."""

    start: int
    end: int
    key: str
    senses: tuple[Sense, ...]
    votes: tuple[float, ...]
    definition: Definition | None = None

    @property
    def local(self) -> Sense | None:
        """The sense that the place alone tells: the only one, or the one that the phrases beside it speak for."""
        if len(self.senses) == 1:
            return self.senses[0]
        return best(list(zip(self.senses, self.votes, strict=True)))


class Defined:
    """The definitions of one article by short form; a use takes the nearest before it, or the first after it."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._by_key: dict[str, list[Definition]] = {}
        self._starts: dict[str, list[int]] = {}
        for definition in definitions:
            key = fold(definition.key)
            self._by_key.setdefault(key, []).append(definition)
            self._starts.setdefault(key, []).append(definition.site.start)

    def at(self, key: str, start: int, form: str) -> Definition | None:
        """The definition that holds for a short form at an offset; marks may stand in forms of four letters or more."""
        if not self._by_key:
            return None
        folded = fold(key)
        found = self._by_key.get(folded)
        if not found or (len(key) < FEWEST_DOTTED and form != key and "." not in form) or _TWO_WORDS.search(form):
            return None
        return found[max(0, bisect.bisect_right(self._starts[folded], start) - 1)]


class UseFinder:
    """Finds the uses in a chain, with the senses that each place allows."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._chooser = SenseChooser(lexicon)
        self._affixes = _Affixes(lexicon.rules)
        # Where these stand in one piece, no place forbids any of their senses.
        self._free = frozenset(key for key, senses in lexicon.senses.items() if all(map(_is_free, senses)))

    def uses(self, text: str, chain: Chain, first: int, defined: Defined) -> Iterator[Use]:
        """The uses in a chain from its atom `first` on."""
        while first < len(chain.atoms):
            last, made = first, self._widest(text, chain, first, defined)
            if made:
                last, use = made
                yield use
            elif split := self._split(chain.atoms[first]):
                yield split
            first = last + 1

    def _widest(self, text: str, chain: Chain, first: int, defined: Defined) -> tuple[int, Use] | None:
        """The longest stretch from an atom on that is a short form: the index of its last atom, and the use."""
        atoms = chain.atoms
        keys = list(accumulate([key_of(atom.text) for atom in atoms[first : first + _WIDEST]]))
        for last in range(first + len(keys) - 1, first - 1, -1):
            start, end, key = atoms[first].start, atoms[last].end, keys[last - first]
            definition = defined.at(key, start, text[start:end])
            senses = self._lexicon.of(key)
            if senses and not (first == last and key in self._free):
                senses = self._fitting(senses, text, atoms[first : last + 1], chain.marks[first:last], key)
            if not definition and not senses:
                continue
            if chain.shouting and first == last and is_syllable(key):
                continue
            if definition is None and is_glued(text, start, end, key):
                continue
            return last, Use(start, end, key, senses, self._votes(senses, text, start, end), definition)
        return None

    def _votes(self, senses: Sequence[Sense], text: str, start: int, end: int) -> tuple[float, ...]:
        """What the phrases beside a form say for each sense; nobody asks where there is only one."""
        if len(senses) == 1:
            return (0.0,)
        return tuple([self._chooser.beside(sense, text, start, end) for sense in senses])

    def _fitting(
        self, known: Sequence[Sense], text: str, atoms: Sequence[Atom], marks: Sequence[str], key: str
    ) -> tuple[Sense, ...]:
        """Which of the known senses of a key its marks and its place allow."""
        fitting = [sense for sense in known if _marks_fit(sense, atoms, marks, key)]
        return tuple(self._chooser.allowed(fitting, text, atoms[0].start, atoms[-1].end))

    def _split(self, atom: Atom) -> Use | None:
        """A form glued from a known one and a known beginning or ending: ``CĐGDVN`` is made of CĐGD and VN."""
        for stem, pattern in self._affixes.splits(atom.text):
            senses = [sense for sense in self._lexicon.of(stem) if not sense.entry.needs_cue and not sense.entry.only]
            if len(senses) == 1:
                span = Span(atom.start, atom.end)
                definition = Definition(atom.text, pattern.format(senses[0].long), span, span, COMPOSITE)
                return Use(*span, atom.text, (), (), definition)
        return None


class _Affixes:
    """Beginnings and endings that may be glued to a known short form."""

    def __init__(self, rules: Rules) -> None:
        self._prefixes = sorted(rules.prefixes.items(), key=lambda item: (-len(item[0]), item[0]))
        self._suffixes = sorted(rules.suffixes.items(), key=lambda item: (-len(item[0]), item[0]))

    def splits(self, form: str) -> Iterator[tuple[str, str]]:
        """The stems that may be left of a form, three letters or more, each with a pattern for the long form."""
        for suffix, long in self._suffixes:
            if form.endswith(suffix) and len(form) - len(suffix) >= _SHORTEST_STEM:
                yield form.removesuffix(suffix), f"{{}} {long}"
        for prefix, long in self._prefixes:
            if form.startswith(prefix) and len(form) - len(prefix) >= _SHORTEST_STEM:
                yield form.removeprefix(prefix), f"{long} {{}}"


def is_glued(text: str, start: int, end: int, key: str) -> bool:
    """Whether the form is a part of a name or model: ``M-TP``, ``TK1-TS``, ``SM-6``."""
    if _MODEL.match(text, end):
        return True
    return len(key) <= SHORT and _NAME.fullmatch(text, max(0, start - 2), start) is not None


def _is_free(sense: Sense) -> bool:
    """Whether a sense is allowed wherever its short form stands without marks."""
    entry = sense.entry
    return not (entry.exact or entry.only or entry.needs_cue or entry.unless_left or entry.unless_right)


def _marks_fit(sense: Sense, atoms: Sequence[Atom], marks: Sequence[str], key: str) -> bool:
    """Whether the marks between atoms stand where the entry allows them, or between all letters (``U.B.N.D``)."""
    if sense.entry.exact:
        form = "".join(atom.text + mark.strip() for atom, mark in zip(atoms, (*marks, ""), strict=True))
        return form in (sense.entry.short, *sense.entry.variants)
    if not marks:
        return True
    if len(key) >= FEWEST_DOTTED and len(atoms) == len(key) and all(mark in (".", ". ") for mark in marks):
        return True
    offset = 0
    for atom, mark in zip(atoms, marks, strict=False):
        offset += len(atom.text)
        allowed = sense.joints[key].get(offset)
        if allowed is None or (allowed == "-" and mark in (" ", ". ")):
            return False
    return True
