"""Which body a figure belongs to, within its sentence; and which one holds on after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.abbreviations import expand
from extractor.document import Abbreviation, Organization, Quantity
from extractor.lookup import LETTER, alternatives
from extractor.scope.organizations import OrganizationMention
from extractor.scope.sentence import NEAR, CarryTable, Passage, around
from extractor.scope.state import Body, Site
from extractor.span import Span

DOING = ("subject", "agent", "officer")
APART = frozenset(",;:(")
BREAKS = APART | {"."}
"""What may not stand between a figure and the body after it that owns it, or that does it."""
AGENT_WORDS = 2
"""Words at most between a figure and the body that does it (180 triệu đồng do doanh nghiệp hỗ trợ)."""


class BodyChooser:
    """Chooses among a sentence's bodies. Holds compiled patterns only."""

    def __init__(self, table: CarryTable) -> None:
        self.same_heads = table.same_heads
        self._together, self._at = table.together, table.at
        self._respectively = re.compile(rf"(?<!{LETTER})(?:{alternatives(table.respectively)})(?!{LETTER})")
        self._existential = re.compile(
            rf"[\s\W]*(?:{alternatives(table.existential)})(?:\s+(?:{alternatives(table.existential)}))*\s*"
        )

    def explicit(
        self, lower: str, passage: Passage, figure: Quantity, starts: Sequence[int], *, near_place: bool
    ) -> Sequence[OrganizationMention]:
        """The mention, or the mentions joined by và, that the figure belongs to by its place; empty when there is none."""
        if not passage.bodies:
            return ()
        begin = figure.number.start
        near = around(passage.bodies, begin)
        mentions = passage.alike(near, begin, beyond=figure.end)
        if follower := self._follower(lower, mentions, figure):
            return (follower,)
        before = [m for m in mentions if m.end <= begin]
        doing = [m for m in before if m.part in DOING]
        if doing:
            return self._distributed(lower, doing, figure, starts) or self._joined(lower, doing)
        direct = [m for m in before if m.part in ("owner", "attribution") and (m.part == "owner" or m.fronted)]
        if owning := [m for m in direct if m.part == "owner"]:
            return (owning[-1],)
        if after := self._owner_after(lower, mentions, figure, near_place=near_place):
            return (after,)
        said = [m for m in before if m.part == "attribution" and self._said_itself(lower, passage, m)]
        return (said[-1],) if said else ()

    def topic(self, lower: str, passage: Passage, starts: Sequence[int] = ()) -> Sequence[OrganizationMention]:
        """The body, or the bodies joined by và, that hold on after the sentence; empty when it changes nothing."""
        if not passage.bodies:
            return ()
        mentions = [m for m in passage.bodies if not passage.spoken(m.start)] if passage.speech else passage.bodies
        first = min(starts, default=passage.span.end)
        mentions = [m for m in mentions if not _in_brackets(lower, passage.span.start, m.start)]
        doing = [m for m in mentions if m.part in ("subject", "officer")]
        doing = doing or [m for m in mentions if m.part == "agent" and m.start < first]
        if not doing or self._respectively.search(lower, passage.span.start, passage.span.end):
            return ()
        first = next((i for i, m in enumerate(doing) if m.fronted), 0)
        pair = doing[first : first + 2]
        return pair if len(pair) > 1 and pair[1].joined and self._both(lower, pair) else pair[:1]

    def source(self, lower: str, passage: Passage) -> Sequence[OrganizationMention]:
        """The body that a sentence opens with as its own source (Theo LĐLĐ tỉnh, …); empty when there is none."""
        said = [m for m in passage.bodies[:1] if m.part == "attribution"]
        return said[:1] if said and self._said_itself(lower, passage, said[0]) else ()

    def counted(self, lower: str, passage: Passage, figure: Quantity) -> bool:
        """Whether the figure counts the very bodies that act in its sentence: có 40 CĐCS đăng ký."""
        if figure.kind != "organization_count":
            return False
        start = passage.span.start
        return self._existential.fullmatch(lower, start, figure.start) is not None

    def _follower(
        self, lower: str, mentions: Sequence[OrganizationMention], figure: Quantity
    ) -> OrganizationMention | None:
        """A body right after the figure that does it: do X hỗ trợ, lớp X mở."""
        for mention in mentions:
            if mention.start < figure.end:
                continue
            if mention.start - figure.end > NEAR:
                return None
            between = lower[figure.end : mention.start]
            if not BREAKS.isdisjoint(between):
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
            if mention.start - figure.end > NEAR:
                return None
            between = lower[figure.end : mention.start]
            if not APART.isdisjoint(between):
                return None
            if near_place or not between.rstrip().endswith(self._at):
                return mention
        return None

    def _distributed(
        self, lower: str, doing: Sequence[OrganizationMention], figure: Quantity, starts: Sequence[int]
    ) -> Sequence[OrganizationMention]:
        """The figure's own body where the text tells them one after the other (lần lượt)."""
        match = self._respectively.search(lower, doing[-1].end, min(figure.number.start, doing[-1].end + NEAR))
        if match is None:
            return ()
        chain = _chain(doing)
        place = bisect_left(starts, figure.number.start) - bisect_left(starts, match.end())
        if place >= len(chain) or ";" in lower[match.end() : figure.number.start]:
            return ()
        return (chain[place],)

    def _joined(self, lower: str, doing: Sequence[OrganizationMention]) -> Sequence[OrganizationMention]:
        chain = _chain(doing)
        if len(chain) == 2 and self._both(lower, chain):  # noqa: PLR2004
            return chain
        return (chain[0],) if len(chain) > 1 else (doing[-1],)

    def _both(self, lower: str, pair: Sequence[OrganizationMention]) -> bool:
        """Whether two bodies do it together."""
        return lower[pair[0].end : pair[1].start].strip() == self._together

    def _said_itself(self, lower: str, passage: Passage, mention: OrganizationMention) -> bool:
        """Theo LĐLĐ tỉnh, but not Theo ông A, Phó Chủ tịch LĐLĐ tỉnh."""
        if passage.official:
            return False
        before = lower[passage.span.start : min(mention.start, passage.span.start + NEAR)]
        return len(before.split()) <= 4  # noqa: PLR2004


class BodyNamer:
    """Writes bodies: bare words stand for the body named with them before; short forms are expanded."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[OrganizationMention],
        abbreviations: Sequence[Abbreviation],
        same_heads: Mapping[str, str],
    ) -> None:
        """`same_heads` are short heads with the words in full that stand for the same bodies."""
        self._text, self._same_heads = text, same_heads
        self._abbreviations = sorted((a for a in abbreviations if a.long), key=lambda a: a.start)
        self._starts = [a.start for a in self._abbreviations]
        self._antecedents = self._resolve(mentions)

    def body(self, chosen: Sequence[OrganizationMention], site: Site | None) -> Body:
        """The body of a mention, or of two joined ones."""
        first, last = chosen[0], chosen[-1]
        if len(chosen) == 1 and first.bare:
            first = last = self.antecedent(first) or first
        span = Span(first.start, last.end)
        return Body(Organization(span.of(self._text), self._expanded(span)), first.rule, site)

    def antecedent(self, mention: OrganizationMention) -> OrganizationMention | None:
        """The last body before that was named with the same word, else with that word in it."""
        return self._antecedents.get(mention.start)

    def _resolve(self, mentions: Sequence[OrganizationMention]) -> dict[int, OrganizationMention]:
        heads: dict[str, OrganizationMention] = {}
        holding: dict[str, OrganizationMention] = {}
        unread: list[OrganizationMention] = []
        found: dict[int, OrganizationMention] = {}
        for mention in mentions:
            word = self._same_heads.get(mention.head.lower(), mention.head.lower())
            if not mention.bare:
                heads[word] = mention
                unread.append(mention)
                continue
            named = heads.get(word)
            if named is None and mention.rule != "organization.union":
                for other in unread:
                    holding.update(dict.fromkeys(_words(self._text[other.start : other.end]), other))
                unread.clear()
                named = holding.get(word)
            if named is not None:
                found[mention.start] = named
        return found

    def _expanded(self, span: Span) -> str:
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if low == high:
            return span.of(self._text)
        return expand(span.of(self._text), self._abbreviations[low:high], span.start)


def _words(name: str) -> list[str]:
    """The syllables of a name, and each two in a row, in lower case."""
    syllables = name.lower().split()
    return syllables + [" ".join(pair) for pair in pairwise(syllables)]


def _chain(mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """The last mention with those before it that it is joined to, in order."""
    chain = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, mention)
    return chain


def _in_brackets(lower: str, start: int, place: int) -> bool:
    """Whether a bracket is open at the place: chị Loan (tổ 3, Công ty …) kể."""
    return lower.rfind("(", start, place) > lower.rfind(")", start, place)
