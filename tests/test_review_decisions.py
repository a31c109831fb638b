"""Decisions: appended, never lost, never overwritten; undone by another decision; safe against a kill."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from review_desk import Client
from web_records import report_record, write_records

from extractor.errors import UsageError
from extractor.review.database import ConflictError, DecisionStore, NothingToUndoError, Target
from extractor.review.decisions import in_force

TARGET = Target("a", "0" * 64, "figure:text:1-2")
WRITER = """
import sys
from pathlib import Path
from urllib.request import urlopen
from extractor.review.database import DecisionStore, Target
store = DecisionStore(Path(sys.argv[1]))
for i in range(100000):
    history = store.append(Target("a", "0" * 64, f"figure:text:{i}-{i + 1}"), base=0, reviewer=sys.argv[2], action="confirm", body={})
    print(history[-1].id, flush=True)
"""


@pytest.fixture
def client(tmp_path):
    return Client(tmp_path, [report_record()])


def state_of(answer):
    return answer.get_json()["state"]


def test_a_decision_tells_who_and_when(client):
    state = state_of(client.decide("confirm", figure="f3", note="xem bảng"))
    assert state["decision"]["reviewer"] == "Lan"
    assert state["decision"]["note"] == "xem bảng"
    assert state["decision"]["at"].endswith("+00:00")
    assert state["target"] == "figure:text:155-157"


def test_undo_takes_back_one_decision_at_a_time(client):
    first = state_of(client.decide("confirm", figure="f3"))
    second = state_of(client.decide("reject", first["base"], figure="f3"))
    undone = state_of(client.decide("undo", second["base"], figure="f3"))
    assert undone["decision"]["action"] == "confirm"
    again = state_of(client.decide("undo", undone["base"], figure="f3"))
    assert again["decision"] is None
    assert [d["action"] for d in again["history"]] == ["confirm", "reject", "undo", "undo"]
    assert client.decide("undo", again["base"], figure="f3").status_code == 422


def test_the_second_of_two_reviewers_is_told_of_the_first(client):
    other = client.app.test_client()
    headers = {"Origin": "http://localhost", "X-Desk-Token": client.desk.token}
    other.post("/api/reviewer", json={"name": "Minh"}, headers=headers)
    body = {"article": "suoi-bac-2014", "figure": "f3", "base": 0}
    mine = client.post("/api/decisions", {**body, "action": "confirm"})
    theirs = other.post("/api/decisions", json={**body, "action": "reject"}, headers=headers)
    assert (mine.status_code, theirs.status_code) == (201, 409)
    seen = theirs.get_json()["state"]
    assert (seen["decision"]["reviewer"], seen["decision"]["action"]) == ("Lan", "confirm")
    over = other.post("/api/decisions", json={**body, "action": "reject", "base": seen["base"]}, headers=headers)
    assert over.status_code == 201
    assert [d.reviewer for d in client.store.all()] == ["Lan", "Minh"]


def test_decisions_on_different_figures_do_not_meet(client):
    assert client.decide("confirm", figure="f3").status_code == 201
    assert client.decide("confirm", figure="f4").status_code == 201


def test_what_others_decided_is_told_since_a_revision(client):
    client.decide("confirm", figure="f3")
    seen = client.http.get("/api/state?after=0").get_json()
    client.decide("dismiss", finding=1, note="làm tròn")
    news = client.http.get(f"/api/state?after={seen['revision']}").get_json()
    assert [s["target"].split(":")[0] for s in news["states"]] == ["finding"]
    assert client.http.get(f"/api/state?after={news['revision']}").get_json()["revision"] is None


CORRECT = {"value": "1.650", "kind": "attendee_count", "modifier": "more_than", "entity": "lượt CBCĐ"}


def test_a_correction_is_kept_whole(client):
    decision = state_of(client.decide("correct", figure="f6", correction=CORRECT))["decision"]
    assert decision["correction"] == {
        "value": 1650, "kind": "attendee_count", "modifier": "more_than", "entity": "lượt CBCĐ",
        "entity_at": {"start": 243, "end": 252},
    }  # fmt: skip


@pytest.mark.parametrize(("change", "wrong"), [
    ({"value": "8.5"}, {"value": "number"}),
    ({"value": "1,234,567"}, {"value": "number"}),
    ({"value": "1e9"}, {"value": "number"}),
    ({"value": ""}, {"value": "number"}),
    ({"value": "9" * 41}, {"value": "invalid"}),
    ({"kind": "nonsense"}, {"kind": "kind"}),
    ({"modifier": "maybe"}, {"modifier": "modifier"}),
    ({"modifier": "range", "low": "7", "high": "5"}, {"high": "order"}),
    ({"modifier": "range", "low": "7"}, {"high": "number"}),
    ({"entity": "không có trong bài"}, {"entity": "entity"}),
    ({"value": "x", "kind": "y"}, {"value": "number", "kind": "kind"}),
])  # fmt: skip
def test_corrections_are_checked(client, change, wrong):
    answer = client.decide("correct", figure="f6", correction={**CORRECT, **change})
    assert (answer.status_code, answer.get_json()["fields"]) == (422, wrong)


def test_a_range_has_two_ends_and_no_value(client):
    change = {"modifier": "range", "low": "5", "high": "7,5", "value": "left over"}
    correction = state_of(client.decide("correct", figure="f6", correction={**CORRECT, **change}))["decision"][
        "correction"
    ]
    assert (correction["low"], correction["high"], correction.get("value")) == (5, 7.5, None)


def test_many_writers_at_once_lose_nothing(tmp_path):
    store = DecisionStore(tmp_path / "d.sqlite3")
    kept: list[int] = []

    def write(name):
        base = 0
        for _ in range(10):
            while True:
                try:
                    history = store.append(TARGET, base=base, reviewer=name, action="confirm", body={})
                except ConflictError as conflict:
                    base = conflict.history[-1].id
                    continue
                base = history[-1].id
                kept.append(base)
                break

    threads = [threading.Thread(target=write, args=(f"r{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == [d.id for d in store.all()]
    assert len(kept) == 40


def test_one_of_two_with_the_same_base_wins(tmp_path):
    store = DecisionStore(tmp_path / "d.sqlite3")
    won: list[str] = []
    barrier = threading.Barrier(6)

    def write(name):
        barrier.wait()
        try:
            store.append(TARGET, base=0, reviewer=name, action="reject", body={})
            won.append(name)
        except ConflictError:
            pass

    threads = [threading.Thread(target=write, args=(f"r{i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [d.reviewer for d in store.all()] == won
    assert len(won) == 1


@pytest.mark.parametrize("moment", [0.0, 0.013, 0.11])
def test_a_kill_in_mid_write_loses_nothing_that_was_told(tmp_path, moment):
    path = tmp_path / "d.sqlite3"
    other = DecisionStore(path)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "r"], stdout=subprocess.PIPE, text=True)
    first = int(writer.stdout.readline())
    time.sleep(moment)
    writer.send_signal(signal.SIGKILL)
    told = [first, *(int(x) for x in writer.stdout.read().split())]
    writer.wait()
    assert set(told) <= {d.id for d in other.all()}
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    target = Target("a", "0" * 64, "figure:text:0-1")
    history = other.append(target, base=first, reviewer="after", action="undo", body={})
    assert in_force(history) is None


def test_an_undo_of_nothing_is_refused(tmp_path):
    with pytest.raises(NothingToUndoError):
        DecisionStore(tmp_path / "d.sqlite3").append(TARGET, base=0, reviewer="x", action="undo", body={})


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="--db"):
        DecisionStore(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "text.sqlite3"
    path.write_text("not a database at all, but long enough to be taken for one" * 20)
    with pytest.raises(UsageError, match="--db"):
        DecisionStore(path)


def test_nothing_is_in_force_after_all_is_undone(tmp_path):
    store = DecisionStore(tmp_path / "d.sqlite3")
    for action in ("confirm", "undo"):
        base = store.all()[-1].id if store.all() else 0
        store.append(TARGET, base=base, reviewer="x", action=action, body={})
    assert in_force(store.all()) is None


def test_two_desks_share_one_database(tmp_path):
    one = Client(tmp_path, [report_record()])
    two = Client(tmp_path, [report_record()], name="Minh")
    one.decide("confirm", figure="f3")
    assert two.decide("reject", figure="f3").status_code == 409
    assert two.http.get("/api/state").get_json()["states"][0]["decision"]["reviewer"] == "Lan"


def run_review(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", "review", "--no-browser", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_command_refuses_records_without_text(tmp_path):
    records = write_records(tmp_path / "r.jsonl", [report_record().model_copy(update={"text": None})])
    done = run_review(str(records))
    assert done.returncode == 2
    assert "--no-text" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_serves_until_it_is_stopped(tmp_path):
    records = write_records(tmp_path / "r.jsonl", [report_record()])
    command = [sys.executable, "-m", "extractor", "review", str(records), "--no-browser", "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        told = server.stderr.readline()
        address = told.split()[0]
        assert address.startswith("http://127.0.0.1:")
        assert str(Path(f"{records}.review.sqlite3")) in told
        assert b"desk-token" in urlopen(address).read()
        busy = run_review(str(records), "--port", address.rstrip("/").rpartition(":")[2])
        assert busy.returncode == 2
        assert "--port" in busy.stderr
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=10)
    assert server.returncode == 0
