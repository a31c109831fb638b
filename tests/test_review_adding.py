"""A figure that the program missed: what is read in the chosen words, saved, taken back, exported and applied."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from decimal import Decimal

import pytest
from review_desk import Client
from web_records import report_record

from extractor.model import Record
from extractor.review.applying import apply
from extractor.review.decisions import load_decisions

TEXT = "Công đoàn xã Mẫu tổ chức hội thi.\nNgày hội có hơn 8.500 lượt CBCĐ dự, quyên góp 3 tỷ 2, mở gần 50 lớp.\nCó 12 đội."


def record(text=TEXT, title="Hội thi có 30 đội"):
    """The article as if the program had found nothing but the 12 teams."""
    from extractor import Extractor  # noqa: PLC0415 (the other tests of the desk do without)

    whole = Extractor.default().extract_text(text, id="a", title=title)
    figures = tuple(f for f in whole.figures if "12" in f.text)
    return whole.model_copy(update={"title": title, "figures": figures, "relations": (), "findings": ()})


@pytest.fixture(scope="module")
def missed():
    return record()


@pytest.fixture
def client(tmp_path, missed):
    return Client(tmp_path, [missed, report_record()])


def read(client, **words):
    answer = client.post("/api/reading", {"article": "a", **words})
    return answer.status_code, answer.json


def add(client, reading, base=0, **changes):
    said = {
        "value": "8500", "kind": reading["kind"], "modifier": reading["modifier"],
        "entity": (reading["entity"] or {"text": ""})["text"],
    }  # fmt: skip
    added = {
        "field": reading["field"],
        "number": reading["number"],
        "span": {"start": reading["start"], "end": reading["end"]},
        "unit": reading["unit"] or "",
    }
    return client.decide("add", base, article="a", added=added, correction={**said, **changes})


def decisions(client, tmp_path):
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(client.http.get("/export/decisions.jsonl").data)
    return load_decisions(path)


@pytest.mark.parametrize(
    ("words", "value", "modifier", "kind", "unit", "entity"),
    [
        ("hơn 8.500 lượt CBCĐ", "8500", "more_than", "attendee_count", "lượt", "lượt CBCĐ"),
        ("8.500", "8500", "exact", "attendee_count", "lượt", "lượt CBCĐ"),
        ("gần 50 lớp", "50", "almost", "class_count", "lớp", "lớp"),
        ("30 đội", "30", "exact", "organization_count", "đội", "đội"),
    ],
)
def test_words_are_read_as_the_program_reads_them(client, words, value, modifier, kind, unit, entity):
    status, told = read(client, words=words)
    (reading,) = told["readings"]
    found = [reading[k] for k in ("value", "modifier", "kind", "unit")]
    assert (status, found, reading["entity"]["text"]) == (200, [value, modifier, kind, unit], entity)
    text = TEXT if reading["field"] == "text" else "Hội thi có 30 đội"
    place = slice(reading["number"]["start"], reading["number"]["end"])
    assert text[place] in words


def test_words_without_a_number_leave_the_value_open(client):
    _, told = read(client, words="hội thi.")
    (reading,) = told["readings"]
    assert ("value" in reading, reading["kind"], reading["words"]) == (False, "other_count", "hội thi.")


def test_a_selection_is_read_at_its_place(client):
    start = TEXT.index(" gần 50")
    status, told = read(client, field="text", start=start, end=start + 11)
    (reading,) = told["readings"]
    assert (status, reading["words"], reading["start"], reading["value"]) == (200, "gần 50 lớp", start + 1, "50")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"words": "13 đội"}, "entity"),
        ({"words": "12 đội"}, "taken"),
        ({"field": "text", "start": 5, "end": 5}, "entity"),
        ({"field": "text", "start": 0, "end": 10_000}, "long"),
        ({"words": "x" * 400}, "invalid"),
        ({"field": "tokens", "start": 0, "end": 5}, "invalid"),
    ],
)
def test_what_cannot_be_read_is_told(client, words, wrong):
    assert read(client, **words) == (422, {"error": "form", "fields": {"words": wrong}})


def test_an_added_figure_is_kept_shown_changed_and_taken_back(client):
    (reading,) = read(client, words="hơn 8.500 lượt CBCĐ")[1]["readings"]
    answer = add(client, reading)
    state = answer.json["state"]
    figure = state["decision"]["figure"]
    assert (answer.status_code, figure["text"], figure["value"]) == (201, "hơn 8.500 lượt", "8500")
    assert figure["found_by"] == ["review.added"]
    assert add(client, reading, value="9").status_code == 409
    again = add(client, reading, base=state["base"], value="8.400").json["state"]
    assert (again["decision"]["figure"]["id"], again["decision"]["figure"]["value"]) == (figure["id"], "8400")
    place = {"field": "text", "number": reading["number"]}
    undone = client.decide("undo", again["base"], article="a", added=place).json["state"]
    assert undone["decision"]["figure"]["value"] == "8500"
    (told,) = client.http.get("/api/state").json["states"]
    assert told["decision"]["figure"]["value"] == "8500"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"value": "viele"}, "value"),
        ({"kind": "lies"}, "kind"),
        ({"entity": "voi"}, "entity"),
        ({"modifier": "range"}, "low"),
    ],
)
def test_every_field_is_checked(client, changes, wrong):
    (reading,) = read(client, words="gần 50 lớp")[1]["readings"]
    answer = add(client, reading, **changes)
    assert (answer.status_code, wrong in answer.json["fields"]) == (422, True)


def test_a_place_that_is_none_or_taken_is_refused(client):
    (reading,) = read(client, words="gần 50 lớp")[1]["readings"]
    assert add(client, {**reading, "unit": "voi"}).json["fields"] == {"unit": "entity"}
    assert add(client, {**reading, "end": 10**6}).json["fields"] == {"words": "entity"}
    assert add(client, {**reading, "number": {"start": 10**6, "end": 10**6 + 1}}).json["fields"] == {"words": "entity"}
    start = TEXT.index("12 đội")
    taken = {**reading, "number": {"start": start, "end": start + 2}, "start": start, "end": start + 6}
    assert add(client, taken).json["fields"] == {"words": "taken"}


def test_a_new_run_takes_the_figure_in(client, tmp_path, missed):
    for words, value in (("gần 50 lớp", "50"), ("30 đội", "30"), ("hơn 8.500 lượt CBCĐ", "8500")):
        assert add(client, read(client, words=words)[1]["readings"][0], value=value).status_code == 201
    after = apply(missed, decisions(client, tmp_path))
    assert [f.text for f in after.figures] == ["30 đội", "hơn 8.500 lượt", "gần 50 lớp", "12 đội"]
    for figure in after.figures:
        assert (after.title if figure.field == "title" else after.text)[figure.start : figure.end] == figure.text
    added = after.figures[2]
    assert (added.value, added.kind, added.found_by) == (Decimal(50), "class_count", ("review.added",))
    assert Record.model_validate_json(json.dumps(after.as_json(), default=str)).figures == after.figures


def test_a_run_that_finds_it_by_itself_keeps_one_figure(client, tmp_path):
    from extractor import Extractor  # noqa: PLC0415

    add(client, read(client, words="gần 50 lớp")[1]["readings"][0], value="51")
    better = Extractor.default().extract_text(TEXT, id="a", title="Hội thi có 30 đội")
    after = apply(better, decisions(client, tmp_path))
    (figure,) = (f for f in after.figures if f.text == "gần 50 lớp")
    assert (figure.value, figure.found_by[-1], len(after.figures)) == (51, "review.corrected", len(better.figures))


def test_a_figure_that_no_longer_stands_is_told(client, tmp_path, missed):
    add(client, read(client, words="gần 50 lớp")[1]["readings"][0], value="50")
    after = apply(missed.model_copy(update={"text": missed.text.replace("50", "51")}), decisions(client, tmp_path))
    assert [f.text for f in after.figures] == ["12 đội"]
    assert "'50' is not at text" in after.warnings[-1]


def test_gold_data_tell_who_found_the_figure(client):
    add(client, read(client, words="gần 50 lớp")[1]["readings"][0], value="50")
    client.decide("done", article="a")
    (row,) = (json.loads(line) for line in client.http.get("/export/gold.jsonl").data.splitlines())
    assert {f["number"]: f.get("origin") for f in row["figures"]} == {"50": "reviewer", "12": None}


def test_words_of_a_decomposed_text_are_found_as_typed(tmp_path):
    apart = unicodedata.normalize("NFD", TEXT)
    client = Client(tmp_path, [record(apart)])
    (reading,) = read(client, words="gần 50 lớp")[1]["readings"]
    assert (reading["value"], reading["modifier"], reading["kind"]) == ("50", "almost", "class_count")
    answer = add(client, reading, value="50")
    assert answer.json["state"]["decision"]["figure"]["text"] == unicodedata.normalize("NFD", "gần 50 lớp")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_on_screen_holds_the_added_figures(client, form):
    add(client, read(client, words="gần 50 lớp")[1]["readings"][0], value="50")
    answer = client.post("/export/table", {"view": "figures", "rows": [0], "format": form})
    assert answer.status_code == 200
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert [(r["text"], r["value"], r["decision"]) for r in rows] == [
            ("12 đội", "12", ""),
            ("gần 50 lớp", "50", "add"),
        ]
