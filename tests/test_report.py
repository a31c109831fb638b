"""The report as a file: whole in itself, its data sealed, its policy true. What it does in a browser is tried in tests/browser."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from web_records import hostile_record, many_records, report_record, sample_records, write_records

from extractor.cli import main
from extractor.errors import ExtractorError, UsageError
from extractor.report import write_report
from extractor.web.embed import STATIC, join_modules, script_json
from extractor.web.index import Index, browser_row, figure_target, finding_target
from extractor.web.records import read_records

DATA = re.compile(r'<script type="application/json" (data-article="\d+"|id="index")>(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(sample_records(), path)
    return path.read_text(encoding="utf-8")


def test_page_names_nothing_outside_itself(page):
    bare = DATA.sub("", page)
    assert not re.search(r"""\b(?:src|href|action|data)\s*=\s*["'](?!data:,)""", bare.split("<script")[0])
    assert "import " not in bare.split('<script type="module">')[1]
    assert not re.search(r"\bon(?:click|load|error|change|input)\s*=", bare)


@pytest.mark.parametrize(("element", "directive"), [("style", "style-src"), ('script type="module"', "script-src")])
def test_policy_names_the_hash_of_what_stands_in_the_page(page, element, directive):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    source = re.search(rf"<{element}>(.*?)</{element.split()[0]}>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_every_record_stands_in_the_page_whole(page):
    blocks = DATA.findall(page)
    rows = [json.loads(text) for name, text in blocks if name != 'id="index"']
    assert rows == [json.loads(json.dumps(browser_row(r))) for r in sample_records()]
    assert blocks[-1][0] == 'id="index"'


def test_nothing_in_an_article_closes_its_script(page):
    assert page.count("</script>") == page.count("<script")
    assert "<img src=x" not in page
    assert "<svg onload" not in page


def test_lone_surrogates_and_angle_brackets_survive_as_escapes():
    value = {"text": "a\ud800b</script>\u2028<!--"}
    sealed = script_json(value)
    assert "<" not in sealed
    sealed.encode("utf-8")
    assert json.loads(sealed) == value


def test_same_records_give_the_same_bytes(tmp_path):
    for name in ("a.html", "b.html"):
        write_report(sample_records(), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_values_too_large_for_the_browser_are_sent_as_text():
    record = report_record()
    large = record.figures[0].model_copy(update={"value": 2**53 + 1})
    row = browser_row(record.model_copy(update={"figures": (large,)}))
    assert row["figures"][0]["value"] == str(2**53 + 1)


def test_index_counts_agree_with_the_records():
    records = sample_records()
    index = Index()
    for record in records:
        index.add(record)
    assert len(index.figures["id"]) == sum(len(r.figures) for r in records)
    assert len(index.findings["n"]) == sum(len(r.findings) for r in records)
    assert {len(column) for column in index.figures.values()} == {len(index.figures["id"])}
    for row, places in zip(index.findings["article"], index.findings["figures"], strict=True):
        assert {index.figures["article"][i] for i in places} <= {row}


def test_articles_with_one_id_get_keys_of_their_own():
    index = Index()
    assert [index.add(report_record()) for _ in range(3)] == ["suoi-bac-2014", "suoi-bac-2014~2", "suoi-bac-2014~3"]


def test_targets_depend_on_places_not_on_ids():
    record = report_record()
    renamed = record.model_copy(
        update={"figures": tuple(f.model_copy(update={"id": f"x{f.id}"}) for f in record.figures)}
    )
    assert [figure_target(f) for f in record.figures] == [figure_target(f) for f in renamed.figures]
    assert (
        finding_target(record, record.findings[1])
        == "finding:parts_sum:text:143-145,text:155-157,text:181-182,text:210-211"
    )


def test_modules_are_joined_once_each_and_name_nothing_twice():
    script = join_modules("report.js")
    names = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names))
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    assert script.index("// dom.js") < script.index("// app.js") < script.index("// report.js")


def test_modules_that_import_each_other_are_refused(tmp_path):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\n')
    with pytest.raises(ValueError, match=r"a\.js -> b\.js -> a\.js"):
        join_modules("a.js", tmp_path)


@pytest.mark.parametrize("file", sorted(p.name for p in STATIC.glob("*.js")))
def test_no_module_makes_markup_of_strings(file):
    source = (STATIC / file).read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", source
    )


def test_records_without_text_are_refused_with_the_remedy(tmp_path):
    path = write_records(tmp_path / "bare.jsonl", [report_record().model_copy(update={"text": None})])
    result = CliRunner().invoke(main, ["report", str(path), "-o", str(tmp_path / "r.html")])
    assert result.exit_code == 2
    assert "--no-text" in result.output
    assert not list(tmp_path.glob("r.html*"))


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("x.jsonl", b"", "no records"),
        ("x.jsonl", b'{"id": "a", "text": "b"}\n', "line 1: not a record"),
        ("x.jsonl", b"{broken\n", "line 1: no JSON"),
        ("x.jsonl.gz", b"\x1f\x8bnope", "broken"),
        ("x.jsonl", json.dumps({**report_record().as_json(), "figures": 3}).encode(), "record 1: figures"),
    ],
)
def test_what_is_no_file_of_records_is_told(tmp_path, name, content, word):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExtractorError, match=re.escape(word)):
        list(read_records(tmp_path / name))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        list(read_records(tmp_path / "none.jsonl"))


def test_records_come_from_files_packed_or_not_and_from_folders(tmp_path):
    record = report_record()
    line = json.dumps(record.as_json(), ensure_ascii=False) + "\n"
    (tmp_path / "a.json").write_text(json.dumps([record.as_json()]), encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    (tmp_path / "errors.jsonl").write_text('{"stage": "open"}\n')
    assert [r.id for r in read_records(tmp_path)] == [record.id, record.id]
    assert list(read_records(tmp_path / "b.jsonl.gz")) == [record]


def test_records_come_from_a_store(tmp_path):
    pytest.importorskip("duckdb", reason="stores need DuckDB: pip install 'extractor-vi[store]'")
    from extractor.store import Store  # noqa: PLC0415 (needs an extra)

    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([report_record(), hostile_record()])
    assert sorted(r.id for r in read_records(tmp_path / "s.duckdb")) == sorted(
        [report_record().id, hostile_record().id]
    )


def test_command_writes_the_page(tmp_path):
    records = write_records(tmp_path / "r.jsonl", [report_record(), hostile_record()])
    result = CliRunner().invoke(main, ["report", str(records), "-o", str(tmp_path / "out.html")])
    assert result.exit_code == 0, result.output
    assert "2 articles" in result.output
    assert Path(tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_records_stream_through(tmp_path):
    """Each record is written before the next is asked for."""
    path = tmp_path / "r.html"
    sizes = []

    def watched():
        for record in many_records(60):
            sizes.append(sum(part.stat().st_size for part in path.parent.glob(".r.html.*.part")))
            yield record

    write_report(watched(), path)
    assert len(set(sizes)) > 5
