"""Records into every format, and back."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_extractor import FakeExtractor

from extractor.article import Article, Source
from extractor.cli import main
from extractor.errors import UsageError
from extractor.write.convert import convert
from extractor.write.lines import to_line
from extractor.write.stored import read_lines

TEXTS = [
    "Có 120 người dự và 8500 đồng, nhắc lại 7 lớp.",
    "Không có số nào.",
    "=1+2 và 45 người\nxuống dòng; @x",
    "Ký tự lạ \u0000 và \U0001f600 đến 3 người",
]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "in.jsonl"
    extractor = FakeExtractor()
    lines = []
    for number, text in enumerate(TEXTS):
        source = Source(f"{number}.txt", sha256="0" * 64)
        url = 'https://example.org/?a="b"&c=đ' if number == 0 else None
        article = Article(text, id=f"a{number % 3}", title="=HYPERLINK(1)", url=url, source=source)
        lines.append(to_line(extractor.extract(article).as_json()))
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


@pytest.mark.parametrize("ending", ["duckdb", "jsonl.gz", "jsonl.zst", "json"])
def test_there_and_back_is_the_same(records: Path, tmp_path: Path, ending: str) -> None:
    there, back = tmp_path / f"x.{ending}", tmp_path / "back.jsonl"
    assert convert(records, there) == len(TEXTS)
    convert(there, back)
    assert back.read_bytes() == records.read_bytes()


@pytest.mark.parametrize("ending", ["jsonl.gz", "jsonl.zst", "json", "csv", "xlsx", "parquet"])
def test_the_same_records_give_the_same_bytes(records: Path, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    convert(records, first)
    convert(records, second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]


def test_parquet_holds_typed_figures(records: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    convert(records, tmp_path / "x.parquet")
    rows = duckdb.execute(
        "SELECT article, article_no, value, kind, found_by, evidence FROM read_parquet(?) ORDER BY article_no, start",
        [str(tmp_path / "x.parquet")],
    ).fetchall()
    assert [row[:4] for row in rows] == [
        ("a0", 1, 120.0, "attendee_count"),
        ("a0", 1, 8500.0, "money"),
        ("a0", 1, 7.0, "attendee_count"),
        ("a2", 3, 1.0, "attendee_count"),
        ("a2", 3, 2.0, "attendee_count"),
        ("a2", 3, 45.0, "attendee_count"),
        ("a0", 4, 3.0, "attendee_count"),
    ]
    assert rows[0][4:] == (["fake.number"], "120")


def test_duckdb_has_all_tables(records: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    convert(records, tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as found:
        counts = {
            table: found.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "figures", "abbreviations", "relations", "findings")
        }
        alarms = found.execute("SELECT DISTINCT alarm, figures[1] FROM findings").fetchall()
    assert counts == {"articles": 4, "figures": 7, "abbreviations": 0, "relations": 2, "findings": 2}
    assert alarms == [(True, "f1")]


def test_csv_opens_in_excel_and_runs_nothing(records: Path, tmp_path: Path) -> None:
    convert(records, tmp_path / "x.csv")
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["value"] for row in rows] == ["120", "8500", "7", "1", "2", "45", "3"]
    assert {row["title"] for row in rows} == {"'=HYPERLINK(1)"}


def test_xlsx_has_numbers_links_and_no_formula(records: Path, tmp_path: Path) -> None:
    convert(records, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        figures = book.read("xl/worksheets/sheet1.xml").decode()
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert names == ["figures", "findings", "abbreviations"]
    assert "<f>" not in figures
    assert "<v>8500</v>" in figures
    assert "=HYPERLINK(1)" in figures
    assert "example.org" in links


def test_a_full_sheet_is_continued(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.write.xlsx.MAX_ROWS", 4)
    convert(records, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        names = re.findall(r'<sheet name="([\w ]+)"', book.read("xl/workbook.xml").decode())
    assert [name for name in names if name.startswith("figures")] == ["figures", "figures 2", "figures 3"]


def test_text_too_long_for_a_cell_is_cut_visibly(tmp_path: Path) -> None:
    record = FakeExtractor().extract(Article("1 người", id="long", title="dài " * 10_000)).as_json()
    (tmp_path / "in.jsonl").write_bytes(to_line(record) + b"\n")
    convert(tmp_path / "in.jsonl", tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert "[cut here: a cell holds no more]" in book.read("xl/worksheets/sheet1.xml").decode()


def test_kinds_and_text_can_be_left_out(records: Path, tmp_path: Path) -> None:
    convert(records, tmp_path / "x.jsonl", kinds=("money",), text=False)
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    assert [[figure["id"] for figure in row["figures"]] for row in rows] == [["f2"], [], [], []]
    assert all("text" not in row and not row["relations"] and not row["findings"] for row in rows)


def test_one_record_is_an_object_and_several_are_a_list(records: Path, tmp_path: Path) -> None:
    first = tmp_path / "one.jsonl"
    first.write_bytes(records.read_bytes().splitlines(keepends=True)[0])
    convert(first, tmp_path / "one.json")
    convert(records, tmp_path / "all.json")
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["id"] == "a0"
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))) == len(TEXTS)


def _bad_inputs() -> Iterator[tuple[str, bytes, str]]:
    yield "x.jsonl", b'{"id": 1}\n', "x.jsonl, line 1: not a record, format is missing"
    yield "x.jsonl", b"[]\n", "not a record"
    yield "x.json", b"{", "x.json is no JSON"
    yield "x.duckdb", b"nonsense", "is no DuckDB file of records"
    yield "x.txt", b"text", "give records as"


@pytest.mark.parametrize(("name", "data", "message"), list(_bad_inputs()))
def test_bad_records_are_told(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["convert", str(tmp_path / name), "-o", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("ending", ["jsonl.gz", "jsonl.zst"])
def test_a_damaged_file_is_told(records: Path, tmp_path: Path, ending: str) -> None:
    whole, half = tmp_path / f"whole.{ending}", tmp_path / f"half.{ending}"
    convert(records, whole)
    half.write_bytes(whole.read_bytes()[:-30])
    result = CliRunner().invoke(main, ["convert", str(half), "-o", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 1
    assert "the compressed file is cut short" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_without_a_format_is_told(records: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["convert", str(records), "-o", str(tmp_path / "out.what")])
    assert result.exit_code == 2
    assert "does not tell a format" in result.stderr


def test_an_output_survives_a_failed_run(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what was there")
    (tmp_path / "bad.jsonl").write_bytes(records.read_bytes() + b"{\n")
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "bad.jsonl"), "-o", str(out)])
    assert result.exit_code == 2
    assert out.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.jsonl", "out.jsonl"]


def test_lone_surrogates_never_stop_a_writer(tmp_path: Path) -> None:
    record = FakeExtractor().extract(Article("1 người", id="odd")).as_json()
    record["title"] = record["figures"][0]["text"] = "\ud800"
    (tmp_path / "in.jsonl").write_bytes(to_line(record) + b"\n")
    for ending in ("jsonl", "json", "csv", "xlsx", "parquet", "duckdb"):
        convert(tmp_path / "in.jsonl", tmp_path / f"x.{ending}")
    assert json.loads((tmp_path / "x.jsonl").read_bytes())["title"] == "\ud800"
    assert list(read_lines(tmp_path / "x.duckdb")) == [to_line(record)]


def test_no_records_at_all(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    for ending in ("jsonl", "json", "csv", "xlsx", "parquet", "duckdb"):
        assert convert(tmp_path / "in.jsonl", tmp_path / f"x.{ending}") == 0
        assert (tmp_path / f"x.{ending}").exists()


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx", "parquet", "duckdb"])
def test_what_breaks_off_leaves_nothing_behind(records: Path, tmp_path: Path, ending: str) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(records.read_bytes() + b'{"format":1')
    with pytest.raises(UsageError):
        convert(broken, tmp_path / f"out.{ending}")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.jsonl"]
