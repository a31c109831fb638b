"""Stage read: what comes in by each format, and that every kind of bad input is told and costs nothing else."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
import random
import socket
import subprocess
import sys
import threading
import tracemalloc
import zipfile
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.article import Article
from extractor.errors import ReadError, UsageError
from extractor.read import InputUnit, ReadOptions, inputs, read, read_articles, read_input

TEXT = "LĐLĐ huyện mở 3 lớp tập huấn cho hơn 120 cán bộ công đoàn cơ sở."
OTHER = "Công đoàn ngành Y tế trao 45 suất quà, mỗi suất 500.000 đồng."


def all_of(*paths, **options):
    return list(read([str(path) for path in paths], ReadOptions(**options)))


def articles(*paths, **options):
    found = all_of(*paths, **options)
    errors = [str(result) for result in found if isinstance(result, ReadError)]
    assert not errors
    return found


def only_error(*paths, **options):
    (error,) = all_of(*paths, **options)
    assert isinstance(error, ReadError)
    assert error.remedy.endswith(".")
    assert error.stage
    return error


def jsonl(*objects):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in objects).encode()


@pytest.fixture
def put(tmp_path):
    def put(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return put


PACKERS = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", TEXT.encode(), "text/plain"),
        ("a.json", json.dumps({"text": TEXT}).encode(), "application/json"),
        ("a.json", json.dumps([{"text": TEXT}], indent=1).encode(), "application/json"),
        ("a.jsonl", jsonl({"text": TEXT}), "application/x-ndjson"),
        ("no-ending", TEXT.encode(), "text/plain"),
        ("no-ending", jsonl({"text": TEXT}, {"text": OTHER}), "application/x-ndjson"),
        ("no-ending", b" [\n" + jsonl({"text": TEXT}) + b"]", "application/json"),
        ("a.csv", f"id,text\n1,{TEXT}\n".encode(), "text/csv"),
    ],
)
def test_formats_and_packings(put, name, data, media_type, ending):
    # A packed file is told by its first bytes: its name may be right or wrong.
    for path in (put(name + ending, PACKERS[ending](data)), put("dat-" + name, PACKERS[ending](data))):
        first = articles(path)[0]
        assert first.text == TEXT
        assert first.source.media_type == media_type
        assert first.source.uri == str(path)
        assert first.source.encoding == "utf-8"
        assert len(first.source.sha256) == 64
        assert first.warnings == ()


def test_text_is_unchanged(put):
    text = "\tDòng một\r\n\r\n  dòng hai \x0c có 12 người\u200b\n"
    assert articles(put("a.txt", text))[0].text == text


def test_json_fields_and_nothing_else(put):
    given = {
        "id": 7,
        "text": TEXT,
        "title": "Tập  huấn",
        "url": "https://x.vn/1",
        "byline": "Lan",
        "published": "2010-04-12",
    }
    one = articles(put("a.jsonl", jsonl({**given, "figures": [{"value": 120}], "html": "<p>không đọc</p>"})))[0]
    assert (one.id, one.text, one.title, one.url, one.byline) == ("7", TEXT, "Tập huấn", "https://x.vn/1", "Lan")
    assert one.published == date(2010, 4, 12)
    two = articles(put("b.jsonl", jsonl({**given, "figures": ["other"], "html": "<p>khác</p>"})))[0]
    assert (one.text, one.id, one.warnings) == (two.text, two.id, two.warnings)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_json_in_wide_encodings(put, encoding):
    rows = [{"id": str(number), "text": f"{number} {TEXT}"} for number in range(5)]
    for data in (jsonl(*rows).decode(), json.dumps(rows, ensure_ascii=False)):
        found = articles(put("a.json", data.encode(encoding)))
        assert [article.text for article in found] == [row["text"] for row in rows]


def test_fields_are_mapped(put):
    path = put("a.jsonl", jsonl({"data": {"body": TEXT}, "k.v": "12", "text": "không phải"}))
    article = articles(path, fields={"text": "data.body", "id": "k.v"})[0]
    assert (article.text, article.id) == (TEXT, "12")
    with pytest.raises(UsageError, match="unknown field"):
        ReadOptions(fields={"txt": "body"})
    with pytest.raises(UsageError, match="unknown format"):
        ReadOptions(format="docx")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2010-04-12", date(2010, 4, 12)),
        ("2010-04-12T08:30:00", date(2010, 4, 12)),
        ("2010-04-12T20:30:00Z", date(2010, 4, 13)),
        ("2010-04-12T20:30:00+07:00", date(2010, 4, 12)),
        ("12/04/2010", date(2010, 4, 12)),
        ("12-4-2010 08:30", date(2010, 4, 12)),
        ("Thứ hai, ngày 12 tháng 4 năm 2010", date(2010, 4, 12)),
        ("31/02/2010", None),
        ("hôm qua", None),
        (True, None),
    ],
)
def test_published(put, written, day):
    article = articles(put("a.jsonl", jsonl({"text": TEXT, "published": written})))[0]
    assert article.published == day
    assert any("published" in warning for warning in article.warnings) == (day is None)


def test_title_only_where_it_came_apart(put):
    path = put("a.jsonl", jsonl({"text": f"Tin  mới\n{TEXT}", "title": "Tin mới"}, {"text": TEXT, "title": "Tin mới"}))
    assert [article.title for article in articles(path)] == [None, "Tin mới"]


def test_ids_are_given_or_made_of_the_content(put):
    path = put("a.jsonl", jsonl({"text": TEXT}, {"text": OTHER}, {"text": TEXT, "id": "x"}, {"text": OTHER, "id": "x"}))
    first, second, third, fourth = articles(path)
    assert first.id == articles(put("other.txt", TEXT))[0].id
    assert len({first.id, second.id}) == 2
    assert (third.id, fourth.id, third.warnings) == ("x", "x", ())
    assert "id x" in fourth.warnings[0]


def test_folders_globs_and_order(put, tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "b/c/3.txt", ".hidden/4.txt", "b/.5.txt"):
        put(name, f"{name} {TEXT}")
    names = [article.text.split()[0] for article in articles(tmp_path)]
    assert names == ["a.txt", "b/1.txt", "b/2.txt", "b/c/3.txt"]
    assert [a.text.split()[0] for a in articles(tmp_path / "b" / "*.txt")] == ["b/1.txt", "b/2.txt"]
    assert len(articles(tmp_path / "**" / "*.txt")) == 4
    assert [a.text.split()[0] for a in articles(tmp_path, exclude=("*/b/*",))] == ["a.txt"]
    units = list(inputs([tmp_path], ReadOptions()))
    assert [unit.size for unit in units] == [Path(unit.uri).stat().st_size for unit in units]
    assert [next(read_input(unit)).text.split()[0] for unit in units] == names


def test_a_link_that_leads_back_up_ends(put, tmp_path):
    put("in/a.txt", TEXT)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    assert len(articles(tmp_path)) == 1


def test_stdin(monkeypatch, put):
    path = put("x", gzip.compress(jsonl({"text": TEXT}, {"text": OTHER})))
    with path.open("rb") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert [article.text for article in articles("-")] == [TEXT, OTHER]


def test_stdin_that_is_no_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert articles("-")[0].text == TEXT


def test_reading_plain_text_loads_no_heavy_library(put):
    path = put("a.txt", TEXT)
    heavy = ["pydantic", "lxml", "trafilatura", "ftfy", "duckdb", "warcio", "fsspec", "zstandard", "underthesea"]
    code = f"import sys; from extractor.read import read; assert next(read([{str(path)!r}])).text; "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Bad input: one clear error each


@pytest.mark.parametrize(
    ("name", "data", "stage", "message"),
    [
        ("a.txt", b"", "open", "empty"),
        ("a.jsonl", b"", "parse", "empty"),
        ("a.json", b"[]", "parse", "empty"),
        ("a.csv", b"", "parse", "empty"),
        ("a.txt", b" \n\t ", "parse", "empty"),
        ("a.txt", bytes(range(256)) * 40, "decode", "binary"),
        ("a.txt", b"\0\1\2\3" * 99, "decode", "binary"),
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "decode", "PDF"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "decode", "JPEG"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "decode", "Office"),
        ("a.bz2", b"BZh91AY&SY", "decompress", "bzip2"),
        ("a.json", b'"text"', "parse", "not a JSON object but a string"),
        ("a.json", b'{"text": "a', "parse", "broken JSON"),
        ("a.json", b"{}", "parse", "no text in 'text' or 'html'"),
        ("a.jsonl", b'{"text": 5}\n', "parse", "no text in 'text' or 'html'"),
        ("a.jsonl", b'{"text": "", "id": "n1"}\n', "parse", "no text"),
        ("a.json", b'{"text":' * 100_000, "parse", "nested too deeply"),
        ("a.csv", b"id,body\n1,x\n", "parse", "no column"),
        ("a.parquet", b"PAR1 but no more", "parse", "broken Parquet"),
        ("a.zip", b"PK\x03\x04 but no more", "decompress", "broken zip"),
        ("a.gz", gzip.compress(b"a")[:12], "decompress", "cut short"),
        ("a.zst", zstandard.ZstdCompressor().compress(b"a" * 999)[:-3], "decompress", "cut short"),
        ("a.gz", b"\x1f\x8b\x08\0" + b"x" * 60, "decompress", "broken"),
        ("a.html", b"<html><body><ul><li><a href=1>Trang ch\xe1\xbb\xa7</a></ul></body></html>", "html", "no article"),
        ("a.html", b"<!doctype html>", "html", "no article"),
    ],
)
def test_bad_files(put, name, data, stage, message):
    path = put(name, data)
    error = only_error(path)
    assert error.uri == str(path)
    assert error.stage == stage
    assert message in error.message
    assert error.row()["error"] == "ReadError"


def test_missing_paths(tmp_path):
    missing, pattern, folder = tmp_path / "no.txt", tmp_path / "*.html", tmp_path / "empty"
    folder.mkdir()
    errors = all_of(missing, pattern, folder)
    assert [error.message for error in errors] == [
        "no such file",
        "the pattern matches no file",
        "no file in this folder",
    ]
    assert [error.stage for error in errors] == ["open"] * 3


def test_a_bad_line_costs_only_itself(put):
    lines = [b'{"text":"%d. b\xc3\xa0i"}' % number for number in range(4)]
    bad = [b'{"text": broken}', b"[1, 2]", b"null", b'{"id":"n7"}']
    path = put("a.jsonl", b"\n".join(line for pair in zip(lines, bad, strict=True) for line in pair))
    found = all_of(path)
    assert [result.text for result in found[::2]] == ["0. bài", "1. bài", "2. bài", "3. bài"]
    assert [error.line for error in found[1::2]] == [2, 4, 6, 8]
    assert found[7].row()["id"] == "n7"
    assert [result.source.line for result in found[::2]] == [1, 3, 5, 7]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_what_stands_before_a_cut_is_read(put, pack):
    shuffled = random.Random(7)
    rows = [{"text": f"{number} " + "".join(shuffled.choices("abcdefgh ", k=2000))} for number in range(200)]
    packed = pack(jsonl(*rows))
    *found, error = all_of(put("a.jsonl", packed[: len(packed) // 2]))
    assert "cut short" in error.message
    assert 50 < len(found) < 150
    assert [article.text for article in found] == [row["text"] for row in rows[: len(found)]]


def test_what_follows_a_broken_list_item_is_told(put):
    found = all_of(put("a.json", b'[{"text":"m\xe1\xbb\x99t"}, {"text":"hai"} {"text": tail}]'))
    assert [result.text for result in found[:2]] == ["một", "hai"]
    assert "not read" in found[2].remedy
    tail = all_of(put("b.json", b'[{"text":"m\xe1\xbb\x99t"}'))
    assert "no end" in tail[1].message


def test_read_articles_goes_on_and_tells(put):
    path = put("a.jsonl", b'{"text":"m\xe1\xbb\x99t"}\nbroken\n{"text":"hai"}\n')
    errors = []
    assert [article.text for article in read_articles(path, on_error=errors.append)] == ["một", "hai"]
    assert errors[0].line == 2
    with pytest.warns(UserWarning, match="line 2"):
        assert len(list(read_articles([path]))) == 2


def test_reading_is_lazy(put, tmp_path):
    good = put("a.txt", TEXT)
    stream = read([good, tmp_path / "later.txt"])
    assert next(stream).text == TEXT
    put("later.txt", OTHER)
    assert next(stream).text == OTHER


# Odd, but valid


def test_lone_surrogates_are_replaced_and_told(put):
    article = articles(put("a.jsonl", b'{"text": "12 \\ud800 l\\u1edbp \\ud83d\\ude00", "title": "\\udfff a"}\n'))[0]
    assert article.text == "12 \ufffd lớp 😀"
    assert article.title == "\ufffd a"
    assert "1 broken" in article.warnings[0]


def test_nuls_are_kept_and_told(put):
    article = articles(put("a.txt", "12\0 lớp " + TEXT))[0]
    assert article.text.startswith("12\0 lớp")
    assert "1 NUL" in article.warnings[0]


def test_numbers_of_any_length_in_ignored_fields(put):
    data = b'{"text": "a b", "figures": [' + b"9" * 5000 + b"]}\n"
    assert articles(put("a.jsonl", data))[0].text == "a b"
    assert articles(put("a.json", b"[" + data + b"]"))[0].text == "a b"


def test_a_line_of_50_mb(put):
    text = "1.234,5 " * (50 * 2**20 // 8)
    assert articles(put("a.txt", text))[0].text == text
    assert articles(put("a.jsonl", jsonl({"text": text})))[0].text == text
    found = all_of(put("b.jsonl", jsonl({"text": text}, {"text": TEXT})), max_article_bytes=2**20)
    assert "larger than 1048576 bytes" in found[0].message
    assert found[1].text == TEXT
    assert found[1].source.line == 2


@pytest.mark.parametrize("as_list", [False, True])
def test_memory_stays_flat(put, as_list):
    def peak(count):
        rows = [json.dumps({"id": number, "text": f"{number} {TEXT * 20}"}) for number in range(count)]
        data = "[" + ",\n".join(rows) + "]" if as_list else "\n".join(rows)
        path = put(f"{count}.json", data)
        del rows, data
        tracemalloc.start()
        assert sum(1 for _ in read([path])) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < 1.5 * peak(400) + 500_000


def test_options_and_units_travel(put):
    options = ReadOptions(fields={"text": "body"}, exclude=("*.bak",))
    assert pickle.loads(pickle.dumps(options)) == options
    unit = InputUnit("a", 3)
    assert pickle.loads(pickle.dumps(unit)) == unit
    article = articles(put("a.txt", TEXT))[0]
    assert pickle.loads(pickle.dumps(article)) == article


# Tables


def test_csv_of_a_spreadsheet(put):
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerows([["Mã", "Nội dung", "Ngày"], ["b1", f'{TEXT}\n"{OTHER}"; hết', "12/04/2010"], ["b2", OTHER, ""]])
    fields = {"text": "Nội dung", "id": "Mã", "published": "Ngày"}
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        first, second = articles(put("a.csv", table.getvalue().encode(encoding)), fields=fields)
        assert (first.id, first.text, first.published) == ("b1", f'{TEXT}\n"{OTHER}"; hết', date(2010, 4, 12))
        assert (second.text, second.published) == (OTHER, None)
        assert (first.source.line, second.source.line) == (2, 4)


def test_csv_rows_that_do_not_fit(put):
    found = all_of(put("a.csv", f'id,text\n1,{TEXT}\n2,a,b\n3\n4,"{OTHER}"\n'.encode()))
    assert [type(result) for result in found] == [Article, ReadError, ReadError, Article]
    assert [found[1].line, found[2].line] == [3, 4]
    assert "3 cells" in found[1].message
    cut = all_of(put("b.csv", f'id,text\n1,{TEXT}\n2,"mở ngoặc mà không đóng\n3,{OTHER}\n'.encode()))
    assert "broken row" in cut[-1].message


def test_parquet(put, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "a[1].parquet"
    with duckdb.connect() as connection:
        connection.execute("create table t (id bigint, body varchar, day date, figures varchar, page blob)")
        rows = [(1, TEXT, date(2010, 4, 12), "x", None), (2, OTHER, None, "x", None), (3, None, None, "x", None)]
        connection.executemany("insert into t values (?, ?, ?, ?, ?)", rows)
        connection.execute(f"copy t to '{path}' (format parquet)")
    fields = {"text": "body", "published": "day", "html": "page"}
    for place in (path, put("packed.gz", gzip.compress(path.read_bytes()))):
        first, second, error = all_of(place, fields=fields)
        assert (first.id, first.text, first.published) == ("1", TEXT, date(2010, 4, 12))
        assert (second.id, second.text) == ("2", OTHER)
        assert error.line == 3
    assert "no column" in only_error(path).message


# Archives


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def test_zip(put):
    path = put("a.zip", zipped(**{"b__1.txt": TEXT, "b__2.jsonl.gz": gzip.compress(jsonl({"text": OTHER}))}))
    first, second = articles(path)
    assert (first.text, first.source.uri) == (TEXT, f"{path}!/b/1.txt")
    assert (second.text, second.source.line) == (OTHER, 1)


def test_zip_tricks_are_refused(put, tmp_path):
    names = {
        "..__..__evil.txt": TEXT,
        "__etc__x.txt": TEXT,
        "C:__x.txt": TEXT,
        "in.zip": zipped(a=TEXT),
        "d": zipped(a=TEXT),
    }
    found = all_of(put("a.zip", zipped(**names, **{"ok.txt": TEXT})))
    assert ["leads out" in str(error) for error in found[:3]] == [True] * 3
    assert all("archive in an archive" in str(error) for error in found[3:5])
    assert found[5].text == TEXT
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert "Office" in only_error(put("a.docx", zipped(**{"[Content_Types].xml": "<x/>"}))).message


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress, lambda data: zipped(a=data)])
def test_bombs_are_refused(put, pack):
    bomb = pack(b"\n" * (80 * 2**20) + jsonl({"text": TEXT}))
    assert len(bomb) < 200_000
    found = all_of(put("bomb", bomb), max_ratio=100)
    assert "bomb" in found[-1].message
    assert len(found) == 1


def test_damaged_zip_member(put):
    data = bytearray(zipped(**{"a.txt": TEXT * 50, "b.txt": OTHER}))
    data[60] ^= 0xFF
    found = all_of(put("a.zip", bytes(data)))
    assert isinstance(found[0], ReadError)
    assert found[-1].text == OTHER


def warc(*pages, packed=True):
    writers, headers_of = pytest.importorskip("warcio.warcwriter"), pytest.importorskip("warcio.statusandheaders")
    data = io.BytesIO()
    writer = writers.WARCWriter(data, gzip=packed)
    for url, status, kind, body in pages:
        headers = headers_of.StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return data.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_warc(put, packed):
    page = f"<html><body><h1>Công đoàn mở lớp tập huấn</h1><p>{TEXT}</p></body></html>".encode()
    pages = [
        ("http://x.vn/1", "200 OK", "text/html; charset=utf-8", page),
        ("http://x.vn/1.png", "200 OK", "image/png", b"\x89PNG"),
        ("http://x.vn/2", "404 Not Found", "text/html", page),
        ("http://x.vn/../3", "200 OK", "text/html", b"<html></html>"),
        ("http://x.vn/4", "200 OK", "text/plain", OTHER.encode()),
    ]
    data = warc(*pages, packed=packed)
    first, error, last = all_of(put("a.warc.gz" if packed else "a.warc", data))
    assert TEXT in first.text
    assert (first.url, first.source.line) == ("http://x.vn/1", 1)
    assert (error.stage, error.line) == ("html", 4)
    assert last.text == OTHER
    cut = all_of(put("cut", data[: len(data) - 30]))
    assert TEXT in cut[0].text
    assert isinstance(cut[-1], ReadError)


def test_fsspec_urls():
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/crawl/b.txt": TEXT.encode(), "/crawl/a.jsonl.gz": gzip.compress(jsonl({"text": OTHER}))})
    try:
        assert [article.text for article in articles("memory://crawl")] == [OTHER, TEXT]
        assert [article.text for article in articles("memory://crawl/*.txt")] == [TEXT]
        assert articles("memory://crawl/b.txt")[0].source.uri == "memory:///crawl/b.txt"
        assert only_error("memory://crawl/no.txt").stage == "open"
        assert only_error("nothing://x").stage == "open"
    finally:
        memory.rm("/crawl", recursive=True)


def test_web_addresses(tmp_path, monkeypatch):
    """A server that is there, a page that is not, and a server that says nothing."""
    pytest.importorskip("aiohttp", reason="web addresses need: pip install 'extractor-vi[remote]'")
    monkeypatch.setattr("extractor.read.streams.SILENCE", 0.5)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert articles(f"{address}/a.txt")[0].text == TEXT
        gone = only_error(f"{address}/none.txt")
        assert ("404" in gone.message, gone.remedy) == (True, "Check the address and the network.")
        assert only_error(f"http://127.0.0.1:{silent.getsockname()[1]}/a.txt").stage == "open"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and logs nothing."""

    def log_message(self, *_):
        pass


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400), name=st.sampled_from(["a", "a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.gz"])
)
def test_any_bytes_give_articles_or_errors(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    for result in all_of(path):
        if isinstance(result, Article):
            result.text.encode()
            assert result.text.strip()
            assert result.id
        else:
            assert result.uri == str(path)
