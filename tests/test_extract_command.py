"""extractor extract, schema, version: what goes to stdout, what to stderr, and the exit status."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from fake_extractor import Fake

from extractor.cli import main

PROGRAM = Path(__file__).parent / "run_extract.py"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.makers.DefaultMaker", lambda *_: Fake())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    rows = [
        {"id": "a", "text": "Có 120 người và 8500 đồng"},
        {"id": "b", "text": "Không có gì"},
        {"id": "a", "text": "Thêm 3 người"},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def extract(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, arguments)], input=given)


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.usefixtures("fake")
def test_a_dash_as_out_is_stdout(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert extract(source, "-o", "-").stdout == extract(source).stdout
    assert not (tmp_path / "-").exists()


@pytest.mark.usefixtures("fake")
def test_records_go_to_stdout_one_a_line(source: Path) -> None:
    result = extract(source)
    assert result.exit_code == 0
    assert [row["id"] for row in rows(result.stdout)] == ["a", "b", "a"]
    assert [len(row["warnings"]) for row in rows(result.stdout)] == [0, 0, 1]
    assert "1 id given more than once" in result.stderr


@pytest.mark.usefixtures("fake")
def test_stdin_is_read(source: Path) -> None:
    result = subprocess.run(
        [sys.executable, PROGRAM, "extract", "-"], input=source.read_bytes(), capture_output=True, check=True
    )
    assert len(result.stdout.splitlines()) == 3


@pytest.mark.usefixtures("fake")
def test_bad_inputs_are_told_and_the_others_done(source: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "RAISE"}\n{"text": 5}\n[]\n{"text": "Còn 4 người"}\n', "utf-8")
    errors = tmp_path / "errors.jsonl"
    result = extract(bad, tmp_path / "nothing", source, "--errors", errors)
    assert result.exit_code == 1
    assert len(rows(result.stdout)) == 4
    found = rows(errors.read_text("utf-8"))
    assert [(row["line"], row["stage"]) for row in found] == [
        (1, "extract"),
        (2, "parse"),
        (3, "parse"),
        (None, "open"),
    ]
    assert all(set(row) == {"id", "uri", "line", "stage", "error", "message"} for row in found)
    assert f"{bad}, line 1: told to fail [extract]" in result.stderr


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    "arguments",
    [[], ["in.jsonl", "--kind", "nonsense"], ["in.jsonl", "--field", "text"], ["in.jsonl", "--format", "parquet"],
     ["in.jsonl", "--nonsense"], ["in.jsonl", "--field", "nonsense=x"], ["in.jsonl", "-o", ".", "--format", "csv"]],
)  # fmt: skip
def test_wrong_usage_ends_with_two(source: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(source.parent)
    result = extract(*arguments)
    assert result.exit_code == 2
    assert not result.stdout
    assert result.stderr


@pytest.mark.usefixtures("fake")
def test_a_kind_takes_its_relations_with_it(source: Path) -> None:
    result = extract(source, "--kind", "money", "--no-text")
    first = rows(result.stdout)[0]
    assert [figure["kind"] for figure in first["figures"]] == ["money"]
    assert first["relations"] == first["findings"] == []
    assert "text" not in first


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.zst", "json", "csv", "parquet", "xlsx", "duckdb"])
def test_a_known_ending_is_a_file(source: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / "new" / f"out.{ending}"
    result = extract(source, "-o", out)
    assert result.exit_code == 0
    assert not result.stdout
    assert "3 articles" in result.stderr
    assert out.stat().st_size > 0
    assert [path.name for path in out.parent.iterdir()] == [out.name]


@pytest.mark.usefixtures("fake")
def test_any_other_out_is_a_folder(source: Path, tmp_path: Path) -> None:
    result = extract(source, "-o", tmp_path / "out.2020", "--workers", "1")
    assert result.exit_code == 0
    assert {"manifest.json", "summary.json", "errors.jsonl", "shards"} < {
        path.name for path in (tmp_path / "out.2020").iterdir()
    }


@pytest.mark.usefixtures("fake")
def test_workers_change_nothing(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"id": i % 240, "text": f"{i} người"}) + "\n" for i in range(250)), "utf-8")
    alone, two = extract(many, "--workers", "0"), extract(many, "--workers", "2")
    assert alone.exit_code == two.exit_code == 0
    assert alone.stdout_bytes == two.stdout_bytes
    assert len(alone.stdout_bytes.splitlines()) == 250


@pytest.mark.usefixtures("fake", "source")
def test_outputs_are_never_inputs(tmp_path: Path) -> None:
    for _ in range(2):
        assert (
            extract(tmp_path, "-o", tmp_path / "out", "--workers", "1", "--errors", tmp_path / "e.jsonl").exit_code == 0
        )
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["articles"] == 3


@pytest.mark.usefixtures("fake")
def test_an_input_is_never_overwritten(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(source)
    for options in (
        ["-o", source],
        ["-o", link],
        ["--errors", source],
    ):
        result = extract(source, *options)
        assert (result.exit_code, "read and written at once" in result.stderr) == (2, True), options
    assert source.read_bytes() == before
    result = extract(source, "-o", tmp_path / "x", "--errors", tmp_path / "x")
    assert (result.exit_code, "named for two outputs" in result.stderr) == (2, True)


def test_commands_do_not_overwrite_their_records(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    extracted = extract("-", "-o", records, given="Mở 5 lớp.".encode())
    assert extracted.exit_code == 0
    before = records.read_bytes()
    told = "read and written at once"
    for words in (
        ["convert", records, "-o"],
        ["report", records, "-o"],
        ["check", records, "-o"],
        ["check", records, "--store"],
    ):
        result = CliRunner().invoke(main, [*map(str, words), str(records)])
        assert (result.exit_code, told in result.stderr) == (2, True), words
    assert records.read_bytes() == before


@pytest.mark.parametrize("command", [["schema"], ["version"], ["kinds"], ["rules"]])
def test_a_full_disk_is_told_by_every_command(command: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([sys.executable, PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, b"Traceback" in result.stderr, b"the disk is full" in result.stderr) == (1, False, True)


@pytest.mark.usefixtures("fake")
def test_an_empty_path_and_an_empty_archive_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nfoo")
    assert "an empty path" in extract("").stderr
    result = extract(tmp_path / "a.warc")
    assert (result.exit_code, "the record has no head" in result.stderr) == (1, True)


@pytest.mark.usefixtures("fake")
def test_an_output_that_cannot_be_written_is_told(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = extract(source, "-o", tmp_path / "file" / "out.jsonl")
    assert result.exit_code == 2
    assert "Choose another place" in result.stderr


def test_a_full_disk_is_told(source: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, PROGRAM, "extract", source], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 1
    assert b"the disk is full" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_device_is_never_replaced(source: Path, tmp_path: Path) -> None:
    link = tmp_path / "out.jsonl"
    link.symlink_to("/dev/null")
    result = extract(source, "-o", link)
    assert result.exit_code == 2
    assert "no regular file" in result.stderr
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_it_leaves_nothing_behind(tmp_path: Path, number: signal.Signals, status: int) -> None:
    many, out = tmp_path / "many.jsonl", tmp_path / "out" / "out.jsonl"
    many.write_text("".join(json.dumps({"text": f"{i} người " * 50}) + "\n" for i in range(20_000)), "utf-8")
    running = subprocess.Popen([sys.executable, PROGRAM, "extract", many, "-o", out, "--workers", "1"])
    deadline = time.monotonic() + 20
    while not out.parent.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(number)
    assert running.wait(20) == status
    assert list(out.parent.iterdir()) == []


def test_head_ends_it_quietly(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"text": f"{i} người " * 50}) + "\n" for i in range(2000)), "utf-8")
    running = subprocess.Popen(
        [sys.executable, PROGRAM, "extract", many, "--workers", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.wait(30) == 0
    assert running.stderr.read() == b""


def test_a_bar_is_shown_on_a_terminal_only(source: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 100))
    command = [sys.executable, PROGRAM, "extract", str(source)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    assert running.stdout is not None
    assert len(running.stdout.read().splitlines()) == 3
    running.wait(30)
    assert select.select([ours], [], [], 5)[0]
    assert b"100%" in os.read(ours, 10_000)
    os.close(ours)
    assert subprocess.run(command, capture_output=True, check=True).stderr.count(b"%") == 0


def test_log_lines_are_json(source: Path) -> None:
    command = [sys.executable, PROGRAM, "extract", source, "-vv"]
    for line in subprocess.run(command, capture_output=True, check=True).stderr.splitlines():
        if line.startswith(b"{"):
            assert {"time", "level", "logger", "message"} <= set(json.loads(line))


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["convert", "--help"], ["schema", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from extractor.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "heavy = {'underthesea', 'underthesea_core', 'pydantic', 'trafilatura', 'lxml', 'duckdb', 'pebble', 'tqdm', 'regex'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)


@pytest.mark.usefixtures("fake")
def test_records_fit_the_schema(source: Path) -> None:
    schema = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for row in rows(extract(source).stdout):
        validator.validate(row)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**row, "nonsense": 1})


def test_versions_tell_what_a_result_depends_on() -> None:
    found = json.loads(CliRunner().invoke(main, ["version", "--json"]).stdout)
    assert {"program", "code", "data", "format", "python", "underthesea"} <= set(found)
    assert found["format"] == 1
    assert f"data {found['data']}" in CliRunner().invoke(main, ["version"]).stdout
    assert CliRunner().invoke(main, ["--version"]).stdout == f"extractor {found['program']}\n"
