"""Decisions on a new run of the same articles: what they change, what they take along, and when they are too old."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from review_desk import Client
from web_records import hostile_record, report_record

from extractor.cli import main
from extractor.errors import UsageError
from extractor.model import Record
from extractor.review.applying import apply
from extractor.review.decisions import Decisions, load_decisions
from extractor.web.records import read_records


@pytest.fixture
def client(tmp_path):
    return Client(tmp_path, [report_record(), hostile_record()])


def decided(client, tmp_path) -> Decisions:
    """What the desk exports, read back as `extract --decisions` reads it."""
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(client.http.get("/export/decisions.jsonl").data)
    return load_decisions(path)


def rerun(record: Record) -> Record:
    """The same article by a later run: other ids, figures in another order."""
    names = {f.id: f"n{len(record.figures) - i}" for i, f in enumerate(record.figures)}
    text = json.dumps(record.as_json(), ensure_ascii=False)
    row = json.loads(text, parse_float=Decimal)
    for figure in row["figures"]:
        figure["id"] = names[figure["id"]]
        figure["duplicate_of"] = names.get(figure["duplicate_of"])
    for finding in row["findings"]:
        finding["figures"] = [names[x] for x in finding["figures"]]
    for relation in row["relations"]:
        for role, ids in relation.items():
            if role not in {"type", "found_by"}:
                relation[role] = names[ids] if isinstance(ids, str) else [names[x] for x in ids]
    row["figures"].reverse()
    return Record.model_validate(row)


def at(record, start):
    return next(f for f in record.figures if f.number.start == start)


def test_without_decisions_a_record_stays_as_it_is():
    record = report_record()
    assert apply(record, Decisions()) is record or apply(record, Decisions()) == record


def test_a_confirmed_figure_is_marked_and_no_longer_open(client, tmp_path):
    client.decide("confirm", figure="f16")
    record = apply(rerun(report_record()), decided(client, tmp_path))
    figure = next(f for f in record.figures if f.text == "1,234 tỷ đồng")
    assert figure.ambiguous is None
    assert figure.found_by[-1] == "review.confirmed"
    assert record.warnings == report_record().warnings


def test_a_rejected_figure_goes_with_its_relations_and_findings(client, tmp_path):
    client.decide("reject", figure="f3")
    before = report_record()
    after = apply(rerun(before), decided(client, tmp_path))
    assert len(after.figures) == len(before.figures) - 1
    assert {f.check for f in after.findings} == {"same", "percent_sum", "ratio_percent", "product"}
    assert "parts_sum" not in {r.type for r in after.relations}
    ids = {f.id for f in after.figures}
    assert all(set(r.members()) <= ids for r in after.relations)


def test_a_copy_of_a_rejected_figure_stands_on_its_own(client, tmp_path):
    client.decide("reject", figure="f1")
    after = apply(report_record(), decided(client, tmp_path))
    assert after.figure("f2").duplicate_of is None


def test_a_corrected_figure_says_what_the_reviewer_said_and_is_checked_anew(client, tmp_path):
    correction = {"value": "7", "kind": "class_count", "modifier": "exact", "entity": "lớp tin học"}
    client.decide("correct", figure="f5", correction=correction)
    after = apply(rerun(report_record()), decided(client, tmp_path))
    figure = next(f for f in after.figures if f.text == "6 lớp")
    assert (figure.value, figure.found_by[-1]) == (Decimal(7), "review.corrected")
    (finding,) = (f for f in after.findings if f.check == "parts_sum")
    assert (finding.verdict, finding.expected) == ("consistent", Decimal(27))
    assert finding.found_by[-1] == "review.rechecked"


def test_a_correction_can_raise_an_alarm(client, tmp_path):
    client.decide(
        "correct",
        figure="f12",
        correction={"value": "200", "kind": "item_count", "modifier": "exact", "entity": "suất quà"},
    )
    after = apply(report_record(), decided(client, tmp_path))
    (finding,) = (f for f in after.findings if f.check == "product")
    assert finding.verdict == "does_not_add_up"


def test_a_sum_that_may_leave_parts_out_raises_no_alarm_by_a_correction(client, tmp_path):
    record = report_record()
    incomplete = record.findings[1].model_copy(update={"verdict": "incomplete"})
    findings = (record.findings[0], incomplete, *record.findings[2:])
    client.decide(
        "correct", figure="f5", correction={"value": "5", "kind": "class_count", "modifier": "exact", "entity": ""}
    )
    after = apply(record.model_copy(update={"findings": findings}), decided(client, tmp_path))
    assert next(f for f in after.findings if f.check == "parts_sum").verdict == "incomplete"
    assert after.figure("f5").entity is None


def test_an_entity_is_found_again_beside_its_number(client, tmp_path):
    client.decide(
        "correct",
        figure="f3",
        correction={"value": "11", "kind": "class_count", "modifier": "exact", "entity": "lý luận chính trị"},
    )
    figure = apply(report_record(), decided(client, tmp_path)).figure("f3")
    text = report_record().text
    assert text[figure.entity.start : figure.entity.end] == figure.entity.text == "lý luận chính trị"


def test_a_composed_entity_is_found_in_a_decomposed_text(client, tmp_path):
    body = {"article": hostile_record().id, "figure": "f2", "action": "correct", "base": 0}
    answer = client.post(
        "/api/decisions",
        {
            **body,
            "correction": {"value": "8.500", "kind": "attendee_count", "modifier": "more_than", "entity": "đoàn viên"},
        },
    )
    assert answer.status_code == 201
    record = apply(hostile_record(), decided(client, tmp_path))
    entity = record.figure("f2").entity
    assert record.text[entity.start : entity.end] == entity.text != "đoàn viên"


def test_a_dismissed_finding_goes_and_an_accepted_one_is_marked(client, tmp_path):
    client.decide("dismiss", finding=2, note="làm tròn")
    client.decide("accept", finding=1)
    after = apply(rerun(report_record()), decided(client, tmp_path))
    checks = {f.check: f for f in after.findings}
    assert "percent_sum" not in checks
    assert checks["parts_sum"].found_by[-1] == "review.accepted"


def test_what_is_undone_changes_nothing(client, tmp_path):
    base = client.decide("reject", figure="f3").get_json()["state"]["base"]
    client.decide("undo", base, figure="f3")
    assert apply(report_record(), decided(client, tmp_path)) == report_record()


def changed(text: str, record: Record) -> Record:
    return record.model_copy(update={"text": record.text.replace(text, "x" * len(text))})


def test_decisions_on_a_text_that_changed_are_told(client, tmp_path):
    client.decide("confirm", figure="f3")
    client.decide("accept", finding=1)
    record = changed("11", report_record())
    after = apply(record, decided(client, tmp_path))
    told = after.warnings[len(record.warnings) :]
    assert len(told) == 2
    assert "no figure '11' at text 155–157" in told[0]
    assert "confirm by Lan" in told[0]
    assert after.figures == record.figures


def test_decisions_stay_good_where_the_text_changed_elsewhere(client, tmp_path):
    client.decide("reject", figure="f3")
    record = report_record()
    record = record.model_copy(update={"text": record.text.replace("năm 2013.", "năm 2012.")})
    after = apply(record, decided(client, tmp_path))
    assert len(after.figures) == len(record.figures) - 1


def test_a_rejection_of_what_is_no_longer_found_needs_no_word(client, tmp_path):
    client.decide("reject", figure="f6")
    record = report_record()
    record = record.model_copy(update={"figures": tuple(f for f in record.figures if f.id != "f6")})
    assert apply(record, decided(client, tmp_path)).warnings == record.warnings


def test_another_article_is_not_touched(client, tmp_path):
    client.decide("reject", figure="f3")
    other = report_record("other")
    assert apply(other, decided(client, tmp_path)) == other


def test_of_two_articles_with_one_id_each_keeps_its_own_decisions(tmp_path):
    one = report_record()
    two = one.model_copy(update={"text": one.text + " "})
    client = Client(tmp_path, [one, two])
    client.decide("reject", figure="f3")
    client.post("/api/decisions", {"article": "suoi-bac-2014~2", "figure": "f4", "action": "reject", "base": 0})
    found = decided(client, tmp_path)
    gone = [{f.id for f in r.figures} - {f.id for f in apply(r, found).figures} for r in (one, two)]
    assert gone == [{"f3"}, {"f4"}]


@pytest.mark.parametrize(("line", "word"), [("{}", "id"), ("nonsense", "line 1"), ('{"id": 1}', "at")])
def test_what_is_no_decision_is_told(tmp_path, line, word):
    (tmp_path / "d.jsonl").write_text(line + "\n")
    with pytest.raises(UsageError, match=word):
        load_decisions(tmp_path / "d.jsonl")


ACTIONS = st.lists(st.tuples(st.sampled_from(["confirm", "reject", "correct"]), st.integers(1, 16)), max_size=12)


@settings(max_examples=25, deadline=None)
@given(ACTIONS)
def test_whatever_is_decided_the_record_holds_together(tmp_path_factory, actions):
    folder = tmp_path_factory.mktemp("desk")
    client = Client(folder, [report_record()])
    for action, n in actions:
        extra = (
            {"correction": {"value": "3", "kind": "money", "modifier": "at_most", "entity": ""}}
            if action == "correct"
            else {}
        )
        base = client.post(
            "/api/decisions", {"article": "suoi-bac-2014", "figure": f"f{n}", "action": action, "base": 0, **extra}
        )
        assert base.status_code in {201, 409}
    record = apply(report_record(), decided(client, folder))
    ids = {f.id for f in record.figures}
    assert all(set(r.members()) <= ids for r in record.relations)
    assert all(set(f.figures) <= ids for f in record.findings)
    assert {f.duplicate_of for f in record.figures} <= ids | {None}
    assert Record.model_validate(json.loads(json.dumps(record.as_json()))).id == record.id


def test_decisions_hold_for_a_new_run_of_the_same_articles(tmp_path):
    """Extract, review, extract again with the decisions: what was rejected is gone, the rest is as it was."""
    (tmp_path / "bai.txt").write_text(
        "Năm 2019, LĐLĐ huyện mở 12 lớp tập huấn cho 1.500 lượt đoàn viên.\n", encoding="utf-8"
    )
    run = ["extract", str(tmp_path / "bai.txt"), "--workers", "0", "-o"]
    assert CliRunner().invoke(main, [*run, str(tmp_path / "one.jsonl")]).exit_code == 0
    (first,) = read_records(tmp_path / "one.jsonl")
    client = Client(tmp_path, [first])
    wrong = first.figures[0]
    assert client.decide("reject", article=first.id, figure=wrong.id).status_code == 201
    decided(client, tmp_path)
    again = [*run, str(tmp_path / "two.jsonl"), "--decisions", str(tmp_path / "decisions.jsonl")]
    assert CliRunner().invoke(main, again).exit_code == 0
    (second,) = read_records(tmp_path / "two.jsonl")
    assert [f.text for f in second.figures] == [f.text for f in first.figures if f.id != wrong.id]
    assert len(second.figures) == 1
