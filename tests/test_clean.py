"""The normalised view and the way back."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.clean import NAME, Cleaner
from extractor.datafile import DATA
from extractor.errors import DataError
from extractor.span import Span

CLEANER = Cleaner.load()
RULES = tomllib.loads((DATA / NAME).read_text("utf-8"))
ENTRIES = [entry for table in RULES.values() for entry in table]
# Letters of Vietnamese and of other scripts, loose marks, invisible characters, halves of pairs, line ends.
ODD = "aoeuyAOÀàạễ\u1ef3qgit \n\r\t\u00a0\u200b\ufeff\u00ad\u0301\u0323\u0302\u0131\u0130Ððﬁ½m²１Ａ％–\u2028\u0344\u212b\u0958\u1100\u1161\uac00\u11a8\ud83d\ude00\ud800\x00😀"
texts = st.text(alphabet=st.sampled_from(ODD), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_examples(entry, form):
    for given_text, seen in entry["examples"]:
        assert CLEANER.clean(normalize(form, given_text)).text == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hữu Lũng: khoá X, thuỷ điện Hoà Bình", "Hữu Lũng: khóa X, thủy điện Hòa Bình"),
        ("quý III, quỳ gối, giờ giấc, quà quê, già, giữa", "quý III, quỳ gối, giờ giấc, quà quê, già, giữa"),
        ("hoàn toàn, khoảng, thuyền, hoạt động, ngoài, xoáy", "hoàn toàn, khoảng, thuyền, hoạt động, ngoài, xoáy"),
        ("của, múa, lúa, mùa, nghĩa, chìa, địa bàn", "của, múa, lúa, mùa, nghĩa, chìa, địa bàn"),
        ("TOÀN TỈNH, KHOÁ XII, UỶ BAN", "TOÀN TỈNH, KHÓA XII, ỦY BAN"),
        ("Ða dạng hoá", "Đa dạng hóa"),
        ("e\u0302\u0301m, ê\u0301m, e\u0301\u0302m", "ếm, ếm, é\u0302m"),
        ("ho\u0323a, hoạ", "họa, họa"),
    ],
)
def test_vietnamese(text, seen):
    assert CLEANER.clean(text).text == seen


def test_a_clean_text_is_itself():
    text = "Lớp có 60 người, chiếm 32,83%; chi 1.250.000 đồng – hết."
    view = CLEANER.clean(text.replace("–", "-"))
    assert (view.starts, view.ends) == (None, None)
    assert CLEANER.clean(text).starts is None


def test_a_span_takes_the_marks_of_its_last_letter():
    source = normalize("NFD", "số lượt") + "\u200b cán bộ"
    view = CLEANER.clean(source)
    start = view.text.index("lượt")
    assert view.to_source(Span(start, start + 4)).of(source) == normalize("NFD", "lượt")
    start = view.text.index("cán")
    assert view.to_source(Span(start, start + 3)).of(source) == "cán"


def test_the_same_number_three_times():
    source = "50\u200b0 lớp\r\n5\u00ad00 lớp\r\n500 lớp"
    view = CLEANER.clean(source)
    assert view.text == "500 lớp\n500 lớp\n500 lớp"
    assert [view.to_source(Span(at, at + 3)).of(source) for at in (0, 8, 16)] == ["50\u200b0", "5\u00ad00", "500"]


@settings(deadline=None)
@given(texts)
@example("\u0301a\u200b\u0323\ud800")
def test_the_map_is_in_order_and_covers_what_it_names(text):
    view = CLEANER.clean(text)
    assert len(view.lower) == len(view.text)
    spans = [view.to_source(Span(i, i + 1)) for i in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one.start <= two.start and one.end <= two.end for one, two in pairwise(spans))
    assert all(one == two or one.end <= two.start for one, two in pairwise(spans))


@settings(deadline=None)
@given(texts)
def test_composed_and_decomposed_give_one_view(text):
    composed = CLEANER.clean(normalize("NFC", text))
    assert composed.text == CLEANER.clean(normalize("NFD", text)).text == CLEANER.clean(text).text


@settings(deadline=None)
@given(texts)
@example("uy\u0300\u0301")
def test_a_view_is_its_own_view(text):
    view = CLEANER.clean(text).text
    assert is_normalized("NFC", view)
    assert CLEANER.clean(view).text == view


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("abcđăâêôơư ạếộự0123456789.,%"), max_size=60))
def test_vietnamese_round_trip(text):
    source = normalize("NFD", normalize("NFC", text))
    view = CLEANER.clean(source)
    for at in range(len(view.text)):
        assert normalize("NFC", view.to_source(Span(at, at + 1)).of(source)) == view.text[at]


@settings(deadline=None)
@given(texts.filter(bool), texts)
def test_title_and_text_have_their_own_places(title, text):
    view = CLEANER.document(title, text)
    head, body = CLEANER.clean(title), CLEANER.clean(text)
    assert view.text == (f"{head.text}\n\n{body.text}" if title else body.text)
    assert len(view.text) == len(view.lower)
    for at in range(len(body.text)):
        there = view.text_start + at
        assert view.locate(Span(there, there + 1)) == ("text", body.to_source(Span(at, at + 1)))
    for at in range(len(head.text)):
        assert view.locate(Span(at, at + 1)) == ("title", head.to_source(Span(at, at + 1)))


def test_no_title_is_no_field():
    assert CLEANER.document(None, "Lớp nghề").locate(Span(0, 3)) == ("text", Span(0, 3))
    assert CLEANER.document("", "Lớp nghề").title_end == 0


@pytest.mark.parametrize("piece", [".", "\u0301", "\u200b", "a\u0323\u0302", "hoà", "\r\n", "1\u00a0"])
def test_time_is_linear(piece):
    text = piece * (1_000_000 // len(piece))
    started = time.perf_counter()
    view = CLEANER.clean(text)
    assert time.perf_counter() - started < 8
    assert not view.text or view.to_source(Span(0, len(view.text))).end <= len(text)


def test_unknown_keys_are_refused(tmp_path):
    (tmp_path / NAME).write_text("surprise = 1\n", "utf-8")
    with pytest.raises(DataError, match="surprise"):
        Cleaner.load([tmp_path])
