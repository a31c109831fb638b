"""Items: whatever way an input is cut for the workers, its articles and errors are those that reading it gives."""

from __future__ import annotations

import gzip
import json
import pickle
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from extractor.article import Article
from extractor.batch.items import articles, items
from extractor.errors import ReadError
from extractor.read import ReadOptions, read

PAGE = (
    "<html><head><title>Tin {0}</title></head><body><article><h1>Tin {0}</h1>"
    + ("<p>Công đoàn mở {0} lớp tập huấn cho cán bộ công đoàn cơ sở trong toàn tỉnh năm nay.</p>" * 3)
    + "</article></body></html>"
)


class Nobody:
    def expect(self, size: int) -> None: ...

    def read(self, size: int) -> None: ...

    def failed(self, row: object) -> None: ...

    def done(self, tally: object) -> None: ...


def jsonl(path: Path) -> Path:
    path = path.with_suffix(".jsonl")
    rows = [
        '{"id": "1", "text": "một"}',
        "",
        "{broken",
        '{"html": ' + json.dumps(PAGE.format(3)) + "}",
        "[]",
        '{"text": "hai"}',
    ]
    path.write_text("\n".join(rows), "utf-8")
    return path


def packed(path: Path) -> Path:
    target = path.with_suffix(".jsonl.gz")
    target.write_bytes(gzip.compress(jsonl(path).read_bytes()))
    return target


def cut_short(path: Path) -> Path:
    target = path.with_suffix(".jsonl.gz")
    target.write_bytes(packed(path).read_bytes()[:-20])
    return target


def json_list(path: Path) -> Path:
    path = path.with_suffix(".json")
    path.write_text(json.dumps([{"text": "một"}, 5, {"html": PAGE.format(4)}]), "utf-8")
    return path


def csv(path: Path) -> Path:
    path = path.with_suffix(".csv")
    path.write_text("id,text\n1,một\n2\n3,ba\n", "utf-8")
    return path


def page(path: Path) -> Path:
    path = path.with_suffix(".html")
    path.write_text(PAGE.format(5), "utf-8")
    return path


def empty(path: Path) -> Path:
    path = path.with_suffix(".txt")
    path.write_bytes(b"")
    return path


def archive(path: Path) -> Path:
    path = path.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.html", PAGE.format(6))
        file.writestr("../b.txt", "leads out")
        file.writestr("c.jsonl", '{"text": "ba"}\n{\n')
    return path


def web_archive(path: Path) -> Path:
    headers_of = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    writer_of = pytest.importorskip("warcio.warcwriter").WARCWriter
    path = path.with_suffix(".warc.gz")
    with path.open("wb") as file:
        writer = writer_of(file, gzip=True)
        for number in range(3):
            headers = headers_of("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
            body = BytesIO(PAGE.format(number).encode())
            address = f"https://example.org/{number}"
            writer.write_record(writer.create_warc_record(address, "response", payload=body, http_headers=headers))
    return path


@pytest.mark.parametrize("make", [jsonl, packed, cut_short, json_list, csv, page, empty, archive, web_archive])
def test_items_are_what_reading_gives(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = str(make(tmp_path / "in"))
    options = ReadOptions()
    expected = [told(result) for result in read([path], options)]
    found: list[object] = []
    for item in pickle.loads(pickle.dumps(list(items([path], options, Nobody())))):
        found += [item.error] if item.error else [told(result) for result in articles(item, options)]
    assert found == expected
    assert expected


def told(result: Article | ReadError) -> object:
    return result.row() if isinstance(result, ReadError) else result


def test_a_huge_line_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "' + "a" * 5000 + '"}\n{"text": "một"}\n', "utf-8")
    options = ReadOptions(max_article_bytes=1000)
    found = [result for item in items([str(path)], options, Nobody()) for result in articles(item, options)]
    assert [told(result) for result in found] == [told(result) for result in read([str(path)], options)]
    assert isinstance(found[0], ReadError)
    assert isinstance(found[1], Article)
