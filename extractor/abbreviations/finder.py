"""Every use of a short form in a text, with what it stands for there."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.abbreviations.chains import Atom, ChainScanner
from extractor.abbreviations.codes import CodeReader
from extractor.abbreviations.definitions import DefinitionFinder
from extractor.abbreviations.letters import has_tone, is_syllable, key_of, parts_of
from extractor.abbreviations.lexicon import Lexicon, load_lexicon
from extractor.abbreviations.settle import Settler
from extractor.abbreviations.uses import Defined, Use, UseFinder, is_glued
from extractor.document import Abbreviation
from extractor.span import Span

_ROMAN = re.compile(r"[IVXLC]+")
_LETTER_AND_SLASH = re.compile(r"^\w/|/\w$")


class AbbreviationFinder:
    """Finds abbreviations; made once from the lexicon, then used for any number of texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        entries = [sense.entry for senses in lexicon.senses.values() for sense in senses]
        forms = {form for entry in entries for form in (entry.short, *entry.variants)}
        mixed = {key_of(form) for form in forms if len(key_of(form)) > 1 and not key_of(form).isupper()}
        mixed |= {form for form in forms if _LETTER_AND_SLASH.search(form)}
        self._scanner = ChainScanner(mixed, {entry.short for entry in entries if entry.numbered})
        self._definitions = DefinitionFinder(lexicon)
        self._codes = CodeReader(lexicon.rules)
        self._uses = UseFinder(lexicon)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> AbbreviationFinder:
        """The finder over the project's lexicon and a user's own files or folders. Raises DataError."""
        return cls(load_lexicon(folders))

    def find(self, text: str, lower: str) -> tuple[Abbreviation, ...]:
        """All uses in the order of the text. `text` is a view's text, `lower` the same in lower case.

        Every use is an entry; a use that the text does not settle has no long form but candidates.
        """
        chains = list(self._scanner.chains(text))
        defined = Defined(self._definitions.find(text, lower, chains))
        uses: list[Use] = []
        found: list[Abbreviation] = []
        for chain in chains:
            first, expanded = self._codes.read(text, chain)
            found += expanded
            uses += self._uses.uses(text, chain, first, defined)
        found += Settler(self.lexicon, text, lower, uses).settle()
        return tuple(sorted(found, key=lambda use: use.start))

    def unknown(self, text: str, uses: Sequence[Abbreviation]) -> Iterator[tuple[str, Span]]:
        """What looks like a short form beside the given uses, with its place: capitals that nothing explains."""
        starts = [use.start for use in uses]
        for chain in self._scanner.chains(text):
            first, _ = self._codes.read(text, chain)
            for atom in () if chain.shouting else chain.atoms[first:]:
                at = bisect.bisect_right(starts, atom.start) - 1
                covered = at >= 0 and uses[at].end > atom.start
                if not covered and self._looks_short(text, atom):
                    yield atom.text, Span(atom.start, atom.end)

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
        if len(parts) > 1 and not self.knows(form) and any(self.is_name_or_code(part) for part in parts):
            return True
        return _ROMAN.fullmatch(form) is not None or has_tone(form) or is_syllable(form)

    def _looks_short(self, text: str, atom: Atom) -> bool:
        """Whether an atom is two capitals or more that stand free and are no known name or code."""
        if len(atom.text) == 1 or not atom.text.isupper() or self.is_name_or_code(atom.text):
            return False
        return not is_glued(text, atom.start, atom.end, atom.text)
