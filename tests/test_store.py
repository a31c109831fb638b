"""The store: articles in, replaced, removed; its file; the command."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from store_records import BEN_TRE, ben_tre, record, write

from extractor.cli import main
from extractor.errors import UsageError
from extractor.scope.gazetteer import Gazetteer
from extractor.store import Store
from extractor.store.keys import Keys
from extractor.store.phrases import PhraseBook, syllables
from extractor.store.rules import head_ids, load_rules
from extractor.store.shingles import BEYOND, sketch

RULES = load_rules()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def pairs(store: Store) -> list[tuple[str, str, str]]:
    return [(c.verdict, c.a.article, c.b.article) for c in store.compare()]


EXPECTED = [("conflict", "a", "b"), ("consistent", "a", "c"), ("conflict", "b", "c")]


def test_compares_each_two_articles() -> None:
    with Store.open() as store:
        assert store.add(ben_tre())[:3] == (5, 0, 0)
        assert pairs(store) == EXPECTED


def test_the_order_of_coming_in_changes_nothing() -> None:
    with Store.open() as one, Store.open() as two:
        one.add(ben_tre())
        two.add(reversed(ben_tre()))
        assert [c.as_json() for c in one.compare()] == [c.as_json() for c in two.compare()]
        assert [c.as_json() for c in one.compare()] == [c.as_json() for c in one.compare()]


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with Store.open(path) as store:
        store.add(ben_tre())
    with Store.open(path) as store:
        assert store.add(ben_tre())[:3] == (0, 0, 5)
        assert pairs(store) == EXPECTED


def test_a_corrected_article_takes_the_place_of_the_old_one() -> None:
    with Store.open() as store:
        store.add(ben_tre())
        published, text = BEN_TRE["b"]
        assert store.add([record("b", published, text.replace("1.520", "1.250"))])[:3] == (0, 1, 0)
        assert pairs(store) == [("consistent", "a", "b"), ("consistent", "a", "c"), ("consistent", "b", "c")]


def test_an_id_that_comes_twice_is_told_and_the_last_one_counts() -> None:
    published, text = BEN_TRE["b"]
    twice = (record("b", published, text), record("b", published, text.replace("1.520", "1.250")))
    with Store.open() as store:
        told = store.add((*ben_tre()[:1], *twice))
        assert told == (2, 0, 0, ("b",))
        assert pairs(store) == [("consistent", "a", "b")]


def test_an_article_can_be_taken_out() -> None:
    with Store.open() as store:
        store.add(ben_tre())
        assert store.remove("b")
        assert not store.remove("b")
        assert pairs(store) == [("consistent", "a", "c")]
        left = [
            store.connection.execute(f"SELECT count(DISTINCT article_no) FROM {t}").fetchone()[0]
            for t in ("articles", "figures")
        ]
        assert left == [4, 4]


def test_records_without_text_are_compared_without_sentences() -> None:
    with Store.open() as store:
        store.add([r.model_copy(update={"text": None}) for r in ben_tre()[:2]])
        row = next(store.compare()).as_json()
    assert row["verdict"] == "conflict"
    assert row["a"]["sentence"] is None
    assert (row["a"]["value"], row["b"]["value"]) == (1250, 1520)


def test_a_row_names_articles_figures_sentences_and_values() -> None:
    with Store.open() as store:
        store.add(ben_tre()[:2])
        row = next(store.compare()).as_json()
    assert list(row) == ["verdict", "a", "b", "message"]
    assert (row["a"]["article"], row["a"]["figure"], row["a"]["published"]) == ("a", "f1", "2022-07-05")
    assert row["b"]["sentence"].startswith("Theo báo cáo, 6 tháng")
    assert "1.250 đoàn viên" in row["message"]["vi"]
    assert "1.520 đoàn viên" in row["message"]["en"]


def test_letters_that_files_hold_badly() -> None:
    odd = record("a", "2022-07-05", BEN_TRE["a"][1] + " Ký tự \u0000 và \ud800 lạ.")
    with Store.open() as store:
        store.add([odd, ben_tre()[1]])
        assert pairs(store) == [("conflict", "a", "b")]


def test_reprints_give_way_to_the_fullest_article() -> None:
    whole = (
        BEN_TRE["a"][1]
        + " Cán bộ công đoàn đến tận xưởng, tận khu trọ để gặp gỡ người lao động sau giờ làm việc mỗi ngày."
    )
    articles = [record(f"r{n}", "2022-07-06", whole[: len(whole) - 20 * n]) for n in range(3)]
    with Store.open() as store:
        store.add([*articles, ben_tre()[1]])
        assert pairs(store) == [("conflict", "r0", "b")]


def test_a_figure_told_very_often_is_compared_with_its_neighbours_only() -> None:
    one = ben_tre()[2]
    texts = [f"{BEN_TRE['c'][1]} {' '.join(f'mục{n * 40 + k}' for k in range(40))}." for n in range(120)]
    with Store.open() as store:
        store.add(one.model_copy(update={"id": f"n{n:03}", "text": text}) for n, text in enumerate(texts))
        store.add([ben_tre()[1]])
        found = pairs(store)
    assert len(found) <= 121 * RULES.comparing.window
    assert {verdict for verdict, *who in found if "b" in who} == {"conflict"}


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_store_in_use_is_told_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    code = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        result = run("check", write(tmp_path / "r.jsonl", ben_tre()), "--store", path)
    finally:
        holder.communicate()
    assert result.exit_code == 2
    assert "in use by another process" in result.output
    assert "Traceback" not in result.output


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_run_leaves_a_store_that_can_go_on(tmp_path: Path) -> None:
    path, records = tmp_path / "s.duckdb", write(tmp_path / "r.jsonl", ben_tre())
    with Store.open(path) as store:
        store.add(ben_tre()[:2])
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom extractor.store import Store, tables\n"
        f"insert = tables.insert\ntables.insert = lambda *a: (insert(*a), os.kill(os.getpid(), {int(signal.SIGKILL)}))\n"
        f"from extractor.store.inputs import lines_of\nStore.open(Path({str(path)!r})).add_lines(lines_of([Path({str(records)!r})]))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    with Store.open(path) as store:
        assert pairs(store) == [("conflict", "a", "b")]
        assert store.add(ben_tre())[:3] == (3, 0, 2)
        assert pairs(store) == EXPECTED


def test_other_files_are_no_stores(tmp_path: Path) -> None:
    text = tmp_path / "x.duckdb"
    text.write_text("không phải cơ sở dữ liệu " * 1000, "utf-8")
    with pytest.raises(UsageError, match="no store"):
        Store.open(text)
    converted = tmp_path / "c.duckdb"
    assert run("convert", write(tmp_path / "r.jsonl", ben_tre()), "-o", converted).exit_code == 0
    with pytest.raises(UsageError, match="is no store"):
        Store.open(converted)
    with pytest.raises(UsageError, match="no such store"):
        Store.open(tmp_path / "none.duckdb", read_only=True)


def test_a_store_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with Store.open(path) as store:
        store.add(ben_tre())
        store.connection.execute("UPDATE store SET version = 'older'; UPDATE figures SET head = 'x'")
    with pytest.raises(UsageError, match="another version"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert pairs(store) == EXPECTED


def test_a_store_is_a_file_of_records_for_other_commands(tmp_path: Path) -> None:
    path, records = tmp_path / "s.duckdb", write(tmp_path / "r.jsonl", ben_tre())
    assert run("check", records, "--store", path).exit_code == 0
    assert run("convert", path, "-o", tmp_path / "back.jsonl").exit_code == 0
    assert (tmp_path / "back.jsonl").read_bytes() == records.read_bytes()


# --- the command ------------------------------------------------------------------------------------------------------


def told(result: Result) -> list[tuple[str, str, str]]:
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return [(row["verdict"], row["a"]["article"], row["b"]["article"]) for row in rows]


def test_check_reads_files_packed_files_folders_and_stores(tmp_path: Path) -> None:
    plain = write(tmp_path / "r.jsonl", ben_tre())
    packed = tmp_path / "r.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "1.jsonl", ben_tre()[:2])
    write(folder / "2.jsonl", ben_tre()[2:])
    store = tmp_path / "s.duckdb"
    assert run("check", plain, "--store", store).exit_code == 0
    for source in (plain, packed, folder, store):
        assert told(run("check", source)) == EXPECTED
    assert told(run("check", "--store", store)) == EXPECTED


def test_check_removes_and_writes_to_a_file(tmp_path: Path) -> None:
    store, out = tmp_path / "s.duckdb", tmp_path / "out.jsonl"
    run("check", write(tmp_path / "r.jsonl", ben_tre()), "--store", store)
    assert run("check", "--store", store, "--remove", "b", "-o", out).exit_code == 0
    assert [json.loads(line)["verdict"] for line in out.read_text("utf-8").splitlines()] == ["consistent"]
    assert run("check", "--store", store, "--remove", "b").exit_code == 2


def test_check_writes_a_table_with_the_sentences_of_conflicts(tmp_path: Path) -> None:
    result = run("check", write(tmp_path / "r.jsonl", ben_tre()), "--format", "table")
    assert result.stdout.splitlines()[0].split()[:2] == ["verdict", "what"]
    assert "Theo báo cáo, 6 tháng đầu năm 2022" in result.stdout


def test_fail_on_alarm(tmp_path: Path) -> None:
    conflict = write(tmp_path / "1.jsonl", ben_tre()[:2])
    fine = write(tmp_path / "2.jsonl", (ben_tre()[0], ben_tre()[2]))
    inside = write(tmp_path / "3.jsonl", (_wrong_sum(),))
    assert run("check", conflict).exit_code == 0
    assert run("check", conflict, "--fail-on", "alarm").exit_code == 3
    assert run("check", fine, "--fail-on", "alarm").exit_code == 0
    assert run("check", inside, "--fail-on", "alarm").exit_code == 3


def _wrong_sum():
    found = record("w", "2022-01-05", "Năm 2021, LĐLĐ huyện Ba Tri mở 10 lớp, gồm 6 lớp nghiệp vụ và 7 lớp tin học.")
    assert any(finding.alarm for finding in found.findings)
    return found


@pytest.mark.parametrize("arguments", [[], ["none.jsonl"], ["--store", "x.duckdb", "--remove", "a"]])
def test_wrong_usage_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


# --- keys -------------------------------------------------------------------------------------------------------------


def test_examples_of_heads_and_actions() -> None:
    keys = Keys(RULES, Gazetteer.load())
    for head in RULES.head:
        for example in head.examples:
            assert keys.head(example, "item_count", None, "item")[0] in head_ids(head), example
    for action in RULES.action:
        for example in action.examples:
            number = re.search(r"\d[\d.,]*", example)
            assert number is not None, example
            assert keys.actions.find(example, *number.span(), []) == action.id, example


@given(st.text(alphabet="abc đ.,-1", max_size=60))
@settings(max_examples=60, deadline=None)
def test_taking_phrases_out_keeps_the_rest_in_order(text: str) -> None:
    book = PhraseBook([("a b", "1"), ("a", "2"), ("c đ", "3")])
    words = syllables(text)
    kept = book.without(words)
    assert "a" not in kept
    rest = iter(words)
    assert all(word in rest for word in kept)


@given(st.integers(2, 40), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_a_cut_text_keeps_a_part_of_the_sketch(count: int, cut: int) -> None:
    words = [f"w{n}" for n in range(count * 10)]
    whole, whole_limit = sketch({"text": " ".join(words)}, RULES.reprints)
    part, part_limit = sketch({"text": " ".join(words[cut:])}, RULES.reprints)
    assert whole == sorted(whole)
    assert len(whole) <= RULES.reprints.kept
    if part:
        bound = min(whole_limit, part_limit)
        assert {h for h in part if h <= bound} <= set(whole)
        assert bound <= BEYOND
