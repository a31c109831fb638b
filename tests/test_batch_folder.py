"""Batches into a folder: the same bytes with any number of workers, after kills, after changes of the inputs."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_extractor import Fake

from extractor.batch import folder, manifest
from extractor.batch.order import Order
from extractor.batch.tally import Tally
from extractor.errors import UsageError
from extractor.write.lines import Selection

BATCH = Path(__file__).parent / "run_batch.py"


class Silent:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.errors: list[dict[str, object]] = []

    def expect(self, size: int) -> None: ...

    def read(self, size: int) -> None: ...

    def failed(self, row: dict[str, object]) -> None:
        self.errors.append(row)

    def done(self, tally: Tally) -> None: ...


def articles(path: Path, count: int, text: Callable[[int], str] = lambda i: f"Bài {i}: {i} người và {i} đồng") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ({"id": f"a{number}", "text": text(number)} for number in range(count))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def run(out: Path, *paths: Path, workers: int = 1, **more: object) -> Tally:
    return folder.carry_out(Order(tuple(map(str, paths)), out, make=Fake(), workers=workers, **more), Silent())


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def records(out: Path) -> list[dict[str, object]]:
    entries = json.loads((out / manifest.MANIFEST).read_text())["shards"]
    files = (out / "shards" / f"{entry['name']}.jsonl" for entry in entries)
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def same_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program does not change during a test, even where somebody edits it."""
    monkeypatch.setattr("extractor.batch.folder.versions", dict)


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.shards.SHARD_ITEMS", 20)
    monkeypatch.setattr("extractor.batch.run.CHUNK_ITEMS", 7)


@pytest.mark.usefixtures("small_shards")
def test_one_worker_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    source = articles(tmp_path / "in.jsonl", 130, lambda i: "RAISE" if i % 50 == 3 else f"Có {i} người, 7 lớp")
    run(tmp_path / "one", source, workers=1)
    run(tmp_path / "two", source, workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert [row["id"] for row in records(tmp_path / "two")] == [f"a{i}" for i in range(130) if i % 50 != 3]
    assert len((tmp_path / "one" / "errors.jsonl").read_text().splitlines()) == 3


@pytest.mark.usefixtures("small_shards")
def test_the_summary_counts_everything(tmp_path: Path) -> None:
    source = articles(tmp_path / "in.jsonl", 30, lambda i: "RAISE" if i == 3 else "Có 5 người, 7 đồng")
    run(tmp_path / "out", source)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["articles"] == 29
    assert summary["figures"] == {"total": 29, "by": {"attendee_count": 29}}
    assert summary["duplicate_figures"] == 29
    assert summary["findings"] == {"total": 29, "by": {"conflict": 29}}
    assert summary["errors"] == {"total": 1, "by": {"extract": 1}}


@pytest.mark.usefixtures("small_shards")
def test_a_second_run_does_only_what_changed(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 100), tmp_path / "out"
    run(out, source)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    articles(source, 100, lambda i: "Đổi 1 người" if i == 45 else f"Bài {i}: {i} người và {i} đồng")
    run(out, source)
    after = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    assert [name[-12:] for name in before if before[name] != after[name]] == ["000003.jsonl"]
    run(tmp_path / "fresh", source)
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("small_shards")
def test_force_does_everything_anew(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 40), tmp_path / "out"
    run(out, source)
    first = contents(out)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    run(out, source, force=True)
    assert all(before[path.name] != path.stat().st_mtime_ns for path in (out / "shards").iterdir())
    assert contents(out) == first


def test_small_files_are_gathered_and_an_added_one_moves_few(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    for number in range(900):
        (texts / f"{number:04d}.txt").write_text(f"Lớp {number} có {number} học viên", "utf-8")
    run(out, texts)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    assert 2 <= len(before) <= 20
    (texts / "0005b.txt").write_text("Thêm 3 người", "utf-8")
    run(out, texts)
    kept = [path for path in (out / "shards").iterdir() if before.get(path.name) == path.stat().st_mtime_ns]
    assert len(kept) == len(before) - 1
    assert len(records(out)) == 901
    run(tmp_path / "fresh", texts)
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("small_shards")
def test_shards_without_inputs_go(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 60), tmp_path / "out"
    run(out, source)
    articles(source, 30)
    run(out, source)
    assert len(list((out / "shards").iterdir())) == 2
    assert len(records(out)) == 30


def test_results_of_other_inputs_are_not_thrown_away(tmp_path: Path) -> None:
    first, second, out = articles(tmp_path / "a.jsonl", 3), articles(tmp_path / "b.jsonl", 3), tmp_path / "out"
    run(out, first)
    with pytest.raises(UsageError, match=r"holds results of .*a\.jsonl"):
        run(out, second)
    assert len(records(out)) == 3
    run(out, first, second)
    assert len(records(out)) == 6


def test_repeated_ids_are_kept_and_told_also_after_a_change(tmp_path: Path) -> None:
    first, second, out = articles(tmp_path / "a.jsonl", 3), articles(tmp_path / "b.jsonl", 2), tmp_path / "out"
    run(out, first, second)
    rows = records(out)
    assert [bool(row["warnings"]) for row in rows] == [False, False, False, True, True]
    articles(first, 1)
    run(out, first, second)
    assert [bool(row["warnings"]) for row in records(out)] == [False, True, False]
    assert json.loads((out / "summary.json").read_text())["repeated_ids"] == 1
    run(tmp_path / "fresh", first, second)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_changed_program_redoes_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = articles(tmp_path / "in.jsonl", 5), tmp_path / "out"
    run(out, source)
    before = next((out / "shards").iterdir()).stat().st_mtime_ns
    monkeypatch.setattr("extractor.batch.folder.versions", lambda: {"data": "other"})
    run(out, source)
    assert next((out / "shards").iterdir()).stat().st_mtime_ns != before


def test_a_changed_option_redoes_everything(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 5), tmp_path / "out"
    run(out, source)
    run(out, source, selection=Selection(text=False, kinds=("money",)))
    assert all("text" not in row for row in records(out))
    assert {figure["kind"] for row in records(out) for figure in row["figures"]} == {"money"}


@pytest.mark.usefixtures("small_shards")
def test_dead_and_hung_workers_cost_one_article_each(tmp_path: Path) -> None:
    bad = {5: "DIE", 11: "HANG", 33: "SPIN"}
    source, out = articles(tmp_path / "in.jsonl", 60, lambda i: bad.get(i, f"Có {i} người")), tmp_path / "out"
    run(out, source, workers=2, timeout=2)
    errors = [json.loads(line) for line in (out / "errors.jsonl").read_text("utf-8").splitlines()]
    assert [(row["line"], row["error"]) for row in errors] == [
        (6, "WorkerError"), (12, "TimeoutError"), (34, "TimeoutError")
    ]  # fmt: skip
    assert [row["id"] for row in records(out)] == [f"a{i}" for i in range(60) if i not in bad]


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 40), tmp_path / "out"
    running = subprocess.Popen([sys.executable, BATCH, out, "1", "0.1", source])
    try:
        _wait_for(out / ".batch" / "work")
        with pytest.raises(UsageError, match="another run"):
            run(out, source)
    finally:
        running.kill()
        running.wait()
    run(out, source)
    assert len(records(out)) == 40


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "photos"
    out.mkdir()
    (out / "shards").mkdir()
    (out / "shards" / "mine.txt").write_text("keep")
    with pytest.raises(UsageError, match="not made by a batch"):
        run(out, articles(tmp_path / "in.jsonl", 2))
    assert (out / "shards" / "mine.txt").read_text() == "keep"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="choose another folder"):
        run(tmp_path / "file" / "out", articles(tmp_path / "in.jsonl", 2))


@pytest.mark.usefixtures("small_shards")
def test_a_full_disk_does_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = articles(tmp_path / "in.jsonl", 100), tmp_path / "out"
    synced = 0

    def full(_: int) -> None:
        nonlocal synced
        synced += 1
        if synced > 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            run(out, source)
    assert not (out / "manifest.json").exists()
    done = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    assert done
    run(out, source)
    assert [record["id"] for record in records(out)] == [f"a{i}" for i in range(100)]
    run(tmp_path / "fresh", source)
    assert contents(out) == contents(tmp_path / "fresh")


def test_killed_at_any_moment_the_result_is_the_same(tmp_path: Path) -> None:
    """Ten kills -9 at random moments, each followed by another run, with one or two workers."""
    source, out = (
        articles(tmp_path / "in.jsonl", 120, lambda i: "RAISE" if i == 77 else f"Có {i} người"),
        tmp_path / "o",
    )
    chance = random.Random(20)
    for attempt in range(10):
        command = [sys.executable, BATCH, out, str(1 + attempt % 2), "0.005", source]
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.3, 0.9))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    subprocess.run([sys.executable, BATCH, out, "2", "0", source], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([sys.executable, BATCH, tmp_path / "calm", "1", "0", source], check=True, stderr=subprocess.DEVNULL)
    assert contents(out) == contents(tmp_path / "calm")
    assert len(records(out)) == 119


def test_workers_killed_at_random_cost_nothing(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in.jsonl", 120), tmp_path / "out"
    running = subprocess.Popen([sys.executable, BATCH, out, "2", "0.01", source], stderr=subprocess.DEVNULL)
    _wait_for(out / ".batch" / "work")
    for _ in range(3):
        time.sleep(0.4)
        for child in _children(running.pid)[:1]:
            os.kill(child, signal.SIGKILL)
    assert running.wait(60) == 0
    subprocess.run([sys.executable, BATCH, tmp_path / "calm", "1", "0", source], check=True, stderr=subprocess.DEVNULL)
    assert contents(out) == contents(tmp_path / "calm")


def _children(pid: int) -> list[int]:
    try:
        names = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        pytest.skip("needs /proc to find the workers")
    ours = [int(name) for name in names]
    return [child for child in ours if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.01)


# … scripts that a worker cannot import

SCRIPT = """
from pathlib import Path
from extractor.batch import folder
from extractor.batch.order import Order
from extractor.commands.console import Console

with Console() as console:
    folder.carry_out(Order(({given!r},), Path({out!r}), workers=1), console)
"""


@pytest.mark.parametrize("in_file", [True, False])
def test_a_script_that_no_worker_can_import_fails_at_once(tmp_path: Path, in_file: bool) -> None:
    (tmp_path / "a.txt").write_text("Mở 5 lớp.", "utf-8")
    script = SCRIPT.format(given=str(tmp_path / "a.txt"), out=str(tmp_path / "out"))
    (tmp_path / "script.py").write_text(script, "utf-8")
    words = [sys.executable, str(tmp_path / "script.py") if in_file else "-"]
    done = subprocess.run(words, input=script.encode(), capture_output=True, timeout=60, check=False)
    told = b'under if __name__ == "__main__":' if in_file else b"keep the script in a file"
    assert (done.returncode, told in done.stderr.splitlines()[-1]) == (1, True)


def test_no_workers_at_all_give_the_same_folder(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": str(i), "text": f"{i} người"}) + "\n" for i in range(30)), "utf-8")
    made = []
    for workers in (0, 1):
        out = tmp_path / f"out{workers}"
        folder.carry_out(Order((str(source),), out, make=Fake(), workers=workers), Silent())
        made.append([path.read_bytes() for path in sorted((out / "shards").iterdir())])
    assert made[0] == made[1] != []
