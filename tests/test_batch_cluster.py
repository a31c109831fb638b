"""The same batch on Dask: a real scheduler and two workers, each started by its own command, on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_extractor import Fake
from test_batch_folder import Silent, articles, contents

from extractor.batch import folder
from extractor.batch.order import Order
from extractor.batch.tally import Tally
from extractor.errors import UsageError

pytest.importorskip("distributed", reason="the cluster extra (distributed) is not installed")
TESTS = Path(__file__).parent


@pytest.fixture(autouse=True)
def same_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program does not change during a test, even where somebody edits it."""
    monkeypatch.setattr("extractor.batch.folder.versions", dict)
    monkeypatch.setattr("extractor.batch.cluster.versions", dict)


def _start(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    home = tmp_path_factory.mktemp("cluster")
    file = home / "scheduler.json"
    scheduler = _start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file), folder=home)  # fmt: skip
    workers = [
        _start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", folder=home)
        for _ in range(2)
    ]  # fmt: skip
    try:
        yield _address(file), workers
    finally:
        for process in (*workers, scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(file: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if file.exists() and file.stat().st_size:
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler never came up")


def test_a_killed_worker_of_a_cluster_loses_nothing(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    source = articles(tmp_path / "in.jsonl", 2500, lambda i: "RAISE" if i == 7 else f"Có {i} người và {i} đồng")
    killed = []

    class Killer(Silent):
        def done(self, tally: Tally) -> None:
            if tally and not killed:
                killed.append(workers[0].pid)
                os.killpg(workers[0].pid, signal.SIGKILL)

    order = Order((str(source),), tmp_path / "far", make=Fake(0.001), cluster=address)
    folder.carry_out(order, Killer())
    assert killed
    folder.carry_out(Order((str(source),), tmp_path / "near", make=Fake(), workers=1), Silent())
    assert contents(tmp_path / "far") == contents(tmp_path / "near")


@pytest.mark.slow
def test_a_hanging_article_costs_a_cluster_one_article(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, _ = cluster
    source = articles(tmp_path / "in.jsonl", 20, lambda i: "SPIN" if i == 7 else f"Có {i} người")
    folder.carry_out(Order((str(source),), tmp_path / "out", make=Fake(), cluster=address, timeout=0.5), Silent())
    errors = [json.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_text().splitlines()]
    assert [(row["line"], row["error"]) for row in errors] == [(8, "WorkerError")]
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["articles"] == 19


def test_workers_with_another_program_are_refused(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([{"data": "theirs"}, {"data": "ours"}])
    monkeypatch.setattr("extractor.batch.cluster.versions", lambda: next(told))
    monkeypatch.setattr("distributed.Client.run", lambda _, function: {"tcp://worker": function()})
    order = Order((str(articles(tmp_path / "in.jsonl", 1)),), tmp_path / "out", make=Fake(), cluster=cluster[0])
    with pytest.raises(UsageError, match="has another data"):
        folder.carry_out(order, Silent())


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.cluster._SECONDS_TO_CONNECT", 0.3)
    order = Order(
        (str(articles(tmp_path / "in.jsonl", 1)),), tmp_path / "out", make=Fake(), cluster="tcp://127.0.0.1:9"
    )
    with pytest.raises(UsageError, match="no scheduler answers"):
        folder.carry_out(order, Silent())
