"""Stage 2: paragraphs and their roles, which of them repeat another one, and the date that a dateline tells.

A paragraph is a line. Its role shows by cues (data), by its place and by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from extractor.blockrules import BlockRules, Cue, load_rules
from extractor.document import Block, View
from extractor.repeats import PROSE, Limits, mark_repeats, repeated_runs
from extractor.span import Span
from extractor.trie import trie

_SEPARATORS = re.compile(r"\s[/|>•·]\s|[»›|]")
_SEPARATOR = re.compile(r"[/|>•·»›]")
_CLOSING = re.compile(r"""(?:[.!?…;:,]|\./\.)["'”’»)\]]*$""")
_ITEM = re.compile(r"(?:[-+•*–]|\d{1,2}[.)/]|[a-zđ][.)])\s")
_DIGIT = re.compile(r"\d")
_YEAR = regex.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_NAME_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.]+")
_CAPTIONS = 2
"""Open lines in a row that can be captions; more are a list or table."""
_BYLINE_FROM_END = 3
"""Lines from the end of the article among which a name may stand with a summary behind it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that stands in a dateline.

    `trusted` is False where it may be the day of the visit: a bare weekday and date above the title is how the
    clock of a page banner looks, and no year in the text is near it.
    """

    day: date
    span: Span
    trusted: bool
    bare: bool


class BlockFinder:
    """Finds blocks. Holds the compiled rules of ``blocks.toml``; finding keeps no state and takes linear time."""

    def __init__(self, rules: BlockRules) -> None:
        self._shape = rules.shape
        shape = self._shape
        self._limits = Limits(shape.repeat, shape.repeat_whole, shape.repeat_share, shape.short)
        self._cues = {f"cue{number}": cue for number, cue in enumerate(rules.cue)}
        patterns = {name: f"(?P<{name}>{_cue_pattern(cue)})" for name, cue in self._cues.items()}
        anchored = [name for name, cue in self._cues.items() if cue.where in ("whole", "start")]
        # Most paragraphs hold no word of any cue; to see that takes a tenth of the time.
        self._may_start = re.compile(trie(word for name in anchored for word in self._cues[name].words))
        self._may_hold = re.compile(
            trie(word for name, cue in self._cues.items() if name not in anchored for word in cue.words)
        )
        self._cue_at_start = regex.compile("|".join(patterns[name] for name in anchored))
        self._cue_behind = regex.compile("|".join(patterns[name] for name in patterns if name not in anchored))
        self._dates = regex.compile("|".join(f"(?:{rule.pattern})" for rule in rules.date))
        self._pieces = regex.compile("|".join(f"(?:{rule.pattern})" for rule in rules.dateline))

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> BlockFinder:
        """A finder with the package's rules and those of the users' folders. Raises DataError."""
        return cls(load_rules(folders))

    def find(self, view: View, title_end: int | None = None) -> tuple[Block, ...]:
        """The blocks of a view in order; white space between them belongs to none."""
        lines = _lines(view.text)
        roles: list[str | None] = [self._role_by_cue(view, line) for line in lines]
        if (view.title_end if title_end is None else title_end) and roles:
            roles[0] = "title"
        self._spread_lists(view, lines, roles)
        self._find_title(view, lines, roles)
        self._find_byline(view, lines, roles)
        self._find_captions(view, lines, roles)
        self._find_teaser(lines, roles)
        blocks = [Block(line.start, line.end, role or "body") for line, role in zip(lines, roles, strict=True)]
        return tuple(mark_repeats(view.text, blocks, self._limits))

    def repeats(self, view: View, blocks: Sequence[Block]) -> tuple[tuple[Span, Span], ...]:
        """Stretches of repeating blocks, each with the stretch it repeats: equal in length and letters."""
        return repeated_runs(view.text, blocks)

    def dateline_date(self, view: View, blocks: Sequence[Block]) -> Dated | None:
        """The first date in a dateline, and whether it can be the article's own; None without one."""
        for index, block in enumerate(blocks):
            if block.role != "dateline":
                continue
            match = self._dates.search(view.lower, block.start, block.end)
            day = match and _day(match)
            if not match or not day:
                continue
            rest = view.lower[block.start : match.start()] + view.lower[match.end() : block.end]
            bare = not any(character.isdigit() for character in rest) and ":" not in rest
            bare = bare and not any(earlier.role in ("title", *PROSE) for earlier in blocks[:index])
            trusted = not bare or self._near(view, blocks, day)
            return Dated(day, Span(match.start(), match.end()), trusted, bare)
        return None

    def _near(self, view: View, blocks: Sequence[Block], day: date) -> bool:
        """Whether the last year that the article speaks of is near `day`."""
        years = [
            int(match[0])
            for block in blocks
            if block.role in ("title", "caption", *PROSE)
            for match in _YEAR.finditer(view.text, block.start, block.end)
        ]
        past = [year for year in years if year <= day.year]
        return bool(past) and day.year - max(past) <= self._shape.clock_years

    def _role_by_cue(self, view: View, line: Span) -> str | None:
        if line.end - line.start > self._shape.short:
            return None
        lower = view.lower[line.start : line.end]
        if self._is_dateline(lower):
            return "dateline"
        cue = self._cue_in(lower)
        if cue:
            return cue.role
        return "boilerplate" if self._is_menu(lower) else None

    def _cue_in(self, lower: str) -> Cue | None:
        """The first cue in a short paragraph."""
        match = self._cue_at_start.match(lower) if self._may_start.match(lower) else None
        if match is None and self._may_hold.search(lower):
            match = self._cue_behind.search(lower)
        return self._cues[match.lastgroup] if match and match.lastgroup else None

    def _is_dateline(self, lower: str) -> bool:
        if not _DIGIT.search(lower) or not self._dates.search(lower):
            return False
        rest = self._pieces.sub(" ", self._dates.sub(" ", lower))
        left: int = sum(character.isalnum() for character in rest)
        return left == 0 or (left <= self._shape.dateline_rest and not lower.endswith("."))

    def _is_menu(self, lower: str) -> bool:
        if not _SEPARATOR.search(lower):
            return False
        pieces = _SEPARATORS.split(lower)
        return (
            len(pieces) > 1
            and not _CLOSING.search(lower)
            and all(len(piece) <= self._shape.menu_piece for piece in pieces)
            and not any(character.isdigit() for character in lower)
        )

    def _spread_lists(self, view: View, lines: Sequence[Span], roles: list[str | None]) -> None:
        """Titles under a heading like "Tin liên quan" are boilerplate too, up to the next long or closed line."""
        listing = False
        for index, line in enumerate(lines):
            short = line.end - line.start <= self._shape.short
            cue = self._cue_in(line.of(view.lower)) if roles[index] == "boilerplate" and short else None
            if cue and cue.opens_list:
                listing = True
            elif listing and roles[index] is None:
                if self._is_open(view, line):
                    roles[index] = "boilerplate"
                else:
                    listing = False

    def _is_open(self, view: View, line: Span) -> bool:
        """Whether a line is short and without a closing mark."""
        return line.end - line.start <= self._shape.short and not _CLOSING.search(
            view.text[max(line.start, line.end - 8) : line.end]
        )

    def _find_title(self, view: View, lines: Sequence[Span], roles: list[str | None]) -> None:
        free = [index for index, role in enumerate(roles) if role is None]
        if "title" in roles:
            for index in free[:1]:
                if lines[index].of(view.lower) == lines[0].of(view.lower):
                    roles[index] = "title"
            return
        if len(free) == 1 or not free or free[0] >= self._shape.top:
            return
        text = lines[free[0]].of(view.text)
        if len(text) <= self._shape.short and not text.removesuffix("...").endswith((".", ";", ":", ",")):
            roles[free[0]] = "title"

    def _find_byline(self, view: View, lines: Sequence[Span], roles: list[str | None]) -> None:
        """The name under the article, and what a page puts behind it: a summary repeated, or titles of others."""
        prose = [i for i, line in enumerate(lines) if roles[i] is None and not self._is_open(view, line)]
        last = range(max(prose[0] + 1, len(lines) - _BYLINE_FROM_END) if prose else len(lines), len(lines))
        tail = range(prose[-1] + 1 if prose else len(lines), len(lines))
        for index in sorted({*last, *tail}):
            if roles[index] is None and self._is_name(lines[index].of(view.text)):
                roles[index] = "byline"
                self._behind_byline(view, lines, roles, [k for k in range(index + 1, len(lines)) if roles[k] is None])
                return

    def _behind_byline(self, view: View, lines: Sequence[Span], roles: list[str | None], behind: Sequence[int]) -> None:
        """One long paragraph is the article's summary, put there by the page; open lines are titles of others."""
        for index in behind:
            if len(behind) == 1 and lines[index].end - lines[index].start > self._shape.subheading:
                roles[index] = "teaser"
            elif self._is_open(view, lines[index]):
                roles[index] = "boilerplate"

    def _is_name(self, text: str) -> bool:
        words = _NAME_WORD.findall(text) if len(text) <= self._shape.short else []
        return (
            0 < len(words) <= self._shape.byline_words
            and all(word[0].isupper() for word in words)
            and not any(character.isdigit() for character in text)
        )

    def _find_captions(self, view: View, lines: Sequence[Span], roles: list[str | None]) -> None:
        """A single open line between paragraphs is the caption of a picture; several in a row are a list or table."""
        shaped = [role is None and self._is_caption(view, line) for line, role in zip(lines, roles, strict=True)]
        first = next((index for index, role in enumerate(roles) if role is None), len(lines))
        if first < len(lines) and lines[first].end - lines[first].start > self._shape.subheading:
            shaped[first] = False  # a teaser without a full stop
        run = 0
        for index, fits in enumerate([*shaped, False]):
            if fits:
                run += 1
                continue
            if 0 < run <= _CAPTIONS and index < len(lines) and index - run > 0:
                roles[index - run : index] = ["caption"] * run
            run = 0

    def _is_caption(self, view: View, line: Span) -> bool:
        text = line.of(view.text) if line.end - line.start <= self._shape.short else ""
        return (
            text[:1].isupper()
            and text.count(" ") >= self._shape.caption_words - 1
            and not _ITEM.match(text)
            and self._is_open(view, line)
        )

    def _find_teaser(self, lines: Sequence[Span], roles: list[str | None]) -> None:
        """The first paragraph under the title, if it is shorter than the next one."""
        prose = [index for index, role in enumerate(roles) if role is None]
        if len(prose) > 1 and "title" in roles[: prose[0]]:
            first, second = lines[prose[0]], lines[prose[1]]
            if first.end - first.start <= min(self._shape.teaser, second.end - second.start):
                roles[prose[0]] = "teaser"


def _lines(text: str) -> list[Span]:
    """The lines of a text that hold more than white space, without the white space around them."""
    lines: list[Span] = []
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            begin = start + len(line) - len(line.lstrip())
            lines.append(Span(begin, begin + len(bare)))
        start += len(line) + 1
    return lines


def _cue_pattern(cue: Cue) -> str:
    words = "|".join(regex.escape(word) for word in sorted(cue.words, key=len, reverse=True))
    end = r"(?![\p{L}\p{M}\p{N}])"
    if cue.whole_words or cue.opens_list:
        end = r"\s*(?:$|[/|>•·:,\-»›])"
    match cue.where:
        case "whole":
            return rf"(?:{words})$"
        case "start":
            return rf"(?:{words})(?:{end}|(?<=[:>»©\]]))"
        case "end":
            return rf"(?:{words})$"
        case _:
            return rf"(?:{words})(?<![\p{{L}}\p{{M}}\p{{N}}](?:{words}))"


def _day(match: regex.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
