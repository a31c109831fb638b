"""Sentence ends: cases, properties and time."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.datafile import DATA
from extractor.document import Block
from extractor.errors import DataError
from extractor.sentences import NAME, SentenceFinder

FINDER = SentenceFinder.load()
CASES = tomllib.loads((Path(__file__).parent / "cases" / "sentences.toml").read_text("utf-8"))["case"]
RULES = tomllib.loads((DATA / NAME).read_text("utf-8"))
ENTRIES = [entry for table in RULES.values() for entry in table]


def sentences(text: str) -> list[str]:
    return [text[found.start : found.end] for found in FINDER.find(text, [Block(0, len(text), "body")])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case):
    expected = case.get("ends") or [piece.strip() for piece in case["text"].split("|")]
    text = case["text"] if "ends" in case else case["text"].replace("|", "")
    assert sentences(text) == expected


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_examples_depend_on_their_entry(entry, tmp_path):
    table = next(name for name, entries in RULES.items() if entry in entries)
    own = f"[[{table}]]\nid = {entry['id']!r}\nwords = ['Zzz']\nexamples = []\n"
    (tmp_path / NAME).write_text(own, "utf-8")
    without = SentenceFinder.load([tmp_path])
    for example in entry["examples"]:
        block = [Block(0, len(example), "body")]
        assert without.find(example, block) != FINDER.find(example, block), (table, example)


def test_sentences_stay_in_their_blocks():
    text = "Dòng một chưa hết\ndòng hai. Hết"
    blocks = [Block(0, 17, "body"), Block(18, len(text), "body")]
    found = FINDER.find(text, blocks)
    assert [(text[s.start : s.end], s.block) for s in found] == [("Dòng một chưa hết", 0), ("dòng hai.", 1), ("Hết", 1)]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aAÁđĐ1 .?!…\"”(,\n'/-v\ud800\x00\u0301"), max_size=60) | st.text(max_size=60))
def test_any_text_is_covered_without_overlap(text):
    found = FINDER.find(text, [Block(0, len(text), "body")])
    rest = text
    for sentence in reversed(found):
        assert sentence.start < sentence.end
        assert not rest[sentence.end :].strip()
        rest = rest[: sentence.start]
    assert not rest.strip()


@pytest.mark.parametrize("piece", [".", ". ", "1.", "A. ", "a.B", "...”", ".\t\t"])
def test_time_is_linear(piece):
    text = piece * (500_000 // len(piece))
    started = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - started < 10


def test_a_users_folder_adds_words(tmp_path):
    own = "[[abbreviation]]\nid = 'mine'\nwords = ['Xã']\nexamples = []\n"
    (tmp_path / NAME).write_text(own, "utf-8")
    text = "Họp ở Xã. Hòa An và TP. Vinh."
    assert len(SentenceFinder.load([tmp_path]).find(text, [Block(0, len(text), "body")])) == 1
    assert len(sentences(text)) == 2


def test_unknown_keys_are_refused(tmp_path):
    (tmp_path / NAME).write_text("surprise = 1\n", "utf-8")
    with pytest.raises(DataError, match="surprise"):
        SentenceFinder.load([tmp_path])
