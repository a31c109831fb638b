"""Any bytes, any JSON and any text give a sound record or a clear error. More examples: EXTRACTOR_FUZZ=20000."""

from __future__ import annotations

import gzip
import io
import json
import os
import unicodedata
import zipfile

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor, ReadOptions
from extractor.errors import ReadError
from extractor.read import read_stream
from tests.soundness import faults, meanings, places
from tests.vietnamese_like import texts

MANY = int(os.environ.get("EXTRACTOR_FUZZ", "200"))
thorough = settings(
    max_examples=MANY, deadline=None, derandomize="EXTRACTOR_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
PROSE = "Liên đoàn Lao động (LĐLĐ) mở gần 50 lớp cho 1.200 đoàn viên, chi 3,5 tỷ đồng. Trong đó 30% là nữ.\n"


# ------------------------------------------------------------ texts
@thorough
@given(text=texts(), title=st.none() | texts(6))
@example(text="Trao 5g\u0323 quà", title=None)
@example(text="rưỡi", title="LĐLĐ 5 người")
@example(text="Có 5 người", title=" ")
@example(text="Có 5 người\n\nHọ có 6 lớp", title="Hai\ndòng")
@example(text="một " + "tỷ " * 40 + "người", title=None)
@example(text="Đạt 44/85 thủ tục, bằng 51,8%", title=None)
def test_any_text_gives_a_sound_record(extractor: Extractor, text: str, title: str | None):
    article = Article(text, id="a", title=title)
    record = extractor.extract(article)
    assert not faults(article, record)
    assert extractor.extract(article) == record


@thorough
@given(texts(20))
def test_the_form_of_unicode_changes_nothing(extractor: Extractor, text: str):
    composed = unicodedata.normalize("NFC", text)
    apart = "".join(unicodedata.normalize("NFD", letter) for letter in composed)
    assume(apart == unicodedata.normalize("NFD", composed) and unicodedata.normalize("NFC", apart) == composed)
    assert meanings(extractor.extract_text(composed), places(composed)) == meanings(extractor.extract_text(apart))


# ------------------------------------------------------------ bytes
def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", PROSE)
        archive.writestr("b.jsonl", json.dumps({"text": PROSE}) + "\n")
    return packed.getvalue()


def _warc() -> bytes:
    page = f"<html><body><article><p>{PROSE * 3}</p></article></body></html>".encode()
    http = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.vn/1\r\nContent-Type: application/http\r\n"
    return (head + f"Content-Length: {len(http)}\r\n\r\n").encode() + http + b"\r\n\r\n"


LINE = json.dumps({"id": "1", "text": PROSE, "title": "T", "published": "2020-01-01"}, ensure_ascii=False)
FILES = (
    PROSE.encode(), PROSE.encode("utf-16"), PROSE.encode("utf-32-le"), PROSE.encode("cp1258", "replace"),
    f"{LINE}\n{LINE}\n".encode(), f"[{LINE},{LINE}]".encode(), f'text,id\n"{PROSE}",1\n"{PROSE}",2\n'.encode(),
    f'text,id\n"{PROSE}",1\n'.encode("utf-16"), gzip.compress(PROSE.encode(), mtime=0), _zip(), _warc(),
    f"<html><title>T</title><body><p>{PROSE * 2}</p><table><tr><td>5<td>6</table></body></html>".encode(),
)  # fmt: skip
PIECES = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\n", b'"', b",", b"{", b"]", b"\\ud800", b"<script>", b"<!--", b"&#x110000;",
    b"Content-Length: 99999999999\r\n", b"Content-Length: -5\r\n", b"WARC/9.9\r\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"NaN",
    b'<meta charset="utf-7">', b'<?xml version="1.0" encoding="utf-16"?>', b"1e999999",
)  # fmt: skip
ENDINGS = ("", ".txt", ".html", ".json", ".jsonl", ".csv", ".tsv", ".parquet", ".warc", ".warc.gz", ".zip", ".gz")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with some bytes changed, put in, taken out or doubled."""
    data = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(data)))
        stop = draw(st.integers(place, min(len(data), place + 200)))
        piece = draw(st.sampled_from([*PIECES, data[place:stop] * 2, b"", *FILES[-3:]]) | st.binary(max_size=4))
        data = data[:place] + piece + data[stop if draw(st.booleans()) else place :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@thorough
@given(
    data=damaged() | st.binary(max_size=200),
    ending=st.sampled_from(ENDINGS),
    form=st.sampled_from([None, None, None, "text", "html", "json", "jsonl", "csv", "warc", "zip"]),
    encoding=st.sampled_from([None, None, None, "utf-16", "tcvn3", "cp1258"]),
)
def test_any_bytes_give_records_or_clear_errors(
    extractor: Extractor, data: bytes, ending: str, form: str | None, encoding: str | None
):
    found = []
    try:
        found.extend(read_stream(io.BytesIO(data), "x" + ending, ReadOptions(format=form, encoding=encoding)))
    except ReadError as error:
        found.append(error)
    for result in found:
        if isinstance(result, ReadError):
            assert result.stage
            assert result.remedy
            assert json.dumps(result.row(), ensure_ascii=False).encode()
        else:
            assert not faults(result, extractor.extract(result))


@pytest.mark.parametrize("data", [b"\0\0\xdc\xa3\xa3", "[{]".encode("utf-16") + b"\0\xd8", b"\xff\xfe[\0{\0\0"])
def test_broken_json_in_wide_encodings(data):
    found = list(read_stream(io.BytesIO(data), "x.json", ReadOptions()))
    assert [result.stage for result in found if isinstance(result, ReadError)] == ["parse"]


@pytest.mark.parametrize("place", [b"\xff\xff\xff\x7f", b"\0\0\0\x80"])
def test_a_zip_that_lies_about_places(place):
    data = bytearray(_zip())
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = place  # where the directory begins
    found = list(read_stream(io.BytesIO(bytes(data)), "x.zip", ReadOptions()))
    assert [type(result) for result in found] == [ReadError] * len(found)
    assert "broken zip" in str(found[0])


# ------------------------------------------------------------ JSON
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(PROSE)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(["id", "text", "html", "title", "published", "byline", "url", "x", "text.body", ""])


@thorough
@given(st.dictionaries(NAMES, VALUES, max_size=7) | VALUES, st.sampled_from(["x.json", "x.jsonl"]))
def test_any_json_gives_a_record_or_a_clear_error(extractor: Extractor, value: object, name: str):
    stream = io.BytesIO(json.dumps(value).encode())
    found = list(read_stream(stream, name, ReadOptions()))
    assert found or value in ([], {})
    for result in found:
        if isinstance(result, Article):
            assert not faults(result, extractor.extract(result))
        else:
            assert json.dumps(result.row(), ensure_ascii=False).encode()
