"""Nothing breaks the pipeline: the articles and pages at hand, adversarial sizes, odd input, threads, processes."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractor import Article, Extractor, ReadOptions, Record, read_articles
from extractor.batch import single
from extractor.batch.order import Order
from extractor.errors import ReadError, UsageError
from tests import adversarial
from tests.adversarial import PROSE
from tests.fake_extractor import Fake
from tests.soundness import faults, meanings, places

SHARED = Path(__file__).parent.parent.parent / "shared"
EVERY = int(os.environ.get("EXTRACTOR_EVERY", "50"))
"""Each how-manieth article of the bulk is taken; 1 takes all three thousand (two minutes)."""


def as_text(record: Record) -> str:
    return json.dumps(record.as_json(), ensure_ascii=False)


@pytest.fixture(scope="module")
def bulk() -> list[Article]:
    path = SHARED / "bulk" / "articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the three thousand articles are not here")
    return list(read_articles(path))[::EVERY]


# ------------------------------------------------------------ what is at hand
def test_every_record_of_the_bulk_is_sound(extractor, bulk):
    wrong = {article.id: found for article in bulk if (found := faults(article, extractor.extract(article)))}
    assert not wrong


def test_the_same_again_in_any_order_and_beside_another_extractor(extractor, bulk):
    first = [as_text(extractor.extract(article)) for article in bulk]
    other = Extractor.default()
    again = [as_text(other.extract(article)) for article in reversed(bulk)]
    assert first == again[::-1]


def test_threads_do_not_disturb_each_other(extractor, bulk):
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(extractor.extract, bulk[:60]))
    assert list(map(as_text, together)) == [as_text(extractor.extract(article)) for article in bulk[:60]]


def test_composed_and_decomposed_letters_give_the_same(extractor, bulk):
    different = []
    for article in bulk:
        composed = unicodedata.normalize("NFC", article.text)
        one = extractor.extract(Article(composed, id="a"))
        apart = Article(unicodedata.normalize("NFD", composed), id="a")
        other = extractor.extract(apart)
        assert not faults(apart, other)
        if meanings(one, places(composed)) != meanings(other):
            different.append(article.id)
    assert not different


def test_pages(extractor):
    pages = sorted((SHARED / "html").glob("*.html"))
    if not pages:
        pytest.skip("the pages are not here")
    problems: list[ReadError] = []
    articles = list(read_articles(pages, on_error=problems.append))
    assert len(articles) + len(problems) == len(pages)
    assert articles
    assert not [found for article in articles if (found := faults(article, extractor.extract(article)))]


# ------------------------------------------------------------ processes
def test_an_extractor_travels_to_another_process(extractor):
    article = Article(PROSE * 3, id="a")
    assert as_text(pickle.loads(pickle.dumps(extractor)).extract(article)) == as_text(extractor.extract(article))


# ------------------------------------------------------------ size
LONG = 1_000_000


@pytest.fixture(scope="module")
def plain_rate(extractor):
    """CPU seconds for a character of ordinary sentences, here and now."""
    before = time.process_time()
    extractor.extract_text(adversarial.text(PROSE, 30_000))
    return (time.process_time() - before) / 30_000


@pytest.mark.parametrize("piece", adversarial.WITHOUT_FIGURES, ids=ascii)
def test_a_million_characters_without_figures_cost_less_than_prose(extractor, plain_rate, piece):
    text = adversarial.text(piece, LONG)
    before = time.process_time()
    record = extractor.extract_text(text)
    assert time.process_time() - before < plain_rate * LONG
    assert not record.figures
    assert record.text == text


def grows_with_the_text(extractor, piece):
    # A fourfold text: four times the time where it is linear, sixteen times where it is not.
    took = []
    for size in (3_000, 12_000):
        before = time.process_time()
        extractor.extract_text(adversarial.text(piece, size))
        took.append(time.process_time() - before)
    return took[1] < 9 * took[0] + 0.1


@pytest.mark.parametrize("piece", [PROSE, *adversarial.WITH_FIGURES], ids=ascii)
def test_time_grows_with_the_text_and_not_with_its_square(extractor, piece):
    # Measured again if need be: the collector of garbage may walk through all the tests' objects just then.
    assert any(grows_with_the_text(extractor, piece) for _ in range(3))


def test_a_sentence_without_end_keeps_its_figures(extractor):
    article = Article("Các đơn vị trao " + "15 suất quà cho 30 người, " * 800, id="a")
    record = extractor.extract(article)
    assert not faults(article, record)
    assert len(record.figures) == 1600


# ------------------------------------------------------------ numbers
@pytest.mark.parametrize(
    "text",
    [
        "một " + "tỷ " * 50 + "người",
        "1" + " tỷ" * 500 + " đồng",
        "Có 999.999.999.999.999.999-5 tỷ tỷ tỷ người",
        "chi " + "9" * 40 + " đồng",
        "tăng 1," + "3" * 400 + " tỷ đồng",
        "Tỉnh chi 1,2,5 tỷ đồng",
        "Tỉnh chi … triệu đồng",
    ],
)
def test_what_is_no_number_gives_no_figure(extractor, text):
    assert not extractor.extract_text(text).figures


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị thông qua 44/85 thủ tục, đạt 51,76%.",
        "Đạt 0,12345678901234567890 %.",
        "Có 999.999.999.999.999.999.999.999/1 thủ tục, đạt 84,1234%.",
        "Có 999.999.999.999.999.999.999 người, trong đó 1 nữ, chiếm 0,000000000001%.",
        "Trao 900.000.000.000.000.000 suất quà, mỗi suất 900.000.000.000 đồng, tổng trị giá 5 đồng.",
    ],
)
def test_values_come_back_from_json(extractor, text):
    article = Article(text, id="a")
    record = extractor.extract(article)
    assert record.figures
    assert not faults(article, record)


# ------------------------------------------------------------ titles
@pytest.mark.parametrize("title", [" ", "\n", "Hai dòng\nvà 5 người", "Tặng 5 người", "\u0301", "\u200b"])
def test_odd_titles(extractor, title):
    article = Article("rưỡi. Công đoàn họp với 12 công nhân.\nCó 30 người dự.", id="a", title=title)
    record = extractor.extract(article)
    assert not faults(article, record)
    assert [article.text[block.start : block.end] for block in record.blocks] == article.text.split("\n")
    assert [figure.text for figure in record.figures if figure.field == "text"] == ["12 công nhân", "30 người"]


# ------------------------------------------------------------ the command line
def extract(*arguments: str, shell: str = '"$@"', **more: object) -> subprocess.CompletedProcess[bytes]:
    command = ["bash", "-c", shell, "bash", sys.executable, "-m", "extractor", "extract", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **more)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("tên có dấu.txt", "-x.txt", "hai\ndòng.txt", " .txt"):
        (tmp_path / "in" / name).write_text(PROSE, "utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/\xff.txt")).write_text(PROSE, "utf-8")
    return tmp_path


posix = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell is needed")


@posix
def test_odd_names_in_a_plain_locale(folder):
    plain = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = extract("in", "-o", "kết quả.jsonl", cwd=folder, env=plain)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (folder / "kết quả.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 5
    assert all(len(row["figures"]) == 3 for row in rows)


@posix
@pytest.mark.parametrize(
    ("shell", "status", "lines", "said"),
    [
        ('"$@" - <&- ', 1, 5, b"standard input is closed"),
        ('"$@" >&-', 2, 0, b"standard output is closed"),
        ('"$@" <&- 2>&-', 0, 5, b""),
        ('"$@" > /dev/full', 1, 0, b"the disk is full"),
        ('"$@" in in in in in | head -1', 0, 1, b""),
        ('"$@" --timeout nan', 2, 0, b"nan"),
        ('"$@" --encoding base64', 2, 0, b"unknown encoding 'base64'"),
        ('"$@" -o /dev/null/x', 2, 0, b"cannot write"),
    ],
)
def test_odd_calls(folder, shell, status, lines, said):
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = extract("in", shell=shell, cwd=folder)
    assert (done.returncode, done.stdout.count(b"\n")) == (status, lines), done.stderr
    assert said in done.stderr
    assert b"Traceback" not in done.stderr


@posix
def test_a_pipe_that_has_a_name(folder):
    os.mkfifo(folder / "pipe")
    done = extract("pipe", shell="cat in/-x.txt > pipe & " + '"$@"', cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == 1


@posix
def test_an_output_among_the_inputs_is_not_read_again(folder):
    for _ in range(2):
        assert extract("in", "-o", "in/out.jsonl", cwd=folder).returncode == 0
        assert (folder / "in" / "out.jsonl").read_bytes().count(b"\n") == 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm")
def test_the_time_limit_holds_without_workers_too(tmp_path):
    for name, text in {"a": "5", "b": "HANG", "c": "SPIN", "d": "6"}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    listener = Collecting()
    out = tmp_path / "out.jsonl"
    single.carry_out(Order((str(tmp_path),), out, make=Fake(), timeout=0.5), listener)
    assert out.read_bytes().count(b"\n") == 2
    assert [(Path(row["uri"]).name, row["error"]) for row in listener.rows] == [
        ("b.txt", "TimeoutError"),
        ("c.txt", "TimeoutError"),
    ]
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


class Collecting:
    """Keeps the error rows of a run."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []

    def failed(self, row: dict[str, str]) -> None:
        self.rows.append(row)

    def done(self, tally: object) -> None: ...

    def read(self, size: int) -> None: ...

    def expect(self, size: int) -> None: ...


@pytest.mark.parametrize("encoding", ["nope", "base64", "rot13", ""])
def test_only_text_encodings_are_taken(encoding):
    with pytest.raises(UsageError, match="unknown encoding"):
        ReadOptions(encoding=encoding)
