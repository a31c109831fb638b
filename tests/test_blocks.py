"""Roles of paragraphs, repeats and the date of the dateline."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.blockrules import NAME
from extractor.blocks import BlockFinder
from extractor.clean import Cleaner
from extractor.datafile import DATA
from extractor.errors import DataError

FINDER = BlockFinder.load()
CLEANER = Cleaner.load()
CASES = tomllib.loads((Path(__file__).parent / "cases" / "blocks.toml").read_text("utf-8"))["case"]
RULES = tomllib.loads((DATA / NAME).read_text("utf-8"))
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def found_in(text, title=None):
    view = CLEANER.document(title, text)
    return view, FINDER.find(view)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("separator", ["\n", "\r\n\r\n"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case, separator, form):
    text = normalize(form, separator.join(block[1] for block in case["blocks"]))
    view, blocks = found_in(text)
    told = [[block.role, CLEANER.clean(given[1]).text] for block, given in zip(blocks, case["blocks"], strict=True)]
    assert told == [[given[0], view.text[b.start : b.end]] for b, given in zip(blocks, case["blocks"], strict=True)]
    repeats = [block.duplicate_of for block in blocks]
    assert repeats == [given[2] if len(given) > 2 else None for given in case["blocks"]]
    dated = FINDER.dateline_date(view, blocks)
    told = dated and (dated.day.isoformat(), dated.trusted)
    assert told == ((case["date"], case["trusted"]) if "date" in case else None)


@pytest.mark.parametrize("cue", RULES["cue"], ids=lambda cue: cue["id"])
def test_cue_examples(cue):
    for example in cue["examples"]:
        _, blocks = found_in("Một bài báo về lớp học nghề\nLớp có 20 người, học 3 tháng.\n" + example)
        assert blocks[-1].role == cue["role"], example


@pytest.mark.parametrize("rule", RULES["date"], ids=lambda rule: rule["id"])
def test_date_examples(rule):
    for text, day in rule["examples"]:
        view, blocks = found_in(f"Lớp nghề ở xã An Phú\n{text}\nLớp có 20 người, học 3 tháng.")
        assert FINDER.dateline_date(view, blocks).day == date.fromisoformat(day)


@pytest.mark.parametrize("rule", RULES["dateline"], ids=lambda rule: rule["id"])
def test_dateline_examples_are_datelines(rule):
    for example in rule["examples"]:
        line = example if "20" in example else f"{example} 22/09/2020"
        assert found_in(f"{line}\nLớp nghề ở xã An Phú\nLớp có 20 người, học 3 tháng.")[1][0].role == "dateline"


def test_repeats_are_equal_letter_for_letter():
    case = CASES[0]
    view, blocks = found_in("\n".join(block[1] for block in case["blocks"]))
    pairs = FINDER.repeats(view, blocks)
    assert [view.text[here.start : here.end] for here, _ in pairs] == [
        view.text[there.start : there.end] for _, there in pairs
    ]
    assert any("64 công đoàn cơ sở" in view.text[here.start : here.end] for here, _ in pairs)
    assert all(here.start >= blocks[2].start and here.end <= blocks[2].end for here, _ in pairs)


def test_impossible_dates_are_no_date():
    view, blocks = found_in("Ngày đăng: 31/02/2020\nLớp nghề ở xã\nLớp có 20 người, học 3 tháng.")
    assert FINDER.dateline_date(view, blocks) is None


def test_a_title_that_came_apart_is_the_first_block():
    view, blocks = found_in(
        "Lớp nghề ở xã An Phú năm nay\nLớp có 20 người, học 3 tháng.", "Lớp nghề ở xã An Phú năm nay"
    )
    assert [(block.role, block.duplicate_of) for block in blocks][:2] == [("title", None), ("title", 0)]
    assert view.text[blocks[0].start : blocks[0].end] == "Lớp nghề ở xã An Phú năm nay"


@settings(deadline=None)
@given(
    st.text(max_size=200) | st.lists(st.sampled_from(["a", "Ảnh:", ".", "x y z t u", "12/3/2020", "…"])).map("\n".join)
)
def test_any_text_gives_ordered_blocks_that_cover_it(text):
    view, blocks = found_in(text)
    place = 0
    for index, block in enumerate(blocks):
        assert not view.text[place : block.start].strip()
        assert block.start < block.end
        assert block.duplicate_of is None or block.duplicate_of in set(range(len(blocks))) - {index}
        place = block.end
    assert not view.text[place:].strip()
    FINDER.repeats(view, blocks)
    FINDER.dateline_date(view, blocks)


@pytest.mark.parametrize(
    "piece", ["\n", "a\n", "một câu dài hơn một chút để lặp lại, đủ sáu mươi chữ cái không dấu cách.\n", "/ | "]
)
def test_time_is_linear(piece):
    text = piece * (500_000 // len(piece))
    started = time.perf_counter()
    view, blocks = found_in(text)
    FINDER.repeats(view, blocks)
    assert time.perf_counter() - started < 10


def test_a_users_folder_adds_cues(tmp_path):
    own = "[[cue]]\nid = 'mine'\nrole = 'boilerplate'\nwhere = 'start'\nwords = ['bản tin nội bộ']\nexamples = []\n"
    (tmp_path / NAME).write_text(own, "utf-8")
    view = CLEANER.clean("Bản tin nội bộ số 5\nLớp nghề ở xã An Phú\nLớp có 20 người, học 3 tháng.")
    assert [block.role for block in BlockFinder.load([tmp_path]).find(view)] == ["boilerplate", "title", "body"]
    assert FINDER.find(view)[0].role == "title"


def test_unknown_keys_are_refused(tmp_path):
    (tmp_path / NAME).write_text("surprise = 1\n", "utf-8")
    with pytest.raises(DataError, match="surprise"):
        BlockFinder.load([tmp_path])


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles of ../shared are missing")
def test_seeds():
    view, blocks = found_in((SEEDS / "loc-binh.txt").read_text("utf-8"))
    assert [(b.role, b.duplicate_of) for b in blocks][:5] == [
        ("dateline", None),
        ("title", None),
        ("teaser", 3),
        ("body", None),
        ("body", None),
    ]
    told = "".join(view.text[here.start : here.end] for here, _ in FINDER.repeats(view, blocks))
    assert all(number in told for number in ("128", "2.763", "32,83%", "42,12%", "25,05%", "62,83%"))
    assert FINDER.dateline_date(view, blocks).trusted is False
    view, blocks = found_in((SEEDS / "long-an.txt").read_text("utf-8"))
    assert [b.duplicate_of for b in blocks if b.role == "caption"] == [None, 4]
    assert FINDER.dateline_date(view, blocks).day == date(2020, 9, 22)
