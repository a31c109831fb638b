"""Which body a figure belongs to, within its sentence; and which one holds on after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from extractor.document import Abbreviation, Organization, Quantity
from extractor.scope.organizations import OrganizationMention
from extractor.scope.sentence import CarryTable, Passage
from extractor.scope.state import Body, Site
from extractor.span import Span

DOING = ("subject", "agent", "officer")
AGENT_WORDS = 2
"""Words at most between a figure and the body that does it (180 triệu đồng do doanh nghiệp hỗ trợ)."""


class BodyChooser:
    """Chooses among a sentence's bodies. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        self._respectively = regex.compile(rf"(?<![\p{{L}}])(?:{_alternatives(table.respectively)})(?![\p{{L}}])")
        self._existential = regex.compile(rf"[\s\W]*(?:{_alternatives(table.existential)})(?:\s+(?:{_alternatives(table.existential)}))*\s*")

    def explicit(
        self, lower: str, passage: Passage, figure: Quantity, others: Sequence[Quantity], *, near_place: bool
    ) -> Sequence[OrganizationMention]:
        """The mention, or the mentions joined by và, that the figure belongs to by its place; empty when there is none."""
        spoken = passage.spoken(figure.number.start)
        mentions = [m for m in passage.bodies if passage.spoken(m.start) == spoken or m.start > figure.end]
        if follower := self._follower(lower, mentions, figure):
            return (follower,)
        before = [m for m in mentions if m.end <= figure.number.start]
        doing = [m for m in before if m.part in DOING]
        if doing:
            return self._distributed(lower, doing, figure, others) or self._joined(lower, doing)
        direct = [m for m in before if m.part in ("owner", "attribution") and (m.part == "owner" or m.fronted)]
        if owning := [m for m in direct if m.part == "owner"]:
            return (owning[-1],)
        if after := self._owner_after(lower, mentions, figure, near_place=near_place):
            return (after,)
        said = [m for m in before if m.part == "attribution" and self._said_itself(lower, passage, m)]
        return (said[-1],) if said else ()

    def topic(
        self, lower: str, passage: Passage, figures: Sequence[Quantity] = ()
    ) -> Sequence[OrganizationMention]:
        """The body, or the bodies joined by và, that hold on after the sentence; empty when it changes nothing."""
        mentions = [m for m in passage.bodies if not passage.spoken(m.start)]
        first = min((q.number.start for q in figures), default=passage.span.end)
        doing = [m for m in mentions if m.part in ("subject", "officer")]
        doing = doing or [m for m in mentions if m.part == "agent" and m.start < first]
        if not doing or self._respectively.search(lower, passage.span.start, passage.span.end):
            return ()
        first = next((i for i, m in enumerate(doing) if m.fronted), 0)
        pair = doing[first : first + 2]
        if len(pair) > 1 and pair[1].joined and lower[pair[0].end : pair[1].start].strip() == "và":
            return pair
        return pair[:1]

    def counted(self, lower: str, passage: Passage, figure: Quantity) -> bool:
        """Whether the figure counts the very bodies that act in its sentence: có 40 CĐCS đăng ký."""
        if figure.kind != "organization_count":
            return False
        start = passage.span.start
        return self._existential.fullmatch(lower, start, figure.start) is not None

    def _follower(self, lower: str, mentions: Sequence[OrganizationMention], figure: Quantity) -> OrganizationMention | None:
        """A body right after the figure that does it: do X hỗ trợ, lớp X mở."""
        for mention in mentions:
            if mention.start < figure.end:
                continue
            between = lower[figure.end : mention.start]
            if any(c in ",;:.(" for c in between):
                return None
            words = len(between.split())
            if mention.part == "agent" and words <= AGENT_WORDS + 1:
                return mention
            if mention.part == "subject" and not mention.fronted and words == 0:
                return mention
            return None
        return None

    def _owner_after(
        self, lower: str, mentions: Sequence[OrganizationMention], figure: Quantity, *, near_place: bool
    ) -> OrganizationMention | None:
        for mention in mentions:
            if mention.start < figure.end or mention.part != "owner":
                continue
            between = lower[figure.end : mention.start]
            if any(c in ",;:(" for c in between):
                return None
            if near_place or not between.rstrip().endswith(("tại", "ở")):
                return mention
        return None

    def _distributed(
        self, lower: str, doing: Sequence[OrganizationMention], figure: Quantity, others: Sequence[Quantity]
    ) -> Sequence[OrganizationMention]:
        """The figure's own body where the text tells them one after the other (lần lượt)."""
        match = self._respectively.search(lower, doing[-1].end, figure.number.start)
        if match is None:
            return ()
        chain = _chain(doing)
        told = [q for q in others if q.number.start >= match.end()]
        place = next((i for i, q in enumerate(told) if q is figure), len(chain))
        if place >= len(chain) or ";" in lower[match.end() : figure.number.start]:
            return ()
        return (chain[place],)

    def _joined(self, lower: str, doing: Sequence[OrganizationMention]) -> Sequence[OrganizationMention]:
        chain = _chain(doing)
        if len(chain) == 2 and lower[chain[0].end : chain[1].start].strip() == "và":  # noqa: PLR2004
            return chain
        return (chain[0],) if len(chain) > 1 else (doing[-1],)

    def _said_itself(self, lower: str, passage: Passage, mention: OrganizationMention) -> bool:
        """Theo LĐLĐ tỉnh, but not Theo ông A, Phó Chủ tịch LĐLĐ tỉnh."""
        return len(lower[passage.span.start : mention.start].split()) <= 4 and not passage.official  # noqa: PLR2004


class BodyNamer:
    """Writes bodies: bare words stand for the body named with them before; short forms are expanded."""

    def __init__(self, text: str, mentions: Sequence[OrganizationMention], abbreviations: Sequence[Abbreviation]) -> None:
        self._text, self._mentions = text, mentions
        self._abbreviations = [a for a in abbreviations if a.long]
        self._known: dict[tuple[int, int], Body] = {}

    def body(self, chosen: Sequence[OrganizationMention], site: Site | None) -> Body:
        """The body of a mention, or of two joined ones."""
        first, last = chosen[0], chosen[-1]
        if len(chosen) == 1 and first.bare:
            first = last = self.antecedent(first) or first
        span = Span(first.start, last.end)
        return Body(Organization(span.of(self._text), self._expanded(span)), first.rule, site)

    def antecedent(self, mention: OrganizationMention) -> OrganizationMention | None:
        """The last body before that was named with the same word."""
        word = mention.head.lower()
        before = [m for m in reversed(self._mentions) if m.start < mention.start and not m.bare]
        for other in before:
            if other.rule == mention.rule and _same_word(other.head.lower(), word):
                return other
        if mention.rule == "organization.union":
            return None
        return next((m for m in before if f" {word} " in f" {self._text[m.start : m.end].lower()} "), None)

    def _expanded(self, span: Span) -> str:
        pieces, at = [], span.start
        for short in self._abbreviations:
            if short.start >= at and short.end <= span.end:
                pieces += [self._text[at : short.start], short.long or ""]
                at = short.end
        return "".join([*pieces, self._text[at : span.end]])


def _same_word(one: str, other: str) -> bool:
    union = ("cđ", "công đoàn")
    return one == other or (one in union and other in union)


def _chain(mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """The last mention with those before it that it is joined to, in order."""
    chain = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, mention)
    return chain


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted({regex.escape(w) for w in words}, key=lambda w: (-len(w), w)))
