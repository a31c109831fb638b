"""The README is true: its commands run, its Python runs, its example is what the program writes."""

from __future__ import annotations

import doctest
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.readme import README, with_tables

ROOT = README.parent
TEXT = README.read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
SET_UP = ("python3 -m venv",)
SERVER = "extractor review"


def command_lines() -> list[str]:
    """Every command of the README but those that install, which CI runs itself, and the server."""
    lines = [line.split("#")[0].strip() for kind, body in BLOCKS if kind == "bash" for line in body.splitlines()]
    return [line for line in lines if line.startswith("extractor ") and not line.startswith(SERVER)]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the inputs that the README's commands name."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "samples", folder / "samples")
    (folder / "articles").mkdir()
    shutil.copy(ROOT / "samples" / "khanh-hau.txt", folder / "articles")
    shutil.copy(ROOT / "samples" / "mai-am.html", folder / "page.html")
    (folder / "my-data").mkdir()
    row = {"body": "Công đoàn trao 20 suất quà.", "date": "2023-05-20", "id": "a1"}
    packed = zstandard.compress(json.dumps(row, ensure_ascii=False).encode())
    (folder / "articles.jsonl.zst").write_bytes(packed)
    with (folder / "crawl.warc.gz").open("wb") as handle:
        writer = WARCWriter(handle, gzip=True)
        page = (ROOT / "samples" / "mai-am.html").read_bytes()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        record = writer.create_warc_record("https://example.org/a", "response", io.BytesIO(page), http_headers=headers)
        writer.write_record(record)
    return folder


DOCUMENTED = [path for path in sorted((ROOT / "extractor").rglob("*.py")) if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", DOCUMENTED, ids=lambda path: path.stem)
def test_examples_of_docstrings(path):
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    tried = doctest.testmod(module)
    assert (tried.failed, bool(tried.attempted)) == (0, True)


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_every_command_of_the_readme_runs(place):
    """One after the other, since later ones read what earlier ones wrote."""
    lines = command_lines()
    assert len(lines) >= 12
    run("extractor extract samples -o figures.jsonl", place)
    for line in lines:
        done = run(line, place)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    for written in ("figures.jsonl", "figures.parquet", "out", "figures.duckdb", "classes.svg", "report.html"):
        assert (place / written).exists(), written


def test_the_review_desk_starts(place):
    run("extractor extract samples -o desk.jsonl", place)
    executable = str(Path(sys.executable).parent / "extractor")
    desk = subprocess.Popen(
        [executable, "review", "desk.jsonl", "--no-browser", "--port", "8791"],
        cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen("http://127.0.0.1:8791/", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.5)
        pytest.fail("the desk did not answer")
    finally:
        desk.kill()
        desk.wait()


def test_the_opening_example_is_what_the_program_writes(place):
    console = next(body for kind, body in BLOCKS if kind == "console")
    shown = next(body for kind, body in BLOCKS if kind == "json")
    done = run(console.removeprefix("$ ").strip(), place)
    figures = json.loads(done.stdout)["figures"]
    promised = [json.loads(part) for part in re.split(r"\n(?=\{)", shown.strip())]
    assert len(figures) == len(promised)
    for figure, promise in zip(figures, promised, strict=True):
        for key, value in promise.items():
            got = figure[key]
            assert value == ({name: got[name] for name in value} if isinstance(value, dict) else got), key


def test_the_python_of_the_readme_runs(place, monkeypatch, capsys):
    monkeypatch.chdir(place)
    code = next(body for kind, body in BLOCKS if kind == "python")
    exec(compile(code, "README.md", "exec"), {})
    assert "item_count 100 suất" in capsys.readouterr().out


def test_the_generated_tables_are_current():
    assert with_tables(TEXT) == TEXT


def test_the_findings_shown_are_real(extractor):
    sums = extractor.extract_text("Có 45/50 CĐCS đạt vững mạnh, đạt 92%.").findings
    assert [finding.message.vi for finding in sums] == ["45/50 = 90 %; bài ghi 92%"]
    assert "45/50 = 90 %; the article says 92%" in TEXT


@pytest.mark.parametrize("command", ["extract", "check", "verify", "series", "report", "review", "explain", "kinds",
                                     "rules", "abbreviations", "schema"])  # fmt: skip
def test_every_command_is_told(command):
    assert f"extractor {command}" in TEXT


def test_help_answers_without_the_heavy_parts():
    code = (
        "import sys\nfrom extractor.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = [m for m in ('underthesea', 'pydantic', 'duckdb', 'trafilatura', 'regex') if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Commands:" in done.stdout
