"""What leaves the desk: decisions, gold data, and tables that no spreadsheet runs; and what comes in by pasting."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from review_desk import ORIGIN, Client
from web_records import gold_records, hostile_record, report_record

from extractor.model import Record
from extractor.review.gold import gold_row
from extractor.review.sheets import COLUMNS

GENRE = Path(__file__).parent.parent.parent / "shared" / "gold" / "genre.gold.jsonl"
GOLD_FIGURE = {"start", "end", "number", "value", "low", "high", "modifier", "kind", "unit", "entity"}


@pytest.fixture
def client(tmp_path):
    formula = report_record("formula")
    figure = formula.figures[0]
    organization = {"text": '=HYPERLINK("http://x")', "expanded": "=cmd|' /C calc'!A0"}
    row = {**figure.model_dump(), "organization": organization}
    hostile = formula.model_copy(
        update={"figures": (figure.model_validate(row),), "findings": (), "relations": (), "title": "+1+1()"}
    )
    return Client(tmp_path, [report_record(), hostile_record(), hostile])


def lines(answer):
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


def test_decisions_leave_as_json_lines_in_order(client):
    base = client.decide("reject", figure="f3", note="tên phố").get_json()["state"]["base"]
    client.decide("undo", base, figure="f3")
    rows = lines(client.http.get("/export/decisions.jsonl"))
    assert [(r["action"], r.get("undoes")) for r in rows] == [("reject", None), ("undo", rows[0]["id"])]
    assert rows[0]["figures"] == [{"start": 155, "end": 157, "field": "text", "text": "11"}]


def test_gold_holds_reviewed_articles_only(client):
    assert lines(client.http.get("/export/gold.jsonl")) == []
    client.decide("done")
    client.decide("reject", figure="f16")
    (row,) = lines(client.http.get("/export/gold.jsonl"))
    assert row["id"] == "suoi-bac-2014"
    assert len(row["figures"]) == 15
    assert all(set(f) == GOLD_FIGURE for f in row["figures"])
    assert all(row["text"][f["start"] : f["end"]] == f["number"] for f in row["figures"])
    assert {"type": "parts_sum", "whole": 1, "parts": [2, 3, 4]} in row["relations"]
    assert row["scope"][0] == {
        "i": 0, "status": "achieved", "period": ["2013-01-01", "2013-12-31"], "place": None, "organization": "LĐLĐ huyện",
    }  # fmt: skip
    assert {"short": "CBCĐ", "long": None} in row["abbreviations"]


def test_an_article_of_which_every_figure_is_decided_is_reviewed(client):
    for n in range(1, 4):
        client.post(
            "/api/decisions", {"article": hostile_record().id, "figure": f"f{n}", "action": "confirm", "base": 0}
        )
    assert [r["id"] for r in lines(client.http.get("/export/gold.jsonl"))] == [hostile_record().id]


def test_a_title_that_came_apart_stands_before_the_text_in_gold():
    record = report_record()
    title, _, rest = record.text.partition("\n\n")
    shift = len(title) + 2
    moved = [f.model_dump() for f in record.figures]
    for row in moved[1:]:
        for place in (row, row["number"], row["entity"], row["evidence"]):
            if place:
                place["start"], place["end"] = place["start"] - shift, place["end"] - shift
    moved[0]["field"] = "title"
    apart = Record.model_validate(
        {**record.model_dump(by_alias=True), "title": title, "text": rest, "figures": moved, "abbreviations": []}
    )
    row = gold_row(apart)
    assert row["text"] == record.text
    assert [(f["start"], f["number"]) for f in row["figures"]] == [
        (f["start"], f["number"]) for f in gold_row(record)["figures"]
    ]


@pytest.mark.skipif(not GENRE.exists(), reason="../shared/gold is not there")
def test_gold_made_of_gold_is_the_same_gold():
    rows = [json.loads(line) for line in GENRE.read_text(encoding="utf-8").splitlines()]
    for row, record in zip(rows, gold_records(), strict=True):
        made = gold_row(record)
        assert made["text"] == row["text"]
        assert [{k: f[k] for k in GOLD_FIGURE} for f in row["figures"]] == made["figures"]
        assert made["relations"] == row["relations"]


def table(client, view, rows, form):
    answer = client.post("/export/table", {"view": view, "rows": rows, "format": form})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{view}.{form}"'
    return answer.data


def test_csv_holds_the_rows_on_screen_in_their_order(client):
    client.decide("reject", figure="f3", note="tên phố")
    data = table(client, "figures", [5, 2], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [r["text"] for r in rows] == ["hơn 1.640 lượt", "11 lớp"]
    assert (rows[0]["value"], rows[0]["period_from"], rows[0]["modifier"]) == ("1640", "2013-01-01", "more_than")
    assert (rows[1]["decision"], rows[1]["reviewer"], rows[1]["note"]) == ("reject", "Lan", "tên phố")
    assert tuple(rows[0]) == tuple(COLUMNS["figures"])


def test_csv_runs_no_formula(client):
    row = next(csv.DictReader(io.StringIO(table(client, "figures", [19], "csv").decode("utf-8-sig"))))
    assert row["organization_expanded"].startswith("'=cmd")
    assert row["organization"].startswith("'=HYPERLINK")
    assert row["title"] == "'+1+1()"


@pytest.mark.parametrize("view", ["findings", "articles"])
def test_every_view_leaves_as_a_table(client, view):
    rows = list(csv.reader(io.StringIO(table(client, view, [0, 1, 2], "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == tuple(COLUMNS[view])
    assert len(rows) == 4


def test_xlsx_has_numbers_as_numbers_and_no_formulas(client):
    book = zipfile.ZipFile(io.BytesIO(table(client, "figures", [5, 19], "xlsx")))
    sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    cells = {c.get("r"): c for c in sheet.iterfind(".//x:c", space)}
    value = cells["J2"]
    assert (value.get("t"), value.find("x:v", space).text) == (None, "1640")
    assert not list(sheet.iterfind(".//x:f", space))
    assert not list(sheet.iterfind(".//x:hyperlink", space))
    assert "=cmd" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("body", [
    {"view": "figures", "rows": [10**6], "format": "csv"}, {"view": "figures", "rows": [-1], "format": "csv"},
    {"view": "secrets", "rows": [], "format": "csv"}, {"view": "figures", "rows": ["0"], "format": "csv"},
    {"view": "figures", "rows": [0], "format": "exe"}, {},
])  # fmt: skip
def test_tables_out_of_form_are_refused(client, body):
    assert client.post("/export/table", body).status_code == 422


def fake_extractor(client):
    """Stands for the program's own: the desk only hands articles on."""
    seen = []

    def extract(article):
        seen.append(article)
        return report_record().model_copy(
            update={"text": article.text, "figures": (), "findings": (), "relations": (), "abbreviations": ()}
        )

    client.desk._extractor = SimpleNamespace(extract=extract)
    return seen


def test_a_pasted_article_is_extracted_and_not_kept(client):
    seen = fake_extractor(client)
    answer = client.post("/api/extract", {"text": "Mở 3 lớp.", "published": "2020-05-01"})
    assert answer.get_json()["articles"][0]["text"] == "Mở 3 lớp."
    assert seen[0].published.isoformat() == "2020-05-01"
    assert client.http.get("/api/articles/3").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"text": ""}, {}, {"text": "x", "published": "yesterday"}, {"text": 3}, {"text": "x", "path": "/etc/passwd"}],
)
def test_pasted_articles_out_of_form_are_refused(client, body):
    assert client.post("/api/extract", body).status_code == 422


def drop(client, name, data):
    headers = {"Origin": ORIGIN, "X-Desk-Token": client.desk.token}
    return client.http.post("/api/extract", data={"file": (io.BytesIO(data), name)}, headers=headers)


def test_a_dropped_file_is_read_like_any_input(client):
    seen = fake_extractor(client)
    rows = "".join(json.dumps({"text": f"Mở {i} lớp."}) + "\n" for i in range(25))
    told = drop(client, "bài.jsonl", rows.encode()).get_json()
    assert len(told["articles"]) == 20
    assert told["more"] is True
    assert [a.text for a in seen[:2]] == ["Mở 0 lớp.", "Mở 1 lớp."]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "\x00", "", "http://127.0.0.1/x", "a" * 500]
)
def test_the_name_of_a_dropped_file_is_only_a_name(client, name):
    seen = fake_extractor(client)
    answer = drop(client, name, "Mở 3 lớp tập huấn.".encode())
    if answer.status_code == 200:
        assert seen[0].text == "Mở 3 lớp tập huấn."
        assert "/" not in seen[0].source.uri
        assert len(seen[0].source.uri) <= 80
    else:
        assert answer.status_code == 422


@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 50, b"\x1f\x8b broken"])
def test_a_file_that_cannot_be_read_is_told(client, data):
    fake_extractor(client)
    answer = drop(client, "x.txt", data)
    assert answer.status_code == 422
    assert answer.get_json()["fields"]["file"]
