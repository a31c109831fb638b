"""Definitions in the article itself: ``cán bộ công đoàn (CBCĐ)``, ``LĐLĐ (Liên đoàn Lao động)``, ``gọi tắt là``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.abbreviations.align import MOST_SKIPPED, Unit, Word, align, initials, words_after, words_before
from extractor.abbreviations.chains import Chain
from extractor.abbreviations.letters import key_of, same_words
from extractor.abbreviations.lexicon import Lexicon, Rules
from extractor.frozen import frozen
from extractor.lookup import alternatives
from extractor.span import Span

_OPEN = re.compile(r"\(\s*[\"“]?((?:[^\W\d_]+ ){0,5})[\"“]?$")
_CLOSE = re.compile(r"[\"”]?((?: [^\W\d_]+){0,4})[\"”]?\s*(?:[),;]| -)")
_BRACKET_AFTER = re.compile(r"[\"”]? ?\(\s*[\"“]?")
_CLOSING = re.compile(r"[\"”]?\s?\)")
_QUOTES = re.compile(r"[\"“”]")
_REACH = 80
# How many initials make a definition: two in a bracket, three behind a dash or where the long form is a name.
_FEWEST = 2
_FEWEST_LOOSE = 3
_LONGEST_NAME = 16
_HEADLINE = 3


@frozen
class Definition:
    """A short form defined at `site` as `long`; `span` covers long form, short form and brackets."""

    key: str
    long: str
    site: Span
    span: Span
    rule: str


@frozen
class Short:
    """A short form as it stands in a chain, marks inside it included."""

    span: Span
    letters: str


class DefinitionFinder:
    """Finds what an article defines; made once from the rules and the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        rules: Rules = lexicon.rules
        self._lexicon = lexicon
        self._skipped = frozenset(rules.skipped)
        self._heads = re.compile(rf"(?<!\w)(?:{alternatives(rules.heads)})(?!\w)")
        self._bare_heads = frozenset(rules.bare_heads)
        self._names = frozenset(rules.names)
        phrases, after = ([phrase.lower() for phrase in group] for group in (rules.phrases, rules.phrases_after))
        # The phrases that hold no other: where none of these is, there is none at all.
        self._phrases = [phrase for phrase in phrases if not any(o != phrase and o in phrase for o in phrases)]
        self._phrase = re.compile(rf"[\s,(-]+(?:{alternatives(phrases)})[ :]+[\"“]?((?:[^\W\d_]+ ){{0,3}})$")
        self._phrase_after = re.compile(rf"[\"”)]?[\s,(]*(?:{alternatives(after)})[ :]+[\"“]?")

    def find(self, text: str, lower: str, chains: Sequence[Chain]) -> tuple[Definition, ...]:
        """All definitions, in the order of the text; the first that is found for a site counts."""
        found: dict[int, Definition] = {}
        phrased = any(phrase in lower for phrase in self._phrases)
        for chain in chains:
            if chain.shouting and len(chain.atoms) > _HEADLINE:
                continue
            for definition in (*self._ahead(text, lower, chain, phrased=phrased), *self._behind(text, lower, chain)):
                found.setdefault(definition.site.start, definition)
        return tuple(found[start] for start in sorted(found))

    # … the long form stands before the short one

    def _ahead(self, text: str, lower: str, chain: Chain, *, phrased: bool) -> Iterable[Definition]:
        start = chain.start
        least = max(0, start - _REACH)
        if phrased and (phrase := self._phrase.search(lower, least, start)):
            return self._before(text, chain, phrase, "definition-phrase")
        bracket = text.rfind("(", least, start)
        if bracket >= 0 and (opened := _OPEN.match(text, bracket, start)):
            return self._before(text, chain, opened, "definition-brackets")
        return self._dashed(text, chain) if text[least:start].endswith(" - ") else ()

    def _before(self, text: str, chain: Chain, opening: re.Match[str], rule: str) -> Iterator[Definition]:
        """``long (short)``: what the bracket holds, or what follows the phrase, against the words before it."""
        tokens = words_before(text, opening.start())
        closing = _CLOSE.match(text, chain.end)
        tail = closing.group(1) if closing else ""
        tails = [tail] if tail else []
        if rule == "definition-phrase" or (closing and not tail) or text[chain.end : chain.end + 1] in "),;":
            tails.append("")
        for words in tails:
            aligned = self._portions([*opening.group(1).split(), chain, *words.split()], tokens)
            if aligned:
                end = _after_closing(text, chain.end + len(words))
                for short, first, last in aligned:
                    long = text[first.start : last.end]
                    yield _definition(short, long, Span(first.start, end), rule)
                return
        yield from self._unaligned(text, chain, tokens, opening.group(1), rule)

    def _portions(self, content: Sequence[str | Chain], tokens: Sequence[Word]) -> list[tuple[Short, Word, Word]]:
        """Initials and literal words against the words before: for each short form its first and its last word."""
        units: list[Unit] = []
        shorts: list[Short] = []
        for part in content:
            if isinstance(part, str):
                units.append(Unit(part.lower()))
                continue
            for short in _shorts(part):
                units += initials(short.letters, len(shorts))
                shorts.append(short)
        matched = align(units, tokens, self._skipped) if len(units) >= _FEWEST else None
        if matched is None:
            return []
        owned = [[at for at, unit in zip(matched, units, strict=True) if unit.owner == n] for n in range(len(shorts))]
        return [(short, tokens[own[0]], tokens[own[-1]]) for short, own in zip(shorts, owned, strict=True)]

    def _unaligned(
        self, text: str, chain: Chain, tokens: Sequence[Word], words: str, rule: str
    ) -> Iterator[Definition]:
        """A long form of the lexicon that stands right before, or a named body: ``Quỹ … (Quỹ CEP)``."""
        if not tokens or len(chain.atoms) > 1:
            return
        (short,) = _shorts(chain)
        end = _after_closing(text, chain.end)
        known = self._lexicon.of(short.letters)
        for sense in known:
            head = tokens[-len(same_words(sense.long).split()) :]
            if same_words(text[head[0].start : head[-1].end]) == same_words(sense.long):
                yield _definition(short, sense.long, Span(head[0].start, end), rule)
                return
        literal = words.split(maxsplit=1)[0] if words else None
        if len(short.letters) >= _FEWEST_LOOSE and short.letters not in self._names and (literal or not known):
            start = self._head(text, tokens, literal)
            if start is not None:
                yield _definition(short, text[start : tokens[-1].end], Span(start, end), "definition-named")

    def _head(self, text: str, tokens: Sequence[Word], literal: str | None) -> int | None:
        """Where the name of a body starts: at the one head word before, or the one that the bracket repeats."""
        stretch = tokens[-_LONGEST_NAME:]
        if len(stretch) < _FEWEST_LOOSE:
            return None
        heads = list(self._heads.finditer(text, stretch[0].start, stretch[-2].start))
        if literal:
            heads = [head for head in heads if head.group().split()[0].lower() == literal.lower()]
        elif len(heads) != 1 or heads[0].group() not in self._bare_heads:
            return None
        return heads[-1].start() if heads else None

    def _dashed(self, text: str, chain: Chain) -> Iterator[Definition]:
        """``bảo hiểm xã hội - BHXH``: three initials or more, for a dash says less than a bracket."""
        short = _shorts(chain)[0]
        units = initials(short.letters)
        tokens = words_before(text, short.span.start - len(" - "))
        matched = align(units, tokens, self._skipped) if len(units) >= _FEWEST_LOOSE else None
        if matched:
            first = tokens[matched[0]]
            long = text[first.start : tokens[-1].end]
            yield _definition(short, long, Span(first.start, short.span.end), "definition-dash")

    # … the long form stands behind the short one

    def _behind(self, text: str, lower: str, chain: Chain) -> Iterable[Definition]:
        end = chain.end
        if phrase := self._phrase_after.match(lower, end, end + _REACH):
            return self._explained(text, chain, phrase, "definition-phrase")
        opened = _BRACKET_AFTER.match(text, end)
        return self._explained(text, chain, opened, "definition-brackets") if opened else ()

    def _explained(self, text: str, chain: Chain, opening: re.Match[str], rule: str) -> Iterator[Definition]:
        """``short (long)`` and ``short là viết tắt của long``."""
        short = _shorts(chain)[-1]
        units = initials(short.letters)
        if len(units) < _FEWEST:
            return
        tokens = words_after(text, opening.end())
        for size in range(len(units), min(len(tokens), len(units) + MOST_SKIPPED) + 1):
            whole = rule == "definition-phrase" or size == len(tokens)
            matched = align(units, tokens[:size], self._skipped) if whole else None
            if matched and matched[0] == 0:
                last = tokens[size - 1].end
                span = Span(short.span.start, _after_closing(text, last))
                yield _definition(short, text[tokens[0].start : last], span, rule)
                return


def _definition(short: Short, long: str, span: Span, rule: str) -> Definition:
    return Definition(key_of(short.letters), " ".join(_QUOTES.sub("", long).split()), short.span, span, rule)


def _shorts(chain: Chain) -> list[Short]:
    """The short forms of a chain: hyphens, ampersands and dots join atoms into one, spaces part them."""
    shorts: list[Short] = []
    for atom, mark in zip(chain.atoms, (" ", *chain.marks), strict=True):
        if mark in (" ", ". "):
            shorts.append(Short(Span(atom.start, atom.end), atom.text))
        else:
            last = shorts[-1]
            shorts[-1] = Short(Span(last.span.start, atom.end), last.letters + atom.text)
    return shorts


def _after_closing(text: str, end: int) -> int:
    """The offset behind the bracket that closes at `end`, or `end` itself."""
    closing = _CLOSING.match(text, end)
    return closing.end() if closing else end
