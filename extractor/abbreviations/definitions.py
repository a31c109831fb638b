"""Definitions in the article itself: ``cán bộ công đoàn (CBCĐ)``, ``LĐLĐ (Liên đoàn Lao động)``, ``gọi tắt là``.

A Vietnamese short form is made of the initials of its syllables (Đ is not D; â and ă are a, ê is e, ô and ơ are o,
ư is u). The matcher walks syllable by syllable from the short form and so finds the exact edge of the long form;
it passes over small words and marks and never leaves the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.abbreviations.chains import Chain
from extractor.abbreviations.letters import CAPITALS, fold, fold_word, key_of, same_words
from extractor.abbreviations.lexicon import Lexicon, Rules
from extractor.span import Span

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_MARK = re.compile(r"[.;:!?()]|\n\s*\n")
_UNIT = re.compile(rf"[{CAPITALS}][^\W\d_{CAPITALS}]*")
_OPEN = re.compile(r"\(\s*[\"“]?((?:[^\W\d_]+ ){0,5})[\"“]?$")
_CLOSE = re.compile(r"[\"”]?((?: [^\W\d_]+){0,4})[\"”]?\s*(?:[),;]| -)")
_BEFORE = 240
_AFTER = 160
_MOST_SKIPPED = 3
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: offsets, the text itself, and whether a sentence mark stands behind it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form defined at `site` as `long`; `span` covers long form, short form and brackets."""

    key: str
    long: str
    site: Span
    span: Span
    rule: str


class DefinitionFinder:
    """Finds what an article defines; constructed once with the rules and the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        rules: Rules = lexicon.rules
        self._lexicon = lexicon
        self._skipped = frozenset(rules.skipped)
        self._heads = re.compile(rf"(?<!\w)(?:{_alternatives(rules.heads)})(?!\w)")
        self._bare_heads = frozenset(rules.bare_heads)
        self._names = frozenset(rules.names)
        self._phrase = re.compile(
            rf"[\s,(-]+(?:{_alternatives(rules.phrases)})[ :]+[\"“]?((?:[^\W\d_]+ ){{0,3}})$", re.IGNORECASE
        )
        self._phrase_after = re.compile(
            rf"[\"”)]?[\s,(]*(?:{_alternatives(rules.phrases_after)})[ :]+[\"“]?", re.IGNORECASE
        )

    def find(self, text: str, chains: Sequence[Chain]) -> tuple[Definition, ...]:
        """All definitions, in the order of the text; the first that is found for a site counts."""
        found: dict[int, Definition] = {}
        for chain in chains:
            if chain.shouting and len(chain.atoms) > 3:
                continue
            for definition in self._at(text, chain):
                found.setdefault(definition.site.start, definition)
        return tuple(found[start] for start in sorted(found))

    def _at(self, text: str, chain: Chain) -> Iterator[Definition]:
        before = text[max(0, chain.start - _BEFORE) : chain.start]
        opened = _OPEN.search(before)
        phrase = self._phrase.search(before)
        if phrase:
            anchor = chain.start - len(before) + phrase.start()
            yield from self._before(text, chain, anchor, phrase.group(1), "gọi tắt", closing=False)
        elif opened:
            anchor = chain.start - len(before) + opened.start()
            yield from self._before(text, chain, anchor, opened.group(1), "", closing=True)
        elif before.endswith((" - ", " -", "/")):
            yield from self._dashed(text, chain)
        yield from self._behind(text, chain)

    # … the long form stands before the short one

    def _before(
        self, text: str, chain: Chain, anchor: int, words: str, phrase: str, *, closing: bool
    ) -> Iterator[Definition]:
        """``long (short)``: the bracket, or what follows the phrase, against the words before it."""
        rest = _CLOSE.match(text, chain.end)
        rule = "definition-phrase" if phrase else "definition-brackets"
        tails = [rest.group(1)] if rest and rest.group(1) else []
        if not closing or rest and not rest.group(1) or text[chain.end : chain.end + 1] in "),;":
            tails.append("")
        tokens = _words_before(text, anchor)
        for tail in tails:
            content = [*words.split(), chain, *tail.split()]
            end = _after_closing(text, chain.end + len(tail))
            aligned = self._align_content(content, tokens)
            if aligned:
                for (atoms_start, atoms_end, key), (first, last) in aligned:
                    long = text[first.start : last.end]
                    yield _definition(key, long, Span(atoms_start, atoms_end), Span(first.start, end), rule)
                return
        yield from self._known_or_named(text, chain, tokens, words, rule)

    def _align_content(
        self, content: Sequence[str | Chain], tokens: Sequence[Word]
    ) -> list[tuple[tuple[int, int, str], tuple[Word, Word]]]:
        """Align initials and literal words with the words before, backwards; give each short form its portion."""
        units: list[tuple[str, int]] = []
        shorts: list[tuple[int, int, str]] = []
        for part in content:
            if isinstance(part, str):
                units.append((part.lower(), -1))
                continue
            for group in _groups(part):
                units += [(unit, len(shorts)) for unit in _units(group[2])]
                shorts.append(group)
        if not units or len(units) < 2:
            return []
        matched = self._align(units, tokens)
        if matched is None:
            return []
        result = []
        for index, short in enumerate(shorts):
            portion = [tokens[at] for at, (_, owner) in zip(matched, units, strict=True) if owner == index]
            result.append((short, (min(portion, key=lambda w: w.start), max(portion, key=lambda w: w.end))))
        return result

    def _align(self, units: Sequence[tuple[str, int]], tokens: Sequence[Word]) -> list[int] | None:
        """For each unit the index of its word; `tokens` in text order, the last one must be taken."""
        units_left, at = len(units), len(tokens) - 1
        path = self._walk(units, units_left, tokens, at, _MOST_SKIPPED, first=True)
        return path

    def _walk(
        self, units: Sequence[tuple[str, int]], left: int, tokens: Sequence[Word], at: int, skips: int, *, first: bool
    ) -> list[int] | None:
        if left == 0:
            return []
        if at < 0:
            return None
        word = tokens[at]
        for taken in _takes(units, left, word.text):
            rest = self._walk(units, left - taken, tokens, at - 1, skips, first=False)
            if rest is not None:
                return [*rest, *([at] * taken)]
        if not first and skips and word.text.lower() in self._skipped:
            return self._walk(units, left, tokens, at - 1, skips - 1, first=False)
        return None

    def _known_or_named(
        self, text: str, chain: Chain, tokens: Sequence[Word], words: str, rule: str
    ) -> Iterator[Definition]:
        """A long form of the lexicon that stands right before, or a named body: ``Quỹ … (Quỹ CEP)``."""
        if not tokens or len(chain.atoms) > 1:
            return
        atom = chain.atoms[0]
        site, end = Span(atom.start, atom.end), _after_closing(text, atom.end)
        for sense in self._lexicon.of(atom.text):
            size = len(same_words(sense.long).split())
            head = tokens[-size:]
            if len(head) == size and same_words(text[head[0].start : head[-1].end]) == same_words(sense.long):
                yield _definition(atom.text, sense.long, site, Span(head[0].start, end), rule)
                return
        literal = words.split()
        if len(atom.text) > 2 and atom.text not in self._names and (literal or not self._lexicon.of(atom.text)):
            start = self._head(text, tokens, literal[0] if literal else None)
            if start is not None:
                long = text[start : tokens[-1].end]
                yield _definition(atom.text, long, site, Span(start, end), "definition-named")

    def _head(self, text: str, tokens: Sequence[Word], literal: str | None) -> int | None:
        """Where the name of a body starts: at the one head word before, or the one that the bracket repeats."""
        stretch = tokens[-_LONGEST_NAME:]
        if len(stretch) < 3:
            return None
        heads = list(self._heads.finditer(text, stretch[0].start, stretch[-2].start))
        if literal:
            heads = [head for head in heads if head.group().split()[0].lower() == literal.lower()]
        elif len(heads) != 1 or heads[0].group() not in self._bare_heads:
            return None
        return heads[-1].start() if heads else None

    def _dashed(self, text: str, chain: Chain) -> Iterator[Definition]:
        """``bảo hiểm xã hội - BHXH``: three initials or more, for a dash says less than a bracket."""
        for start, end, key in _groups(chain)[:1]:
            anchor = len(text[:start].rstrip(" -/"))
            units = [(unit, 0) for unit in _units(key)]
            tokens = _words_before(text, anchor)
            matched = self._align(units, tokens) if len(units) > 2 else None
            if matched:
                first = tokens[matched[0]]
                yield _definition(
                    key, text[first.start : tokens[-1].end], Span(start, end), Span(first.start, end), "definition-dash"
                )

    # … the long form stands behind the short one

    def _behind(self, text: str, chain: Chain) -> Iterator[Definition]:
        """``short (long)`` and ``short là viết tắt của long``."""
        start, end, key = _groups(chain)[-1]
        after = text[end : end + _AFTER]
        bracket = re.match(r"[\"”]? ?\(\s*[\"“]?", after)
        phrase = self._phrase_after.match(after)
        opened = phrase or bracket
        if not opened:
            return
        units = [(unit, 0) for unit in _units(key)]
        if len(units) < 2:
            return
        tokens = _words_after(text, end + opened.end())
        for size in range(len(units), min(len(tokens), len(units) + _MOST_SKIPPED) + 1):
            head = tokens[:size]
            if size < len(tokens) and not phrase:
                continue
            matched = self._align(units, head)
            if matched and matched[0] == 0:
                last = head[-1].end
                rule = "definition-phrase" if phrase else "definition-brackets"
                yield _definition(
                    key, text[head[0].start : last], Span(start, end), Span(start, _after_closing(text, last)), rule
                )
                return


def _definition(key: str, long: str, site: Span, span: Span, rule: str) -> Definition:
    return Definition(key_of(key), " ".join(re.sub(r"[\"“”]", "", long).split()), site, span, rule)


def _alternatives(phrases: Sequence[str]) -> str:
    """Phrases as alternatives, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _groups(chain: Chain) -> list[tuple[int, int, str]]:
    """The short forms of a chain: atoms joined by hyphens, ampersands and dots are one, spaces part them."""
    groups: list[tuple[int, int, str]] = []
    for index, atom in enumerate(chain.atoms):
        mark = chain.marks[index - 1] if index else " "
        if groups and mark not in (" ", ". "):
            start, _, key = groups[-1]
            groups[-1] = (start, atom.end, key + atom.text)
        else:
            groups.append((atom.start, atom.end, atom.text))
    return groups


def _units(key: str) -> list[str]:
    """The initials of a short form, folded, small letters with the capital before them: ``ThS`` is Th, S."""
    return [fold(unit[0]) + unit[1:].lower() for unit in _UNIT.findall(key)]


def _takes(units: Sequence[tuple[str, int]], left: int, word: str) -> Iterator[int]:
    """How many units, counted back from `left`, a word can stand for: one initial, or a short form its letters."""
    unit, owner = units[left - 1]
    if owner < 0:
        if word.lower() == unit:
            yield 1
        return
    if word.isupper() and 1 < len(word) <= left:
        letters = [fold(c) for c in word]
        if [u for u, o in units[left - len(word) : left] if o == owner] == letters:
            yield len(word)
    if fold(word[0]) == unit[0] and fold_word(word[1 : len(unit)]) == unit[1:].upper():
        yield 1


def _words_before(text: str, anchor: int) -> list[Word]:
    """The words before an offset, back to the start of the sentence."""
    start = max(0, anchor - _BEFORE)
    window = text[start:anchor].rstrip(" ,\"“”'’(")
    cut = max((mark.end() for mark in _SENTENCE_MARK.finditer(window)), default=0)
    return [Word(start + m.start(), start + m.end(), m.group()) for m in _WORD.finditer(window, cut)]


def _words_after(text: str, anchor: int) -> list[Word]:
    """The words behind an offset, up to the end of the sentence or of the bracket."""
    window = text[anchor : anchor + _AFTER]
    mark = _SENTENCE_MARK.search(window)
    window = window[: mark.start()] if mark else window
    return [Word(anchor + m.start(), anchor + m.end(), m.group()) for m in _WORD.finditer(window)]


def _after_closing(text: str, end: int) -> int:
    """The offset behind the bracket that closes at `end`, or `end` itself."""
    closing = re.compile(r"[\"”]?\s?\)").match(text, end)
    return closing.end() if closing else end
