"""The words right before a number: how they tie it to what stands before, and whether a phrase is only a time."""

from __future__ import annotations

from extractor.figures.line import Line, Range


def linked(line: Line, index: int) -> bool:
    """Whether a predicate or bracket ties the number to what stands before it."""
    ending = line.end[index]
    return ending.get("linkers", 0) > ending.get("soft_links", 0)


def each_time(line: Line, phrase: Range) -> bool:
    """Whether the phrase only says how often (mỗi quý)."""
    return "each" in line.begin[phrase[0]]


def only_time(line: Line, phrase: Range) -> bool:
    """Whether the phrase is a time and no more (bình quân mỗi năm), not one with a deed (mỗi năm đóng)."""
    first = phrase[0] + line.begin[phrase[0]].get("each", 0)
    unit = line.units[first]
    return unit is not None and first + unit[0] == phrase[1] and unit[1][0].kind == "duration"


def averaged(line: Line, index: int) -> bool:
    """Whether the number is an average (bình quân 30 cuốn/tổ)."""
    return "averages" in line.end[index]


def share_verb(line: Line, index: int) -> bool:
    """Whether the share at the token is said of what stands left: chiếm, tăng, giảm, vượt."""
    return "share_verbs" in line.end[index]


def changes(line: Line, index: int) -> bool:
    """Whether a verb that changes something stands right before the number: giảm (10%) giá vé."""
    return "change_verbs" in line.end[index]
