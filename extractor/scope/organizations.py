"""Bodies in a text: where one is named, and the part that it takes in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.datafile import Table
from extractor.document import View
from extractor.lookup import (
    LETTER,
    Leads,
    Openings,
    Phrases,
    PhrasesBefore,
    alternatives,
    first_word,
    united,
)
from extractor.scope.names import Head, NameReader, Tail
from extractor.scope.state import Stretch
from extractor.span import Span

_COUNTED = re.compile(r"\d\s+(?:[^\W\d_]+\s+){1,4}$")
"""Officers right behind a number are counted themselves: 8 chủ tịch LĐLĐ huyện."""
REACH = 64
"""Letters before a body in which its part shows."""
SYLLABLES = 5
"""Syllables of a person's name at most."""
SYLLABLE = 16
"""Letters of a head's first word at most."""


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
    together: str
    many: str


class OrganizationTable(Table):
    """The schema of ``organizations.toml``; `no_names` begin like a head and name no body."""

    no_names: tuple[str, ...] = ()
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


class _Said(NamedTuple):
    """A head in the text; `start` is that of the word for many before it, if there is one."""

    start: int
    head_start: int
    end: int
    word: str


class OrganizationFinder:
    """Finds bodies. Holds compiled patterns; `is_place` says whether a name is that of an administrative unit.

    `vocabulary` holds words of several syllables.
    """

    def __init__(self, table: OrganizationTable, is_place: Callable[[str], bool], vocabulary: Container[str]) -> None:
        self._heads = {word: head for head in table.head for word in head.words}
        nested = {w: h for w, h in self._heads.items() if not h.generic and w[0].isupper()}
        self._names = NameReader(table.tail, nested, is_place, vocabulary)
        self._head = Phrases(self._heads)
        self._no_names = table.no_names
        part = table.part
        self._many = part.many
        self._many_forms = (f"{part.many} ", f"{part.many.capitalize()} ")
        self.openings: Openings = united(self._head.openings, {part.many: frozenset(self._head.openings)})
        self._clause = re.compile(r".*(?:[,;:(.!?“\n–]|(?<=\s)\"|\s-\s)", re.DOTALL)
        self._person = PhrasesBefore({"person": part.persons})
        sorts = {
            "officer": part.officers,
            "attribution": part.attribution,
            "other": part.with_others,
            "member": part.members,
            "agent": part.agent,
            "owner": part.owner,
        }
        self._part_before = PhrasesBefore(sorts, part.many)
        self._opener = PhrasesBefore({"opener": part.openers}, part.many)
        self._saying = re.compile(rf"[\s\W]*(?:{alternatives(part.attribution)})(?!{LETTER})")
        joint = rf"(?:,|{part.together}|,\s*{part.together}|&)"
        self._list = re.compile(rf"\s*{joint}\s+(?:{part.many} )?")

    def scan(
        self,
        view: View,
        sentences: Iterable[Stretch],
        counted: Iterable[int] = (),
        figures: Iterable[int] = (),
        words: Leads | None = None,
    ) -> list[OrganizationMention]:
        """The mentions of all sentences, in order.

        `counted` are the places of words that are counted, which are no bodies; `figures` the places of figures, over
        which no name goes; `words` those of the openings.
        """
        text, taken, limits = view.text, set(counted), sorted(figures)
        leads = view.words.among(self.openings) if words is None else words
        heads = [said for at, word, _ in leads if (said := self._said(text, at, word))]
        starts = [said.start for said in heads]
        found: list[OrganizationMention] = []
        low = 0
        for sentence in sentences:
            if low == len(starts):
                break
            if starts[low] < sentence.end:
                high = bisect_left(starts, sentence.end, low)
                found += self._sentence(view, Span(sentence.start, sentence.end), heads[low:high], taken, limits)
                low = high
        return found

    def _said(self, text: str, at: int, word: str) -> _Said | None:
        """The head at a place, with the word for many before it if it stands there."""
        if text.startswith(self._no_names, at):
            return None
        if word == self._many and text.startswith(self._many_forms, at):
            start = at + len(word) + 1
            head = self._head.match(text, start, first_word(text[start : start + SYLLABLE].lower()))
            if head:
                return _Said(at, start, start + len(head), head)
        head = self._head.match(text, at, word)
        return _Said(at, at, at + len(head), head) if head else None

    def _sentence(
        self, view: View, sentence: Span, heads: Sequence[_Said], counted: set[int], limits: Sequence[int]
    ) -> Iterator[OrganizationMention]:
        at, last = sentence.start, None
        for said in heads:
            if said.start < at or said.end > sentence.end:
                continue
            at = said.end
            limit = bisect_left(limits, at)
            stop = min(sentence.end, limits[limit]) if limit < len(limits) else sentence.end
            mention = self._mention(view, said, Span(sentence.start, max(at, stop)), last)
            if mention is not None:
                if said.head_start in counted or said.start in counted:
                    mention = mention._replace(part="member")
                at = mention.end
                if mention.part != "member":
                    yield mention
                last = mention

    def _mention(
        self, view: View, said: _Said, sentence: Span, last: OrganizationMention | None
    ) -> OrganizationMention | None:
        text, head = view.text, self._heads[said.word]
        end = self._names.end(text, said.end, sentence.end, head, said.word)
        bare = end == said.end
        many = said.start < said.head_start
        if many and head.opaque and not head.generic and bare:
            end = self._names.kind_end(text, end, sentence.end)
        joined = last is not None and self._list.fullmatch(text, last.end, said.head_start) is not None
        part, fronted = self._part(view, said.start, sentence)
        if joined and last is not None:
            part = last.part if part in ("subject", "other") else part
        mention = OrganizationMention(
            said.start, end, said.word, head.id, part, bare and not many, head.opaque, fronted, joined
        )
        return mention if self._allowed(mention, head, many=many) else None

    def _allowed(self, mention: OrganizationMention, head: Head, *, many: bool) -> bool:
        if mention.part == "member":
            return True
        if head.agent_only:
            return mention.part == "agent"
        if (
            many
            and mention.end == mention.start + len(self._many_forms[0]) + len(mention.head)
            and " " not in mention.head
        ):
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

    def _part(self, view: View, start: int, sentence: Span) -> tuple[str, bool]:
        """The part of a body that begins at a place, and whether it stands at the head of its clause."""
        text, lower = view.text, view.lower
        least = max(sentence.start, start - REACH)
        before = text[least:start]
        clause = self._clause.match(before)
        cut = clause.end() if clause else 0
        whole = cut > 0 or start - REACH <= sentence.start
        stripped = before[cut:].strip(" -–)]•+*")
        fronted = whole and (not stripped or (len(stripped.split()) <= 4 and self._opens(lower, least + cut, start)))  # noqa: PLR2004
        if self._apposed(lower, least, before.rstrip()):
            return "other", False
        part = self._part_before.sort(lower, least, start)
        if part == "officer" and _COUNTED.search(before):
            return "member", False
        if part is None:
            return "subject", fronted
        if part in ("officer", "attribution") and self._saying.match(text, sentence.start, sentence.end):
            return "attribution", fronted
        if part == "owner" and whole and len(stripped.split()) <= 1:
            return "subject", True
        return part, fronted

    def _apposed(self, lower: str, start: int, before: str) -> bool:
        """Whether a person's name and a comma stand before the body (anh Nguyễn Văn A, Công ty …)."""
        if not before.endswith(","):
            return False
        name = before[:-1].rstrip()
        for _ in range(SYLLABLES):
            name, _, syllable = name.rpartition(" ")
            if not (syllable.isalpha() and syllable[0].isupper()):
                return False
            if self._person.sort(lower, start, start + len(name) + 1):
                return True
            name = name.rstrip()
        return False

    def _opens(self, lower: str, start: int, end: int) -> bool:
        return self._opener.sort(lower, start, end) is not None
