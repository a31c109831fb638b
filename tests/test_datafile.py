"""Data files of a user's own: what they add, what they replace, and what is said of a wrong one."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from extractor import Extractor
from extractor.datafile import DATA, Table, files, merged
from extractor.errors import DataError

AREA = """
kind = "area"
title = { en = "Areas", vi = "Diện tích" }
about = "areas of land"
core = false
priority = 60

[[unit]]
code = "hectare"
words = ["ha"]
"""


def extractor_with(folder, **contents: str) -> Extractor:
    """An extractor with these files (name with __ for /) in a user's folder."""
    for name, content in contents.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return Extractor.default([folder])


def test_a_kind_of_ones_own(tmp_path):
    [figure] = extractor_with(tmp_path, kinds__area=AREA).extract_text("Khu đất rộng 5 ha.").figures
    assert (figure.kind, figure.unit_code) == ("area", "hectare")


def test_units_are_added_to_a_kind(tmp_path):
    own = '[[unit]]\ncode = "sack"\nwords = ["túi lưới"]\n'
    record = extractor_with(tmp_path, kinds__item_count=own).extract_text("Trao 30 túi lưới và 5 suất quà.")
    assert [figure.unit_code for figure in record.figures] == ["sack", "item"]


@pytest.mark.parametrize(
    ("name", "content", "text", "seen"),
    [
        ("modifiers", '[[hedge]]\nid = "own"\nmodifier = "almost"\nbefore = ["tròm trèm"]\n',
         "Huyện mở tròm trèm 50 lớp.", lambda record: record.figures[0].modifier == "almost"),
        ("lookalikes", '[[rule]]\nid = "own"\nkind = "label"\nlead = ["trạm gác"]\npattern = " [0-9]+"\n',
         "Họp ở trạm gác 12 lớp trẻ.", lambda record: not record.figures),
        ("numerals", '[[word]]\nid = "own"\nforms = ["xấp"]\nrole = "multiplier"\nvalue = 20\n',
         "Có 2 xấp người dự.", lambda record: any(figure.value == 40 for figure in record.figures)),
        ("checks", '[style]\npercent = " phần trăm"\n',
         "Có 45/50 CĐCS đạt vững mạnh, đạt 92%.",
         lambda record: any("90 phần trăm" in finding.message.vi for finding in record.findings)),
        ("clean", '[[map]]\nid = "own"\nwhy = "w"\nto = "%"\ncharacters = ["2052"]\nexamples = []\n',
         "Đạt 98⁒.", lambda record: any(figure.kind == "percentage" for figure in record.figures)),
    ],
    ids=["modifiers", "lookalikes", "numerals", "checks", "clean"],
)  # fmt: skip
def test_every_file_can_be_added_to(tmp_path, name, content, text, seen):
    assert not seen(Extractor.default().extract_text(text))
    assert seen(extractor_with(tmp_path, **{name: content}).extract_text(text))


def test_how_files_are_merged(tmp_path):
    class Entry(Table):
        id: str
        words: tuple[str, ...]

    class File(Table):
        most: int
        words: tuple[str, ...]
        entry: tuple[Entry, ...]

    base, own = tmp_path / "base", tmp_path / "own"
    for folder in (base, own):
        folder.mkdir()
    (base / "f.toml").write_text(
        'most = 1\nwords = ["a"]\n[[entry]]\nid = "x"\nwords = ["p"]\n[[entry]]\nid = "y"\nwords = []\n'
    )
    (own / "f.toml").write_text('most = 2\nwords = ["b"]\n[[entry]]\nid = "x"\nwords = ["q"]\n')
    assert files("f.toml", [base, own]) == [base / "f.toml", own / "f.toml"]
    table = merged("f.toml", File, [base, own])
    assert (table.most, table.words) == (2, ("a", "b"))
    assert [(entry.id, entry.words) for entry in table.entry] == [("y", ()), ("x", ("q",))]
    (own / "f.toml").write_text("most = 2\nleast = 1\n")
    with pytest.raises(DataError, match=r"own/f\.toml: least"):
        merged("f.toml", File, [base, own])


def repeats(value: object, name: str = "") -> list[str]:
    """The words that a list of words in a table holds more than once, each with the key it stands under."""
    if isinstance(value, dict):
        return [
            told for key, each in value.items() if key not in ("examples", "rejects") for told in repeats(each, key)
        ]
    if not isinstance(value, list):
        return []
    if all(isinstance(each, str) for each in value):
        return [f"{name}: {word}" for word, times in Counter(value).items() if times > 1]
    return [told for each in value for told in repeats(each, name)]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: str(path.relative_to(DATA)))
def test_no_list_holds_a_word_twice(path):
    assert repeats(tomllib.loads(path.read_text("utf-8"))) == []
