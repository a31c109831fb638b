"""`extractor abbreviations`: the table, the unknown ones, an own lexicon, and bad input."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.abbreviations import AbbreviationFinder
from extractor.commands.abbreviations import command

TEXT = "Cán bộ công đoàn (CBCĐ) tỉnh dự lớp. CBCĐ và LĐLĐ huyện cùng học. Máy QZXW chạy tốt, QZXW bền."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text(TEXT, "utf-8")
    (articles / "two.txt").write_text("LĐLĐ tỉnh họp.", "utf-8")
    (articles / "three.txt").write_text("Nhờ CĐ mà khá.", "utf-8")
    return articles


def run(*args: object) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args])


def rows(result: Result) -> dict[str, dict[str, object]]:
    return {row["short"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_table(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["short", "long", "known", "uses", "articles", "first", "places"]
    assert any(line.startswith("CBCĐ") and "defined in the article" in line for line in lines)
    assert any(
        line.startswith("CĐ ") and "công đoàn" in line and "cao đẳng" in line and "ambiguous" in line for line in lines
    )


def test_rows(folder: Path) -> None:
    found = rows(run(folder, "--format", "jsonl"))
    assert list(found) == ["CBCĐ", "LĐLĐ", "CĐ"]
    assert (found["LĐLĐ"]["uses"], found["LĐLĐ"]["articles"], found["LĐLĐ"]["origin"]) == (2, 2, "lexicon")
    place = found["CBCĐ"]["places"][0]  # type: ignore[index]
    assert TEXT[place["start"] : place["end"]] == "CBCĐ"


def test_csv_holds_the_same(folder: Path) -> None:
    lines = list(csv.reader(io.StringIO(run(folder, "--format", "csv").stdout)))
    assert [line[0] for line in lines[1:]] == list(rows(run(folder, "--format", "jsonl")))


def test_unknown_is_ready_to_be_added(folder: Path, tmp_path: Path) -> None:
    assert list(rows(run(folder, "--unknown", "--format", "jsonl"))) == ["QZXW"]
    entries = run(folder, "--unknown", "--format", "toml").stdout
    assert tomllib.loads(entries)["entry"][0]["short"] == "QZXW"
    own = tmp_path / "own.toml"
    own.write_text(entries.replace('long = ""', 'long = "quạt zích xoay"'), "utf-8")
    assert AbbreviationFinder.load([own]).find("QZXW", "qzxw")[0].long == "quạt zích xoay"
    assert rows(run(folder, "--lexicon", own, "--format", "jsonl"))["QZXW"]["uses"] == 2
    assert run(folder, "--lexicon", own, "--unknown", "--format", "jsonl").stdout == ""


def test_toml_needs_unknown(folder: Path) -> None:
    assert run(folder, "--format", "toml").exit_code == 2


def test_bad_lexicon_is_told(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[entry]]\nshort = "X"\n', "utf-8")
    result = run(folder, "--lexicon", own)
    assert result.exit_code == 2
    assert "own.toml" in result.stderr
    assert result.stdout == ""


def test_what_cannot_be_read_is_told_and_the_rest_done(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    result = run(folder, "--format", "jsonl")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert "LĐLĐ" in rows(result)
