"""Relations: marked cases, the data file's own examples, gold floors, and time."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from figure_notation import marked_document
from gold_documents import gold_rows
from measure_relations import measure

from extractor.document import Document
from extractor.errors import DataError
from extractor.relate import Relater
from extractor.relate.cues import Cues
from extractor.relate.rules import load_rules
from extractor.relate.tellings import Tellings
from extractor.span import Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "relations.toml").read_text("utf-8"))["case"]
FLOORS = {"dev": (0.85, 0.9), "genre": (0.95, 0.95), "seeds": (1, 1)}


@pytest.fixture(scope="module")
def relater() -> Relater:
    return Relater.load()


def keys(document: Document, relations) -> set:
    """Relations with figures told by their numerals, as the cases write them."""
    names, seen = [], {}
    for q in document.quantities:
        number = q.number.of(document.view.text)
        seen[number] = seen.get(number, 0) + 1
        names.append(number if seen[number] == 1 else f"{number}#{seen[number]}")
    found = set()
    for r in relations:
        roles = {k: names[v] if isinstance(v, int) else frozenset(names[i] for i in v) for k, v in r.roles.items()}
        found.add((r.type, r.exhaustive, frozenset(roles.items())))
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case, relater):
    document = marked_document(case["text"])
    want = set()
    for row in case["relations"]:
        roles = {k: frozenset(v) if isinstance(v, list) else v for k, v in row.items() if k not in ("type", "partial")}
        want.add((row["type"], not row.get("partial", False), frozenset(roles.items())))
    assert keys(document, relater.relate(document)) == want


@pytest.mark.parametrize("cue", load_rules().cue, ids=lambda cue: cue.id)
def test_cue_examples(cue):
    cues = Cues(load_rules().cue)

    def ids(text: str) -> set[str]:
        found = cues.find(text.lower(), [Span(0, len(text))])
        return {hit.id for hit in found}

    for example in cue.examples:
        assert cue.id in ids(example), example
    for reject in cue.rejects:
        assert cue.id not in ids(reject), reject


def test_ids_are_unique():
    rules = load_rules()
    ids = [entry.id for entry in (*rules.cue, *rules.axis, *rules.duration, *rules.equal)]
    assert len(ids) == len(set(ids))


def test_every_relation_says_why(relater):
    for case in CASES:
        assert all(r.found_by for r in relater.relate(marked_document(case["text"])))


@pytest.mark.parametrize("name", FLOORS)
def test_gold_floor(name):
    if not gold_rows(name):
        pytest.skip("the gold folder is not there")
    result = measure(name, errors=False)
    f1, precision = FLOORS[name]
    assert result["f1"] >= f1
    assert result["precision"] >= precision


def test_own_folder_adds_cues(tmp_path):
    (tmp_path / "relations.toml").write_text(
        '[[cue]]\nid = "own.of-these"\nrole = "parts_all"\nphrases = ["phân bổ"]\nexamples = ["phân bổ"]\nrejects = []\n',
        "utf-8",
    )
    document = marked_document(
        "Quỹ có {100 suất|item_count} quà, phân bổ {60 suất|item_count} cho huyện và {30 suất|item_count} cho xã."
    )
    assert not [r for r in Relater.load().relate(document) if r.exhaustive]
    assert [r for r in Relater.load((tmp_path,)).relate(document) if r.exhaustive]


def test_unknown_key_is_refused(tmp_path):
    (tmp_path / "relations.toml").write_text("[[cues]]\nid = 'x'\n", "utf-8")
    with pytest.raises(DataError, match=r"relations\.toml"):
        Relater.load((tmp_path,))


def test_no_figures_no_relations(relater):
    assert relater.relate(marked_document("Không có số liệu nào.")) == ()


def test_same_input_same_output(relater):
    document = marked_document("\n".join(c["text"] for c in CASES))
    assert relater.relate(document) == Relater.load().relate(document)


def test_linear_time(relater):
    """Ten times the figures take about ten times as long, also when all stand in one sentence with cues between."""
    item = "trong đó khối {120 người|people_count} đạt {40%|percentage}, mỗi người {20 triệu đồng|money}, "

    def seconds(times: int) -> float:
        document = marked_document(item * times)
        start = time.perf_counter()
        relater.relate(document)
        return time.perf_counter() - start

    seconds(20)
    assert seconds(2000) < 40 * seconds(200) + 0.5


@pytest.mark.parametrize("text", ["Số vụ vi phạm giảm từ 41 vụ xuống 17 vụ.", "Tỷ lệ tăng từ 40% lên 52%."])
def test_a_change_told_by_its_ends(text, extractor):
    record = extractor.extract_text(text)
    assert [(r.type, r.before, r.after, r.by) for r in record.relations] == [("change", "f1", "f2", None)]
    assert not record.findings


def test_a_range_is_no_change(extractor):
    assert extractor.extract_text("Lớp học có từ 40 đến 55 người.").relations == ()


def test_cues_are_read_only_where_they_can_matter(relater, monkeypatch):
    # The second sentence opens a list between two with figures; the fourth and fifth have nothing to tell.
    document = marked_document(
        "Quỹ trao {120 suất|item_count} quà. Chi tiết như sau. Đợt một {70 suất|item_count}, đợt hai {50 suất|item_count}."
        " Bà con rất vui. Lễ trao quà kết thúc trong buổi sáng."
    )
    read = []
    find = relater.cues.find
    monkeypatch.setattr(relater.cues, "find", lambda lower, stretches: find(lower, note(read, stretches)))
    relater.relate(document)
    assert [document.view.text[s.start : s.end].split()[0] for s in read] == ["Quỹ", "Chi", "Đợt"]


def note(notes: list, stretches) -> list:
    notes += stretches
    return notes


def test_repeated_figures_are_held_against_each_other_once(relater, monkeypatch):
    compared = []
    likeness = Tellings.likeness
    monkeypatch.setattr(Tellings, "likeness", lambda self, a, b: compared.append(1) or likeness(self, a, b))
    times = 60
    relater.relate(marked_document("\n".join(["Tỉnh chi {1.234 triệu đồng|money} xây nhà công nhân."] * times)))
    assert 0 < len(compared) < 3 * times
