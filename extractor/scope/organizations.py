"""Bodies in a text: the words that their names begin with, how far the names go, and the part they take in their sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.datafile import Table
from extractor.document import View
from extractor.lookup import alternatives, first_word, right_before
from extractor.span import Span

MANY = "các"
"""The word for many, which goes before a head."""
REACH = 64
LONG = 14
"""Words at most between the head of a name and its short form in brackets."""


class Head(Table):
    """Words that a body's name begins with; see ``organizations.toml``."""

    id: str
    words: tuple[str, ...]
    bare: bool = False
    generic: bool = False
    agent_only: bool = False
    opaque: bool = False
    examples: tuple[str, ...]


class Tail(Table):
    """What goes on a name."""

    words: tuple[str, ...]
    fixed: tuple[str, ...]
    units: tuple[str, ...]
    breakers: frozenset[str]
    surnames: frozenset[str]


class Part(Table):
    """Words that show a body's part in its sentence."""

    with_others: tuple[str, ...]
    officers: tuple[str, ...]
    openers: tuple[str, ...]
    members: tuple[str, ...]
    attribution: tuple[str, ...]
    agent: tuple[str, ...]
    owner: tuple[str, ...]
    detail: tuple[str, ...]
    back: tuple[str, ...]
    persons: tuple[str, ...]
    respectively: tuple[str, ...]


class OrganizationTable(Table):
    """The schema of ``organizations.toml``."""

    head: tuple[Head, ...]
    tail: Tail
    part: Part


class OrganizationMention(NamedTuple):
    """A body named in the text.

    `part`: subject (it does or has), agent (after do, được), owner (after của, tại …), officer (a person speaks for
    it), attribution (it says so), other (it takes part, or is talked about). `bare` is a head without a name, which
    stands for a body named before; `after` the index of the mention it is joined to by a comma or và.
    """

    start: int
    end: int
    head: str
    rule: str
    part: str
    bare: bool = False
    opaque: bool = False
    fronted: bool = False
    joined: bool = False

    @property
    def span(self) -> Span:
        """Where the mention stands."""
        return Span(self.start, self.end)


class OrganizationFinder:
    """Finds bodies. Holds compiled patterns; `is_place` says whether a name is that of an administrative unit."""

    def __init__(self, table: OrganizationTable, is_place: Callable[[str], bool]) -> None:
        self._table, self._is_place = table, is_place
        self._heads = {word: head for head in table.head for word in head.words}
        tail, part = table.tail, table.part
        self._head = {first: regex.compile(_head(heads)) for first, heads in _by_first_word(self._heads).items()}
        self._head[MANY] = regex.compile(rf"(?:(?P<many>[Cc]ác) )?{_head(self._heads)}")
        self._head_words = frozenset(self._head)
        self._fixed = regex.compile(rf"\s+(?:{alternatives(tail.fixed)})(?![\p{{L}}\d])")
        self._unit = regex.compile(rf"\s+(?:{alternatives(tail.units)})(?:(?<=\.)|(?![\p{{L}}\d]))")
        self._word = regex.compile(rf"(?:\s+|\s?[-–&]\s?)(?:{alternatives(tail.words)})(?![\p{{L}}\d])")
        self._cap = regex.compile(r"(?:\s+|\s?[-–&]\s?|\.)(?P<name>\p{Lu}[\p{L}\d&’'-]*)")
        self._small = regex.compile(r"\s+(?P<name>\p{Ll}+)(?=\s+\p{Lu}\p{Ll})")
        self._number = regex.compile(r"\s+\d{1,4}(?![\d.,/%]|\s*(?:triệu|tỷ|tỉ|nghìn|ngàn|%))")
        self._quoted = regex.compile(r"\s+(?:“[^”\n]{2,60}”|\"[^\"\n]{2,60}\")")
        self._bracket = regex.compile(r"\s*\([\p{L}\d &.-]{2,25}\)")
        self._long = regex.compile(rf"(?:\s+[\p{{L}}-]+){{2,{LONG}}}\s*\((?P<short>[\p{{L}}\d &-]{{2,20}})\)")
        nested = [w for w, h in self._heads.items() if not h.generic and w[0].isupper()]
        self._nested = regex.compile(rf"\s+(?:{alternatives(nested)})(?![\p{{L}}\d])")
        self._syllable = regex.compile(r"(?:[\s-]{1,3}|(?<=\.))[\p{Lu}\d][\p{L}\d’']*")
        self._given = regex.compile(r"\s+\p{Lu}\p{L}*\s+\p{Lu}\p{L}*(?!\s+\p{Lu})(?![\p{L}])")
        self._clause = regex.compile(r"[,;:(.!?“\n–]|(?<=\s)\"|\s-\s")
        self._apposed = right_before(part.persons, r"\s+(?:\p{Lu}\p{L}*\s*){1,5},\s*", any_case=True)
        self._parts = [
            ("officer", right_before(part.officers, any_case=True)),
            ("attribution", right_before(part.attribution, any_case=True)),
            ("other", right_before(part.with_others, any_case=True)),
            ("member", right_before(part.members, any_case=True)),
            ("agent", right_before(part.agent, any_case=True)),
            ("owner", right_before(part.owner, any_case=True)),
        ]
        self._opener = right_before(part.openers, any_case=True)
        self._saying = regex.compile(rf"[\s\W]*(?:{alternatives(part.attribution)})(?![\p{{L}}])")
        self._list = regex.compile(r"\s*(?:,|và|,\s*và|&)\s+(?:các )?")

    def scan(
        self, view: View, sentences: Iterable[Span], counted: Iterable[int] = (), figures: Iterable[int] = ()
    ) -> list[OrganizationMention]:
        """The mentions of all sentences, in order.

        `counted` are the places of words that are counted, which are no bodies; `figures` the places of figures, over
        which no name goes.
        """
        text, taken, limits = view.text, set(counted), sorted(figures)
        heads = [
            match for at, word in view.words.any_of(self._head_words) if (match := self._head[word].match(text, at))
        ]
        found: list[OrganizationMention] = []
        low = 0
        for sentence in sentences:
            high = bisect_left(heads, sentence.end, low, key=_start)
            if low < high:
                found += self._sentence(text, sentence, heads[low:high], taken, limits)
            low = high
        return found

    def _sentence(
        self,
        text: str,
        sentence: Span,
        heads: Sequence[regex.Match[str]],
        counted: set[int],
        limits: Sequence[int],
    ) -> Iterator[OrganizationMention]:
        at, last = sentence.start, None
        for match in heads:
            if match.start() < at or match.end() > sentence.end:
                continue
            at = match.end()
            start = match.start("head")
            limit = bisect_left(limits, at)
            stop = min(sentence.end, limits[limit]) if limit < len(limits) else sentence.end
            mention = self._mention(text, match, Span(sentence.start, max(at, stop)), last)
            if mention is not None:
                if start in counted or match.start() in counted:
                    mention = mention._replace(part="member")
                at = mention.end
                if mention.part != "member":
                    yield mention
                last = mention

    def _mention(
        self, text: str, match: regex.Match[str], sentence: Span, last: OrganizationMention | None
    ) -> OrganizationMention | None:
        head = self._heads[match["head"]]
        end = self._end(text, match.end(), sentence.end, head, match["head"])
        bare = end == match.end()
        many = match.start() < match.start("head")
        start = match.start() if many else match.start("head")
        if many and head.opaque and not head.generic and bare:
            end = self._kind_end(text, end, sentence.end)
        joined = last is not None and bool(self._list.fullmatch(text, last.end, match.start("head")))
        part, fronted = self._part(text, start, sentence)
        if joined and last is not None:
            part = last.part if part in ("subject", "other") else part
        mention = OrganizationMention(
            start, end, match["head"], head.id, part, bare and not many, head.opaque, fronted, joined
        )
        return mention if self._allowed(mention, head, many=many) else None

    def _allowed(self, mention: OrganizationMention, head: Head, *, many: bool) -> bool:
        if mention.part == "member":
            return True
        if head.agent_only:
            return mention.part == "agent"
        if many and mention.end == mention.start + 4 + len(mention.head) and " " not in mention.head:
            return mention.fronted or mention.part == "agent"
        if head.generic and not many and not mention.fronted and not head.bare:
            return mention.part in ("agent", "owner")
        if mention.bare and not (mention.part == "agent" or mention.fronted):
            return head.bare and (
                mention.part == "owner" or (mention.part == "officer" and (head.generic or head.opaque))
            )
        if mention.bare and not head.bare:
            return not head.generic and len(mention.head.split()) > 1
        return not head.generic or many or not mention.bare

    def _end(self, text: str, at: int, stop: int, head: Head, word: str) -> int:
        """Where the name goes to: pieces are taken as long as they can belong to it."""
        if quoted := self._quoted.match(text, at, stop):
            return quoted.end()
        end = self._long_end(text, at, stop, word) or at
        place, after_unit, trade = end, False, word[-5:].lower() == "ngành"
        while True:
            piece, sure, unit = self._piece(text, place, stop, head, after_unit=after_unit)
            if piece <= place:
                return end
            name = text[place:piece].strip(" -–&.")
            if name in self._table.tail.surnames and self._person(text, piece, stop):
                return end
            place, after_unit = piece, unit
            if sure or trade:
                end = piece
            trade = name.lower() == "ngành"
            if after_unit and unit and not self._unit_name(text, piece, stop):
                return end

    def _piece(self, text: str, at: int, stop: int, head: Head, *, after_unit: bool) -> tuple[int, bool, bool]:
        """The end of the next piece, whether it surely belongs to the name, and whether it is a word for a unit."""
        if after_unit:
            return self._unit_name(text, at, stop) or at, True, False
        if match := self._unit.match(text, at, stop):
            return match.end(), True, True
        if match := self._fixed.match(text, at, stop) or self._nested.match(text, at, stop):
            return match.end(), True, False
        if match := self._word.match(text, at, stop):
            return match.end(), match[0].strip(" -–&")[:1].isupper(), False
        if match := self._cap.match(text, at, stop):
            return match.end(), True, False
        if head.opaque and text[at - 1].islower() and (match := self._small.match(text, at, stop)):
            known = match["name"] in self._table.tail.breakers or self._capital_before(text, at) is None
            return (at if known else match.end()), False, False
        if head.opaque and (match := self._number.match(text, at, stop)):
            return match.end(), True, False
        if (match := self._bracket.match(text, at, stop)) and self._goes_on(text, match.end(), stop):
            return match.end(), False, False
        return at, False, False

    def _capital_before(self, text: str, at: int) -> str | None:
        """The syllable that ends at a place, if it is capitalised."""
        syllable = text[max(0, at - 8) : at].replace("-", " ").rsplit(" ", 1)[-1]
        return syllable if syllable[:1].isupper() else None

    def _goes_on(self, text: str, at: int, stop: int) -> bool:
        return bool(
            self._unit.match(text, at, stop) or self._fixed.match(text, at, stop) or self._cap.match(text, at, stop)
        )

    def _unit_name(self, text: str, at: int, stop: int) -> int | None:
        """The end of the unit's name at a place, at most five syllables."""
        ends: list[int] = []
        place = at
        while len(ends) < 5 and (match := self._syllable.match(text, place, stop)):  # noqa: PLR2004
            place = match.end()
            ends.append(place)
        return next((end for end in reversed(ends) if self._is_place(text[at:end])), None)

    def _person(self, text: str, at: int, stop: int) -> bool:
        """Whether a surname is followed by a middle and a given name, and no more."""
        return self._given.match(text, at, stop) is not None

    def _long_end(self, text: str, at: int, stop: int, word: str) -> int | None:
        """A name told in full with its short form in brackets after it."""
        match = self._long.match(text, at, stop)
        if match is None:
            return None
        short = match["short"].strip()
        same = short.split()[0] == word or (short.isupper() and short[0] == word[0].upper() and " " not in short)
        return match.end() if same else None

    def _kind_end(self, text: str, at: int, stop: int) -> int:
        match = self._word.match(text, at, stop)
        return match.end() if match else at

    def _part(self, text: str, start: int, sentence: Span) -> tuple[str, bool]:
        least = max(sentence.start, start - REACH)
        before = text[least:start]
        cut = max((m.end() for m in self._clause.finditer(before)), default=0)
        whole = cut > 0 or start - REACH <= sentence.start
        stripped = before[cut:].strip(" -–)]•+*")
        fronted = whole and (not stripped or (len(stripped.split()) <= 4 and self._opens(text, least + cut, start)))  # noqa: PLR2004
        if self._apposed.match(text, least, start):
            return "other", False
        for part, pattern in self._parts:
            if pattern.match(text, least, start):
                said = part in ("officer", "attribution") and self._saying.match(text, sentence.start, sentence.end)
                if part == "owner" and whole and len(stripped.split()) <= 1:
                    return "subject", True
                return ("attribution" if said else part), fronted
        return "subject", fronted

    def _opens(self, text: str, start: int, end: int) -> bool:
        return self._opener.match(text, start, end) is not None


def _start(match: regex.Match[str]) -> int:
    return match.start()


def _head(heads: Iterable[str]) -> str:
    return rf"(?<![\p{{L}}\d])(?P<head>{alternatives(heads)})(?![\p{{L}}\d])"


def _by_first_word(heads: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for head in heads:
        found.setdefault(first_word(head.lower()), []).append(head)
    return found
