"""`extractor explain`, `rules` and `kinds`: what they tell, and how they fail."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from extractor.cli import main

ARTICLE = {"title": "Trao 100 suất quà", "text": "Công đoàn huyện trao 100 suất quà, mỗi suất 500.000 đồng."}


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ARTICLE), "utf-8")
    return str(path)


def run(*words: str):
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(("place", "told"), [("46", "500000 đồng"), ("0", "nearest figure is at 5 of the title")])
def test_explain_tells_what_was_tried(article, place, told):
    done = run("explain", article, "--at", place)
    assert (done.exit_code, told in done.stdout) == (0, True)


def test_explain_reads_the_title(article):
    assert "figure f1: 100 suất" in run("explain", article, "--at", "6", "--title").stdout
    outside = run("explain", article, "--at", "17", "--title")
    assert (outside.exit_code, "(0 to 16)" in outside.stderr) == (2, True)


def test_rules_lists_every_rule_with_an_example():
    done = run("rules")
    lines = [line.split("\t") for line in done.stdout.rstrip("\n").split("\n")]
    assert done.exit_code == 0
    assert all(len(line) == 3 for line in lines)
    assert {"modifiers.almost", "numerals.written", "period.day", "lookalikes.date.full"} <= {line[0] for line in lines}


def test_a_rule_is_shown_whole():
    assert "modifier: almost" in run("rules", "modifiers.almost").stdout
    assert run("rules", "nothing-like-it").exit_code == 2


@pytest.mark.parametrize("command", ["kinds", "rules"])
def test_a_broken_file_of_the_user_is_told(tmp_path, command):
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "mine.toml").write_text('kind = "mi', "utf-8")
    done = run(command, "--lexicon", str(tmp_path))
    assert (done.exit_code, "mine.toml: not valid TOML" in done.stderr) == (2, True)
