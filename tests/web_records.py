"""Records for the pages' tests: articles of our own writing, hostile ones among them, and the project's own gold rows."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractor.model import Record

GENRE = Path(__file__).parent.parent.parent / "shared" / "gold" / "genre.gold.jsonl"

REPORT = """LĐLĐ huyện Suối Bạc mở 27 lớp bồi dưỡng

LĐLĐ huyện Suối Bạc (tỉnh Lạng Sơn) vừa tổng kết công tác đào tạo năm 2013.

Trong năm, LĐLĐ huyện mở 27 lớp, gồm 11 lớp lý luận chính trị, 9 lớp nghiệp vụ công đoàn và 6 lớp tin học, thu hút hơn 1.640 lượt CBCĐ.

Số CBCĐ có trình độ đại học chiếm 31,4%, cao đẳng 28,7%, trung cấp 41,2%. Đã có 45/50 đơn vị, đạt 92%, nộp báo cáo.

Công đoàn tặng 100 suất quà, mỗi suất 500.000 đồng, tổng trị giá 50 triệu đồng. Năm 2014, huyện phấn đấu kết nạp ít nhất 120 đoàn viên, chi 1,234 tỷ đồng.
"""

HOSTILE = (
    "<script>alert('xss')</script> & <b>Công đoàn</b> \U0001d54f\U0001f389 mở 12 lớp\n\n"
    "</script><img src=x onerror=alert(1)> \u202eđảo ngược\u202c &amp; \u200f"
    + unicodedata.normalize("NFD", "Huyện Lộc Bình có hơn 8.500 lượt đoàn viên")
    + " \U0001f468\u200d\U0001f469\u200d\U0001f467 dự, \U00020000 chi 3 tỷ đồng.\n"
)


def record(text: str, article_id: str, figures: Iterable[tuple[Any, ...]], **more: Any) -> Record:
    """A record of a text and its figures, each ``(number, value, kind, before, after, entity, extra)``, in text order."""
    made: list[dict[str, Any]] = []
    at = 0
    for i, (number, value, kind, before, after, entity, extra) in enumerate(figures, 1):
        whole = text.index(before + number + after, at)
        start = whole + len(before)
        at = start + len(number)
        made.append(_figure(text, f"f{i}", (start, at), (whole, at + len(after)), value, kind, entity, extra))
    row = {
        "id": article_id,
        "source": {"uri": f"samples/{article_id}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()},
        "published": "2014-01-06",
        "text": text,
        "blocks": _blocks(text),
        "figures": made,
        **more,
    }
    return Record.model_validate(row)


def _figure(
    text: str,
    figure_id: str,
    number: tuple[int, int],
    span: tuple[int, int],
    value: Any,
    kind: str,
    entity: str | None,
    extra: dict[str, Any],
) -> dict[str, Any]:
    start = max(text.rfind("\n", 0, span[0]), text.rfind(". ", 0, span[0]) + 1, -1) + 1
    ends = [x for x in (text.find("\n", span[1]), text.find(". ", span[1])) if x >= 0]
    made = {
        "id": figure_id,
        "kind": kind,
        "text": text[span[0] : span[1]],
        "start": span[0],
        "end": span[1],
        "number": {"start": number[0], "end": number[1]},
        "value": None if value is None else Decimal(str(value)),
        "modifier": "exact",
        "unit": text[number[1] : span[1]].strip() or None,
        "unit_code": None,
        "evidence": {"start": start, "end": min(ends, default=len(text))},
        "found_by": [f"{kind}.sample"],
        **extra,
    }
    if entity:
        where = text.find(entity, number[1])
        where = text.rfind(entity, 0, number[0]) if where < 0 or where > number[1] + 200 else where
        made["entity"] = {"text": entity, "start": where, "end": where + len(entity), "expanded": entity}
    return made


def _blocks(text: str) -> list[dict[str, Any]]:
    blocks = []
    for found in re.finditer(r"[^\n]+", text):
        blocks.append({"start": found.start(), "end": found.end(), "role": "body" if blocks else "title"})
    return blocks


def _uses(text: str, short: str, long: str | None, **more: Any) -> list[dict[str, Any]]:
    origin = more.pop("origin", "lexicon")
    return [
        {"short": short, "long": long, "origin": origin, "start": m.start(), "end": m.end(), **more}
        for m in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text)
    ]


def _finding(
    check: str, verdict: str, figures: list[str], expected: Any, reported: Any, vi: str, en: str
) -> dict[str, Any]:
    numbers = {"expected": expected, "reported": reported}
    message = {"vi": vi, "en": en}
    return {
        "check": check,
        "verdict": verdict,
        "figures": figures,
        "message": message,
        "found_by": [f"check.{check}"],
        **numbers,
    }


def report_record(article_id: str = "suoi-bac-2014", shift: int = 0) -> Record:
    """An article with every sort of thing in it: hedges, parts, shares, a product, a plan, two readings, three alarms."""
    year = {"period": {"text": "năm 2013", "from": "2013-01-01", "to": "2013-12-31"}}
    held = {"organization": {"text": "LĐLĐ huyện", "expanded": "Liên đoàn Lao động huyện Suối Bạc"}, **year}
    where = {"place": {"text": "huyện Suối Bạc", "level": "district", "code": "183", "current": "Lạng Sơn"}}
    plan = {"status": "planned", "period": {"text": "Năm 2014", "from": "2014-01-01", "to": "2014-12-31"}}
    doubt = {"ambiguous": {"value": 1234000000000, "why": "a comma before three digits may group thousands"}}
    figures: list[tuple[Any, ...]] = [
        ("27", 27, "class_count", "", " lớp", "lớp bồi dưỡng", held),
        ("27", 27, "class_count", "", " lớp", "lớp", {**held, **where, "duplicate_of": "f1"}),
        ("11", 11, "class_count", "", " lớp", "lớp lý luận chính trị", {**held, **where}),
        ("9", 9, "class_count", "", " lớp", "lớp nghiệp vụ công đoàn", {**held, **where}),
        ("6", 6 + shift, "class_count", "", " lớp", "lớp tin học", {**held, **where}),
        ("1.640", 1640, "attendee_count", "hơn ", " lượt", "lượt CBCĐ", {"modifier": "more_than", "unit_code": "person_times", **held}),
        ("31,4", 31.4, "percentage", "", "%", "Số CBCĐ có trình độ đại học", {"unit_code": "percent"}),
        ("28,7", 28.7, "percentage", "", "%", "cao đẳng", {"unit_code": "percent"}),
        ("41,2", 41.2, "percentage", "", "%", "trung cấp", {"unit_code": "percent"}),
        ("45/50", 0.9, "ratio", "", " đơn vị", "đơn vị", {}),
        ("92", 92, "percentage", "", "%", "đơn vị", {"unit_code": "percent"}),
        ("100", 100, "item_count", "", " suất", "suất quà", held),
        ("500.000", 500000, "money", "", " đồng", None, {"unit_code": "VND"}),
        ("50 triệu", 50000000, "money", "", " đồng", None, {"unit_code": "VND"}),
        ("120", 120, "people_count", "ít nhất ", " đoàn viên", "đoàn viên", {"modifier": "at_least", **plan}),
        ("1,234 tỷ", 1234000000, "money", "", " đồng", None, {"unit_code": "VND", **plan, **doubt}),
    ]  # fmt: skip
    findings = [
        _finding("same", "consistent", ["f1", "f2"], 27, 27, "27 = 27: tiêu đề và bài khớp nhau", "27 = 27: title and text agree"),
        _finding("parts_sum", "does_not_add_up", ["f2", "f3", "f4", "f5"], 26, 27,
                 "11 + 9 + 6 = 26, bài ghi 27: thiếu 1", "11 + 9 + 6 = 26, the article says 27: 1 missing"),
        _finding("percent_sum", "does_not_add_up", ["f7", "f8", "f9"], 101.3, 100,
                 "31,4 + 28,7 + 41,2 = 101,3, không phải 100", "31.4 + 28.7 + 41.2 = 101.3, not 100"),
        _finding("ratio_percent", "does_not_add_up", ["f10", "f11"], 90, 92, "45/50 = 90 %, bài ghi 92 %", "45/50 = 90 %, the article says 92 %"),
        _finding("product", "consistent", ["f14", "f12", "f13"], 50000000, 50000000,
                 "100 × 500.000 đồng = 50.000.000 đồng", "100 × 500,000 đồng = 50,000,000 đồng"),
    ]  # fmt: skip
    relations = [
        {"type": "same", "figures": ["f1", "f2"], "found_by": ["relate.same"]},
        {"type": "parts_sum", "whole": "f2", "parts": ["f3", "f4", "f5"], "found_by": ["relate.parts"]},
        {"type": "percent_sum", "parts": ["f7", "f8", "f9"]},
        {"type": "ratio_percent", "ratio": "f10", "percent": "f11"},
        {"type": "product", "count": "f12", "each": "f13", "total": "f14"},
    ]
    abbreviations = [
        *_uses(REPORT, "LĐLĐ", "Liên đoàn Lao động"),
        *_uses(REPORT, "CBCĐ", None, origin="ambiguous", candidates=["cán bộ công đoàn", "cán bộ cộng đồng"]),
    ]
    more = {"relations": relations, "findings": findings, "abbreviations": abbreviations}
    return record(REPORT, article_id, figures, warnings=["two dates in the header; the later one taken"], **more)


def hostile_record() -> Record:
    """Markup, ampersands, bidi controls, decomposed letters and letters outside the basic plane."""
    nfd = unicodedata.normalize("NFD", "lượt")
    hedge = unicodedata.normalize("NFD", "hơn ")
    figures: list[tuple[Any, ...]] = [
        ("12", 12, "class_count", "", " lớp", "lớp", {}),
        ("8.500", 8500, "attendee_count", hedge, " " + nfd, unicodedata.normalize("NFD", "lượt đoàn viên"), {"modifier": "more_than"}),
        ("3 tỷ", 3000000000, "money", "", " đồng", None, {"organization": {"text": "<i>A&B</i>", "expanded": "<i>A&B</i>"}}),
    ]  # fmt: skip
    findings = [
        _finding("same", "conflict", ["f1", "f2"], 1, 2, "<img src=x onerror=alert(2)>", "<script>alert(3)</script>")
    ]
    title = '<svg onload="alert(4)">"Tiêu đề" & </title>'
    return record(
        HOSTILE, 'x"><script>alert(5)</script>', figures, findings=findings, title=title, warnings=["<b>odd</b>"]
    )


def gold_records() -> Iterator[Record]:
    """The rows of the project's own gold file as records; none where the file is not there."""
    if GENRE.exists():
        for line in GENRE.read_text(encoding="utf-8").splitlines():
            yield _gold_record(json.loads(line, parse_float=Decimal))


def _gold_record(row: dict[str, Any]) -> Record:
    text = row["text"]
    scopes = {s["i"]: s for s in row.get("scope", ())}
    figures = [_gold_figure(text, i, f, scopes.get(i, {})) for i, f in enumerate(row["figures"])]
    for same in (r for r in row["relations"] if r["type"] == "same"):
        for first, other in pairwise(same["figures"]):
            figures[other]["duplicate_of"] = f"f{first + 1}"
    findings = [
        _finding(f["check"], f["verdict"], _ids(f["figures"]), None, None, f["why"], f["why"]) for f in row["findings"]
    ]
    return Record.model_validate(
        {
            "id": row["id"],
            "source": {"sha256": hashlib.sha256(text.encode()).hexdigest()},
            "published": row.get("published"),
            "text": text,
            "blocks": _blocks(text),
            "figures": figures,
            "relations": [{k: _ids(v) if k != "type" else v for k, v in r.items()} for r in row["relations"]],
            "findings": findings,
            "abbreviations": [
                u for a in row["abbreviations"] for u in _uses(text, a["short"], a["long"], **_origin(a))
            ],
        }
    )


def _origin(abbreviation: dict[str, Any]) -> dict[str, str]:
    return {} if abbreviation["long"] else {"origin": "ambiguous"}


def _ids(value: Any) -> Any:
    return [f"f{i + 1}" for i in value] if isinstance(value, list) else f"f{value + 1}"


def _gold_figure(text: str, i: int, row: dict[str, Any], scope: dict[str, Any]) -> dict[str, Any]:
    start, end = row["start"], row["end"]
    unit = row["unit"]
    after = text.find(unit, end, end + len(unit) + 1) if unit else -1
    more: dict[str, Any] = {"modifier": row["modifier"], "unit": unit, "low": row.get("low"), "high": row.get("high")}
    if scope:
        more["status"] = scope["status"]
        if scope["period"]:
            first, last = scope["period"]
            more["period"] = {"text": f"{first} – {last}", "from": first, "to": last}
        if scope["place"]:
            more["place"] = {"text": scope["place"]}
        if scope["organization"]:
            more["organization"] = {"text": scope["organization"], "expanded": scope["organization"]}
    whole = (start, after + len(unit) if after >= 0 else end)
    return _figure(text, f"f{i + 1}", (start, end), whole, row["value"], row["kind"], row["entity"], more)


def sample_records() -> list[Record]:
    """All of the above: what the pages are tried on."""
    return [report_record(), hostile_record(), *gold_records()]


def many_records(count: int) -> Iterator[Record]:
    """So many articles, each with its own id and day, made of the samples in turn."""
    kinds = [r for r in sample_records() if not r.id.startswith("x")]
    for i in range(count):
        base = kinds[i % len(kinds)]
        day = date(2010 + i % 14, 1 + i % 12, 1 + i % 28)
        yield base.model_copy(update={"id": f"bai-{i:05d}", "published": day})


def write_records(path: Path, records: Iterable[Record]) -> Path:
    """The records as JSON Lines, one a line."""
    with path.open("w", encoding="utf-8") as out:
        for one in records:
            out.write(json.dumps(one.as_json(), ensure_ascii=False) + "\n")
    return path


if __name__ == "__main__":
    import sys

    print(write_records(Path(sys.argv[1]), sample_records() if len(sys.argv) < 3 else many_records(int(sys.argv[2]))))
