"""Which paragraphs repeat another one: teasers, captions and whole paragraphs that a page shows twice.

Paragraphs with the same opening are followed letter by letter past white space, so a teaser may run over several
paragraphs of the body, stop in the middle of one, and lack the agency's mark (``LSO -``) or a line break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from extractor.document import Block
from extractor.span import Span

PROSE = ("body", "teaser")
_AGENCY = regex.compile(r"[(\[]?[\p{Lu}\p{N}][\p{L}\p{N}&.]{1,20}[)\]]?\s*-\s*")
_WORD = regex.compile(r"\s*+(\S++)")
_OPENING = 40
"""Characters without white space by which the openings of paragraphs are compared."""
_LONGEST = 5_000
"""Characters of a first paragraph that are followed through the paragraphs behind it; no teaser is longer."""


class Limits(NamedTuple):
    """When agreement is more than chance.

    `part` and `whole` are characters without white space: least agreement of two paragraphs that part further on,
    and of two that agree from end to end. `share` is the least share of a paragraph that must be repeated. A repeat
    of at most `short` characters beside what it repeats is a caption.
    """

    part: int
    whole: int
    share: float
    short: int


def mark_repeats(text: str, blocks: list[Block], limits: Limits) -> list[Block]:
    """The blocks, each that repeats another one with `duplicate_of` set and, if it is the first prose, as teaser."""
    lead = next((index for index, block in enumerate(blocks) if block.role in PROSE), -1)
    kept: dict[str, int] = {}
    for index, block in enumerate(blocks):
        opening = _opening(text, block)
        if len(opening) < limits.whole or block.role == "boilerplate":
            continue
        first = kept.setdefault(opening, index)
        repeat = None if first == index else _repeat(text, blocks, (first, index), lead, limits)
        if repeat is None:
            continue
        twin = kept[opening] = first + index - repeat
        role = "teaser" if repeat == lead else blocks[repeat].role
        if role == "body" and index - first == 1 and block.end - block.start <= limits.short:
            role = "caption"  # a picture's text and its caption: a short line that stands twice in a row
            blocks[twin] = replace(blocks[twin], role=role)
        blocks[repeat] = replace(blocks[repeat], role=role, duplicate_of=twin)
    return blocks


def repeated_runs(text: str, blocks: Sequence[Block]) -> tuple[tuple[Span, Span], ...]:
    """Stretches of repeating blocks, each with the stretch it repeats: equal in length and letters."""
    return tuple(
        pair
        for block in blocks
        if block.duplicate_of is not None
        for pair in _runs(text, block, blocks[block.duplicate_of], block.end)
    )


def _repeat(text: str, blocks: Sequence[Block], pair: tuple[int, int], lead: int, limits: Limits) -> int | None:
    """Which of two blocks with the same opening repeats the other; None if they only begin alike."""
    first, second = pair
    early, late = blocks[first], blocks[second]
    reach = _LONGEST if first == lead else late.end - late.start + _OPENING
    agreed = sum(
        len("".join(run.of(text).split())) for run, _ in _runs(text, early, late, min(early.end, early.start + reach))
    )
    size, late_size = _size(text, early), _size(text, late)
    if agreed < limits.part and agreed < max(size, late_size):
        return None
    if agreed >= limits.share * size and (first == lead or agreed < limits.share * late_size):
        return first
    return second if agreed >= limits.share * late_size else None


def _opening(text: str, block: Block) -> str:
    """The first characters of the wording of a block, without white space and final stops."""
    start = _start(text, block)
    return "".join(text[start : min(block.end, start + 2 * _OPENING)].split())[:_OPENING].rstrip("….")


def _start(text: str, block: Block) -> int:
    """Where the wording of a block begins, behind the agency's mark."""
    start, reach = block.start, min(block.end, block.start + _OPENING)
    agency = _AGENCY.match(text, start, reach) if text.find("-", start, reach) > 0 else None
    return agency.end() if agency else start


def _size(text: str, block: Block) -> int:
    """Characters of the wording of a block without white space and final stops."""
    return len("".join(text[_start(text, block) : block.end].split()).rstrip("…."))


def _runs(text: str, block: Block, twin: Block, stop: int) -> Iterator[tuple[Span, Span]]:
    """Stretches of `block` and the equal stretches of the text from `twin` on, until the two part.

    A stretch ends where white space differs (a run-in sentence beside one on a line of its own), so both
    sides of a pair are equal letter for letter and a place in one is the same place in the other.
    """
    here, there = _start(text, block), _start(text, twin)
    run, far = here, there
    while mine := _WORD.match(text, here, stop):
        other = _WORD.match(text, there)
        if not other:
            break
        first, second = mine.start(1), other.start(1)
        if text[here:first] != text[there:second]:
            if here > run:
                yield Span(run, here), Span(far, there)
            run, far = first, second
        size = min(len(mine[1]), len(other[1]))
        same = size
        if mine[1][:size] != other[1][:size]:
            same = next(k for k in range(size) if mine[1][k] != other[1][k])
        here, there = first + same, second + same
        if same < size:
            break
    if here > run:
        yield Span(run, here), Span(far, there)
