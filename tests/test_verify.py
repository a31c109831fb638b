"""extractor verify: claims held against articles."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from store_records import extractor, record, write

from extractor.cli import main
from extractor.store import Store
from extractor.store.claims import Verifier, overall

CASES = tomllib.loads((Path(__file__).parent / "cases" / "claims.toml").read_text("utf-8"))
CLAIMS = CASES["claim"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = tuple(record(a["id"], a["published"], a["text"]) for a in CASES["article"])
    return write(tmp_path_factory.mktemp("claims") / "r.jsonl", records)


@pytest.fixture(scope="module")
def verifier(source: Path):
    with Store.open() as store:
        store.add_lines(source.read_bytes().splitlines())
        yield Verifier(store, extractor())


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim["text"][:60] for claim in CLAIMS])
def test_claim(verifier: Verifier, claim: dict) -> None:
    answers = verifier.verify(claim["text"])
    assert overall(answers) == claim["verdict"]
    if "articles" in claim:
        assert [fact.article for a in answers for fact in (*a.agree, *a.differ)] == claim["articles"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_text_names_verdict_and_sentence(source: Path) -> None:
    result = run("Năm 2021, LĐLĐ tỉnh Bến Tre kết nạp 3.500 đoàn viên.", "--in", source)
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "không đúng"
    assert "ben-tre-2021" in result.output
    assert "kết nạp 2.100 đoàn viên" in result.output


def test_json_and_fail_on_and_stores(source: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    assert CliRunner().invoke(main, ["check", str(source), "--store", str(store)]).exit_code == 0
    claim = "Năm 2021, LĐLĐ tỉnh Bến Tre kết nạp 3.500 đoàn viên."
    result = run(claim, "--in", store, "--format", "json", "--fail-on", "alarm")
    assert result.exit_code == 3
    row = json.loads(result.output)
    assert (row["claim"], row["verdict"]) == (claim, "refuted")
    assert [(s["stance"], s["article"], s["value"]) for s in row["figures"][0]["sentences"]] == [
        ("refutes", "ben-tre-2021", 2100)
    ]
    assert set(row["figures"][0]["message"]) == {"en", "vi"}


def test_a_relative_period_is_counted_from_the_day_given(source: Path) -> None:
    claim = "Năm nay, LĐLĐ tỉnh Bến Tre kết nạp 2.100 đoàn viên."
    assert run(claim, "--in", source, "--date", "2021-12-20").output.startswith("có cơ sở")
    assert run(claim, "--in", source, "--date", "2022-12-20").output.startswith("không đúng")


def test_a_claim_without_figures_says_so(source: Path) -> None:
    result = run("Không có số nào.", "--in", source, "--lang", "en")
    assert result.output.splitlines() == ["not found", "The sentence holds no figure to look for"]


def test_missing_records_are_told(tmp_path: Path) -> None:
    result = run("Có 5 lớp.", "--in", tmp_path / "none.jsonl")
    assert result.exit_code == 2
    assert "no such file" in result.output


def test_the_users_folder_adds_to_the_words(source: Path, tmp_path: Path) -> None:
    (tmp_path / "store.toml").write_text(
        '[phrases]\nignored = ["ưu tú"]\n\n[words]\nrefuted = { vi = "sai", en = "wrong" }\n', "utf-8"
    )
    claim = "Năm 2021, LĐLĐ tỉnh Bến Tre kết nạp 3.500 đoàn viên ưu tú."
    assert run(claim, "--in", source).output.startswith("không tìm thấy")
    assert run(claim, "--in", source, "--lexicon", tmp_path).output.startswith("sai")


def test_a_store_of_other_data_files_is_told_and_renewed(source: Path, tmp_path: Path) -> None:
    store, mine = tmp_path / "s.duckdb", tmp_path / "mine"
    mine.mkdir()
    (mine / "store.toml").write_text('[phrases]\nignored = ["ưu tú"]\n', "utf-8")
    words = ["check", str(source), "--store", str(store)]
    assert CliRunner().invoke(main, words).exit_code == 0
    claim = "Năm 2021, LĐLĐ tỉnh Bến Tre kết nạp 2.100 đoàn viên ưu tú."
    refused = run(claim, "--in", store, "--lexicon", mine)
    assert (refused.exit_code, "and the same --lexicon" in refused.output) == (2, True)
    assert CliRunner().invoke(main, ["check", "--store", str(store), "--lexicon", str(mine)]).exit_code == 0
    assert run(claim, "--in", store, "--lexicon", mine).output.startswith("có cơ sở")


def test_a_broken_file_of_the_user_is_told(source: Path, tmp_path: Path) -> None:
    (tmp_path / "store.toml").write_text("[phrases]\nwords = 3\n", "utf-8")
    result = run("Có 5 lớp.", "--in", source, "--lexicon", tmp_path)
    assert (result.exit_code, "store.toml: phrases.words" in result.output) == (2, True)
