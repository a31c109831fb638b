"""The desk refuses what does not come from its own page, and says nothing that could run."""

from __future__ import annotations

import re

import pytest
from review_desk import ORIGIN, Client
from web_records import hostile_record, report_record

pytest.importorskip("flask", reason="the review desk needs the extra: pip install 'extractor-vi[review]'")


@pytest.fixture
def client(tmp_path):
    return Client(tmp_path, [report_record(), hostile_record()])


DECISION = {"article": "suoi-bac-2014", "figure": "f3", "action": "confirm", "base": 0}


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1", "2130706433"],
)
def test_foreign_hosts_are_refused(client, host):
    for path in ("/", "/api/index", "/static/app.js"):
        assert client.http.get(path, headers={"Host": host}).status_code in {400, 421}


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:8765", "[::1]:8765", "192.168.1.5:80"])
def test_own_hosts_are_answered(client, host):
    assert client.http.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"X-Desk-Token": ""}, {"X-Desk-Token": "wrong"}, {"X-Desk-Token": "ü"}, {"Origin": ""}, {"Origin": "null"},
    {"Origin": "http://evil.example"}, {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:9"}, {"Origin": "file://localhost"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/api/decisions", "/api/reviewer", "/api/extract", "/export/table"])
def test_writes_need_our_token_and_our_origin(client, path, headers):
    assert client.post(path, DECISION, **headers).status_code == 403
    assert client.store.all() == ()


def test_writes_without_headers_are_refused(client):
    assert client.http.post("/api/decisions", json=DECISION).status_code == 403


def test_a_form_of_another_site_is_refused_even_with_cookie(client):
    answer = client.http.post("/api/decisions", data=DECISION, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_nothing_is_written_by_getting(client):
    for path in ("/api/decisions", "/api/reviewer", "/api/extract", "/export/table"):
        assert client.http.get(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["/", "/api/index", "/api/articles/1", "/api/state", "/static/app.js", "/nowhere", "/export/gold.jsonl"]
)
def test_every_answer_carries_the_policy(client, path):
    headers = client.http.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers


def test_the_page_has_no_script_or_style_of_its_own(client):
    page = client.http.get("/").get_data(as_text=True)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == [""]
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)


def test_articles_come_as_json_and_never_as_html(client):
    answer = client.http.get("/api/articles/1")
    assert answer.mimetype == "application/json"
    assert answer.get_json()["title"].startswith("<svg onload")


@pytest.mark.parametrize("path", [
    "/static/../app.py", "/static/%2e%2e/%2e%2e/review/app.py", "/static//etc/passwd", "/static/..%5c..%5capp.py",
    "/api/articles/..", "/api/articles/-1", "/api/articles/99", "/export/../app.py",
])  # fmt: skip
def test_no_path_reaches_the_file_system(client, path):
    answer = client.http.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert b"import" not in answer.data


def test_errors_tell_nothing_of_the_server(client):
    body = client.http.get("/nowhere").get_data(as_text=True)
    assert body.strip() == '{"error":"Not Found"}'


def test_requests_that_are_too_large_are_refused(client):
    answer = client.post("/api/decisions", {**DECISION, "note": "x" * (3 * 2**20)})
    assert answer.status_code == 413
    assert client.post("/api/extract", {"text": "x" * (11 * 2**20)}).status_code == 413


@pytest.mark.parametrize("change", [
    {"extra": 1}, {"action": "destroy"}, {"base": "0"}, {"base": -1}, {"note": "x" * 2001}, {"figure": "f99"},
    {"article": "nobody"}, {"figure": None}, {"finding": 99, "figure": None, "action": "accept"}, {"action": "accept"},
    {"figure": None, "finding": -1},
])  # fmt: skip
def test_decisions_out_of_form_are_refused(client, change):
    assert client.post("/api/decisions", {**DECISION, **change}).status_code == 422
    assert client.store.all() == ()


def test_a_decision_must_be_json(client):
    headers = {"Origin": ORIGIN, "X-Desk-Token": client.desk.token}
    assert client.http.post("/api/decisions", data="action=confirm", headers=headers).status_code == 422


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
def test_reviewers_need_a_plain_name(client, name):
    assert client.post("/api/reviewer", {"name": name}).status_code == 422


def test_without_a_name_nothing_is_decided(tmp_path):
    client = Client(tmp_path, [report_record()], name="")
    answer = client.decide("confirm", figure="f3")
    assert (answer.status_code, answer.get_json()["fields"]) == (422, {"reviewer": "name"})


def test_the_name_is_kept_from_scripts_and_other_sites(client):
    cookie = client.post("/api/reviewer", {"name": "Nguyễn Thị Lan"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.http.get("/api/state").get_json()["reviewer"] == "Nguyễn Thị Lan"


def test_long_queries_are_refused(client):
    assert client.http.get("/api/search", query_string={"q": "a" * 201}).status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [("suối bạc", [0]), ("suoi bac", [0]), ("đảo ngược", [1]), ("DAO NGUOC", [1]), ("sưối", []), ("lộc bình", [1])],
)
def test_search_reads_as_people_do(client, query, found):
    assert client.http.get("/api/search", query_string={"q": query}).get_json() == found
