"""Every use of a short form in a text, with what it stands for there."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.abbreviations.chains import Atom, Chain, ChainScanner
from extractor.abbreviations.codes import CodeReader
from extractor.abbreviations.definitions import Definition, DefinitionFinder
from extractor.abbreviations.letters import fold_word, has_tone, is_syllable, key_of, parts_of, same_words
from extractor.abbreviations.lexicon import Lexicon, Rules, Sense, load_lexicon
from extractor.abbreviations.senses import LIST, SAME, USUAL, SenseChooser, best, by_words
from extractor.document import Abbreviation
from extractor.span import Span

COMPOSITE = "composite"
SHORTEST_STEM = 3
_WIDEST = 6
ROMAN = re.compile(r"[IVXLC]+")
_LIST_GAP = re.compile(r"(?:,| -|-|/| và| &|;)? ?")


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a short form stands: its key, the senses that the place allows, and the phrases' votes."""

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


class AbbreviationFinder:
    """Finds abbreviations; made once from the lexicon, then used for any number of texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        entries = [sense.entry for senses in lexicon.senses.values() for sense in senses]
        forms = {form for entry in entries for form in (entry.short, *entry.variants)}
        mixed = {key_of(form) for form in forms if len(key_of(form)) > 1 and not key_of(form).isupper()}
        mixed |= {form for form in forms if re.search(r"^\w/|/\w$", form)}
        self.scanner = ChainScanner(mixed, {entry.short for entry in entries if entry.numbered})
        self._definitions = DefinitionFinder(lexicon)
        self._codes = CodeReader(lexicon.rules)
        self._chooser = SenseChooser(lexicon)
        self._affixes = Affixes(lexicon.rules)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> AbbreviationFinder:
        """The finder over the project's lexicon and a user's own files or folders. Raises DataError."""
        return cls(load_lexicon(folders))

    def find(self, text: str, lower: str) -> tuple[Abbreviation, ...]:
        """All uses in the order of the text. `text` is a view's text, `lower` the same in lower case.

        Every use is an entry; a use that the text does not settle has no long form but candidates.
        """
        chains = list(self.scanner.chains(text))
        defined = Defined(self._definitions.find(text, chains))
        uses: list[Use] = []
        found: list[Abbreviation] = []
        for chain in chains:
            first, expanded = self._codes.read(text, chain)
            found += expanded
            uses += self._uses(text, chain, first, defined)
        found += self._settle(text, lower, uses)
        return tuple(sorted(found, key=lambda use: use.start))

    def knows(self, short: str) -> bool:
        """Whether the lexicon holds a short form, or all the parts that marks divide it into."""
        if self.lexicon.of(key_of(short)):
            return True
        stem = short.rstrip("0123456789")
        if stem != short and any(sense.entry.numbered for sense in self.lexicon.of(stem)):
            return True
        return all(self.lexicon.of(part) for part in parts_of(short))

    def is_name_or_code(self, form: str) -> bool:
        """Whether capitals that look like a short form are known to be a name, a unit, a code, or a plain word."""
        rules = self.lexicon.rules
        parts = parts_of(form)
        if form in rules.names or form in rules.units or form in rules.codes or parts[0] in rules.document_types:
            return True
        if not self.knows(form) and (len(parts) > 1 and any(self.is_name_or_code(part) for part in parts)):
            return True
        return ROMAN.fullmatch(form) is not None or has_tone(form) or is_syllable(form)

    def unknown(self, text: str, uses: Sequence[Abbreviation]) -> Iterator[tuple[str, Span]]:
        """What looks like a short form beside the given uses, with its place: capitals that nothing explains."""
        starts = [use.start for use in uses]
        for chain in self.scanner.chains(text):
            first, _ = self._codes.read(text, chain)
            if chain.shouting:
                continue
            for atom in chain.atoms[first:]:
                at = bisect.bisect_right(starts, atom.start) - 1
                covered = at >= 0 and uses[at].end > atom.start
                if covered or len(atom.text) < 2 or not atom.text.isupper() or self.is_name_or_code(atom.text):  # noqa: PLR2004
                    continue
                if not _is_glued(text, atom.start, atom.end, atom.text):
                    yield atom.text, Span(atom.start, atom.end)

    # … which stretches of a chain are short forms

    def _uses(self, text: str, chain: Chain, first: int, defined: Defined) -> Iterator[Use]:
        atoms = chain.atoms
        while first < len(atoms):
            last, made = first, self._widest(text, chain, first, defined)
            if made:
                last, use = made
                yield use
            elif split := self._split(chain, first):
                yield split
            first = last + 1

    def _widest(self, text: str, chain: Chain, first: int, defined: Defined) -> tuple[int, Use] | None:
        """The longest stretch from an atom on that is a short form: the index of its last atom, and the use."""
        atoms = chain.atoms
        for last in range(min(first + _WIDEST, len(atoms)) - 1, first - 1, -1):
            start, end = atoms[first].start, atoms[last].end
            key = "".join(key_of(atom.text) for atom in atoms[first : last + 1])
            marks = chain.marks[first:last]
            definition = defined.at(key, start, text[start:end])
            senses = self._senses(text, atoms[first : last + 1], marks, key)
            if not definition and not senses:
                continue
            if chain.shouting and first == last and is_syllable(key):
                continue
            if _is_glued(text, start, end, key) and not definition:
                continue
            votes = tuple(self._chooser.beside(sense, text, start, end) for sense in senses)
            return last, Use(start, end, key, tuple(senses), votes, definition)
        return None

    def _senses(self, text: str, atoms: Sequence[Atom], marks: Sequence[str], key: str) -> list[Sense]:
        """The senses of a key that its marks and its place allow."""
        known = self.lexicon.of(key)
        if not known:
            return []
        start, end = atoms[0].start, atoms[-1].end
        fitting = [sense for sense in known if _marks_fit(sense, atoms, marks, key)]
        return self._chooser.allowed(fitting, text, start, end)

    def _split(self, chain: Chain, index: int) -> Use | None:
        """A form glued from a known one and a known beginning or ending: ``CĐGDVN`` is made of CĐGD and VN."""
        atom = chain.atoms[index]
        for stem, pattern in self._affixes.splits(atom.text):
            senses = [sense for sense in self.lexicon.of(stem) if not sense.entry.needs_cue and not sense.entry.only]
            if len(senses) == 1:
                span = Span(atom.start, atom.end)
                definition = Definition(atom.text, pattern.format(senses[0].long), span, span, COMPOSITE)
                return Use(*span, atom.text, (), (), definition)
        return None

    # … which sense each has

    def _settle(self, text: str, lower: str, uses: Sequence[Use]) -> Iterator[Abbreviation]:
        local = [use.local for use in uses]
        same: dict[str, set[str]] = {}
        for use, sense in zip(uses, local, strict=True):
            if sense and not use.definition:
                same.setdefault(use.key, set()).add(sense.id)
        words: dict[str, float] = {}
        for index, use in enumerate(uses):
            short = text[use.start : use.end]
            if use.definition and not _overruled(use, use.definition):
                yield self._defined_use(use, use.definition, short)
                continue
            sense = local[index]
            if sense is None:
                sense = self._by_context(lower, uses, local, index, same, words)
            yield _lexicon_use(use, short, sense)

    def _by_context(
        self,
        lower: str,
        uses: Sequence[Use],
        local: Sequence[Sense | None],
        index: int,
        same: dict[str, set[str]],
        words: dict[str, float],
    ) -> Sense | None:
        """The sense by neighbours in a list, other uses in the article, its words, and what is usual."""
        use = uses[index]
        near = {
            sense.domain
            for at in (index - 1, index + 1)
            if 0 <= at < len(uses) and (sense := local[at]) and _in_list(lower, use, uses[at])
        }
        told = same.get(use.key, set())
        scores = []
        for sense, vote in zip(use.senses, use.votes, strict=True):
            if sense.id not in words:
                words[sense.id] = by_words(sense, lower)
            score = vote + words[sense.id] + LIST * (sense.domain in near)
            score += SAME * (told == {sense.id}) + USUAL * sense.entry.usual
            scores.append((sense, score))
        return best(scores)

    def _defined_use(self, use: Use, definition: Definition, short: str) -> Abbreviation:
        composite = definition.rule == COMPOSITE
        return Abbreviation(
            start=use.start,
            end=use.end,
            short=short,
            long=self._spelling(use.key, definition.long),
            origin="lexicon" if composite else "article",
            defined_at=None if composite else definition.span,
            found_by=(f"abbreviations.{definition.rule}",),
        )

    def _spelling(self, key: str, long: str) -> str:
        """A long form as the lexicon spells it, where that holds the same words or the article's is half short."""
        senses = self.lexicon.of(key)
        for sense in senses:
            if same_words(sense.long) == same_words(long):
                return sense.long
        half_short = any(len(word) > 1 and word.isupper() for word in long.split())
        return senses[0].long if half_short and len(senses) == 1 else long


class Affixes:
    """Beginnings and endings that may be glued to a known short form."""

    def __init__(self, rules: Rules) -> None:
        self._prefixes = sorted(rules.prefixes.items(), key=lambda item: (-len(item[0]), item[0]))
        self._suffixes = sorted(rules.suffixes.items(), key=lambda item: (-len(item[0]), item[0]))

    def splits(self, form: str) -> Iterator[tuple[str, str]]:
        """The stems that may be left of a form, three letters or more, each with a pattern for the long form."""
        for suffix, long in self._suffixes:
            if form.endswith(suffix) and len(form) - len(suffix) >= SHORTEST_STEM:
                yield form.removesuffix(suffix), f"{{}} {long}"
        for prefix, long in self._prefixes:
            if form.startswith(prefix) and len(form) - len(prefix) >= SHORTEST_STEM:
                yield form.removeprefix(prefix), f"{long} {{}}"


class Defined:
    """The definitions of one article by short form; a use takes the nearest before it, or the first after it."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._by_key: dict[str, list[Definition]] = {}
        self._starts: dict[str, list[int]] = {}
        for definition in definitions:
            key = fold_word(definition.key)
            self._by_key.setdefault(key, []).append(definition)
            self._starts.setdefault(key, []).append(definition.site.start)

    def at(self, key: str, start: int, form: str) -> Definition | None:
        """The definition that holds for a short form at an offset."""
        folded = fold_word(key)
        found = self._by_key.get(folded)
        if not found or (len(key) < 4 and form != key and "." not in form and form != found[0].key):
            return None
        return found[max(0, bisect.bisect_right(self._starts[folded], start) - 1)]


def _overruled(use: Use, definition: Definition) -> bool:
    """Whether the phrases beside a use speak for another sense of two letters than the one the article defines."""
    sense = use.local
    if sense is None or definition.site.start == use.start or len(use.key) > 2 or len(use.senses) < 2:
        return False
    return max(use.votes) > 0 and same_words(sense.long) != same_words(definition.long)


def _lexicon_use(use: Use, short: str, sense: Sense | None) -> Abbreviation:
    if sense is None:
        longs = dict.fromkeys(sense.long for sense in use.senses)
        if len(longs) > 1:
            found_by = tuple(sense.id for sense in use.senses)
            return Abbreviation(use.start, use.end, short, None, "ambiguous", None, tuple(longs), found_by)
        sense = use.senses[0]
    return Abbreviation(use.start, use.end, short, sense.long, "lexicon", None, (), (sense.id,))


def _marks_fit(sense: Sense, atoms: Sequence[Atom], marks: Sequence[str], key: str) -> bool:
    """Whether the marks between atoms stand where the entry allows them, or between all letters (``U.B.N.D``)."""
    joints = sense.joints.get(key)
    if joints is None:
        return False
    if sense.entry.exact:
        form = "".join(
            part for pair in zip(atoms, (*marks, ""), strict=True) for part in (pair[0].text, pair[1].strip())
        )
        return form in (sense.entry.short, *sense.entry.variants)
    if not marks:
        return True
    if len(key) >= 4 and len(atoms) == len(key) and all(mark in (".", ". ") for mark in marks):
        return True
    offset = 0
    for atom, mark in zip(atoms, marks, strict=False):
        offset += len(atom.text)
        allowed = joints.get(offset)
        if allowed is None or (allowed == "-" and mark in (" ", ". ")):
            return False
    return True


def _is_glued(text: str, start: int, end: int, key: str) -> bool:
    """Whether the form is a part of a name or model: ``M-TP``, ``TK1-TS``, ``SM-6``."""
    if re.match(r"-\d|[&+_@]|\.\w{1,4}/", text[end : end + 6]):
        return True
    return len(key) <= 2 and re.search(r"\w[-&+]$|[^\W\dA-Z_]\.$", text[max(0, start - 2) : start]) is not None


def _in_list(lower: str, one: Use, other: Use) -> bool:
    """Whether two uses are neighbours in a list: ``CB, CC, VC``, ``ĐH - CĐ``."""
    first, second = (one, other) if one.start < other.start else (other, one)
    gap = lower[first.end : second.start]
    return len(gap) <= 4 and _LIST_GAP.fullmatch(gap) is not None
