"""extractor series: one figure over time."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from store_records import ben_tre, record, write

from extractor.cli import main

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = (
        record("stock", "2022-07-20", "Đến ngày 30/6/2022, LĐLĐ tỉnh Bến Tre có 61.300 đoàn viên. Tổ chức lớn mạnh."),
        record(
            "women", "2022-07-20", "6 tháng đầu năm 2022, LĐLĐ tỉnh Bến Tre kết nạp 700 đoàn viên nữ. Phong trào tốt."
        ),
        record(
            "other", "2022-07-20", "6 tháng đầu năm 2022, LĐLĐ tỉnh Trà Vinh kết nạp 800 đoàn viên. Phong trào rất tốt."
        ),
    )
    return write(tmp_path_factory.mktemp("series") / "r.jsonl", (*ben_tre(), *more))


def run(source: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["series", "--in", str(source), *map(str, arguments)])


WHO = ("--organization", "LĐLĐ tỉnh Bến Tre")


def test_points_in_the_order_of_time(source: Path) -> None:
    result = run(source, "--entity", "đoàn viên", *WHO, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    told = [(row["to"], row["value"], row["action"], [s["article"] for s in row["sources"]]) for row in rows]
    assert told == [
        ("2021-06-30", 980, "kết nạp", ["e"]),
        ("2022-06-30", 1250, "kết nạp", ["a", "c"]),
        ("2022-06-30", 1520, "kết nạp", ["b"]),
        ("2022-06-30", 61300, "có", ["stock"]),
        ("2023-06-30", 1400, "kết nạp", ["d"]),
    ]
    assert (rows[-1]["low"], rows[-1]["high"]) == (1400, 1540)


def test_short_forms_bare_names_and_places_find_the_same(source: Path) -> None:
    whole = run(source, "--entity", "đoàn viên", *WHO, "--format", "csv").stdout
    assert whole.count("\n") == 6
    for who in (
        ["--organization", "Liên đoàn Lao động Bến Tre"],
        ["--organization", "LĐLĐ tỉnh", "--place", "Bến Tre"],
        ["--place", "tỉnh Bến Tre"],
    ):
        assert run(source, "--entity", "đoàn viên", *who, "--format", "csv").stdout == whole


def test_csv_and_table(source: Path) -> None:
    rows = list(csv.DictReader(run(source, "--entity", "đoàn viên nữ", *WHO, "--format", "csv").stdout.splitlines()))
    assert [(row["value"], row["articles"]) for row in rows] == [("700", "women")]
    table = run(source, "--entity", "đoàn viên", *WHO).stdout.splitlines()
    assert table[0].split() == ["from", "to", "value", "low", "high", "figure", "action", "articles"]
    assert "61.300" in table[5]


def test_the_chart_is_a_picture_that_tells_itself(source: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "1.svg", tmp_path / "2.svg"
    for path in (one, two):
        assert run(source, "--entity", "đoàn viên", *WHO, "--chart", path).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    root = ET.fromstring(one.read_text("utf-8"))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "đoàn viên – LĐLĐ tỉnh Bến Tre"
    assert "1.250 đoàn viên" in root.find(f"{SVG}desc").text
    assert len(root.findall(f".//{SVG}g")) == 5
    whiskers = [g for g in root.findall(f"{SVG}g") if len(g.findall(f"{SVG}line")) == 4]
    assert [g.find(f"{SVG}title").text for g in whiskers] == ["01/01/2023 – 30/06/2023: hơn 1.400 đoàn viên (d)"]


def test_what_is_not_said_or_not_there_is_told(source: Path, tmp_path: Path) -> None:
    assert run(source, "--entity", "đoàn viên").exit_code == 2
    assert "which one" in run(source, "--entity", "đoàn viên", "--organization", "công đoàn").output
    assert "administrative unit" in run(source, "--entity", "đoàn viên", "--place", "tỉnh Không Có").output
    nothing = run(source, "--entity", "máy bay", *WHO, "--chart", tmp_path / "x.svg")
    assert nothing.exit_code == 2
    assert "nothing to draw" in nothing.output
    assert not (tmp_path / "x.svg").exists()
