"""Scope: the data's own examples, articles of our own, gold, and what must hold for any text."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import regex
from figure_notation import marked_document
from gold_documents import GOLD
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_scope import FIELDS, compare, own_articles, rows, token_f1

from extractor.datafile import DATA, merged
from extractor.document import Abbreviation, Block, Document, Quantity, Scope, Sentence, View
from extractor.errors import DataError
from extractor.scope import ScopeFinder
from extractor.scope.cues import StatusTable
from extractor.scope.expressions import DIGIT, END, Slots
from extractor.scope.gazetteer import Gazetteer
from extractor.scope.organizations import OrganizationFinder, OrganizationTable
from extractor.scope.periods import PeriodGrammar, PeriodTable
from extractor.scope.places import PlaceFinder
from extractor.scope.runs import PlaceTable
from extractor.scope.shapes import Clock, shapes
from extractor.scope.statuses import StatusFinder
from extractor.span import Span
from extractor.words import Words

CASES = tomllib.loads((Path(__file__).parent / "cases" / "scope.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def finder() -> ScopeFinder:
    return ScopeFinder.load(Words().vocabulary())


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def places(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(merged("scope/places.toml", PlaceTable), gazetteer)


@pytest.fixture(scope="module")
def organizations(gazetteer: Gazetteer) -> OrganizationFinder:
    return OrganizationFinder(
        merged("scope/organizations.toml", OrganizationTable),
        lambda name: bool(gazetteer.named(name)),
        Words().vocabulary(),
    )


def a_view(text: str) -> View:
    return View(text, text.lower())


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# --- the data's own examples ------------------------------------------------------------------------------------------


def period_examples() -> Iterator[Any]:
    for rule in merged("scope/periods.toml", PeriodTable).rule:
        for number, example in enumerate(rule.examples):
            yield pytest.param(rule.id, *example, id=f"{rule.id}-{number}")


@pytest.mark.parametrize(("rule", "text", "published", "first", "last"), list(period_examples()))
def test_period_example(rule: str, text: str, published: str, first: str, last: str) -> None:
    grammar = PeriodGrammar(merged("scope/periods.toml", PeriodTable))
    after = " , " if rule == "period.months-so-far" else " có "
    view = a_view(text + after)
    [mention] = grammar.scan(view, Clock(day(published)), [Span(0, len(view.text))])
    assert (mention.rule, mention.start, mention.end) == (rule, 0, len(text))
    assert mention.days == ((day(first), day(last)) if first else None)


def test_starts_tell_every_way_in_which_a_rule_can_begin() -> None:
    """No two words that an expression can begin with are left out, so that looking only there loses nothing."""
    table = merged("scope/periods.toml", PeriodTable)
    slots = Slots(table.dates.date, table.numbers)
    told = " ".join([*(r.pattern for r in table.rule), *(s for r in table.rule for s in r.starts)])
    vocabulary = {*re.findall(r"[^\W\d_]{2,}", told), *table.numbers, "5"}
    for rule in table.rule:
        starts = {" ".join(start.split(" ")[:2]) for start in slots.starts(rule)}
        pattern = regex.compile(slots.filled(rule.pattern) + END)
        firsts = {start.partition(" ")[0] for start in starts if not start.startswith(DIGIT)}
        for first in firsts - starts:
            seconds = {word for word in vocabulary if pattern.match(f"{first} {word} ", partial=True)}
            known = {DIGIT if word == "5" else word for word in seconds}
            assert {f"{first} {word}" for word in known} <= starts, rule.id


def test_every_shape_is_known_and_used() -> None:
    assert {rule.shape for rule in merged("scope/periods.toml", PeriodTable).rule} <= shapes()


def test_ids_are_unique() -> None:
    for entries in (merged("scope/periods.toml", PeriodTable).rule, merged("scope/status.toml", StatusTable).cue):
        ids = [entry.id for entry in entries]
        assert len(ids) == len(set(ids))


def status_examples() -> Iterator[Any]:
    for cue in merged("scope/status.toml", StatusTable).cue:
        for number, (text, status) in enumerate(cue.examples):
            yield pytest.param(text, status, id=f"{cue.id}-{number}")


@pytest.mark.parametrize(("text", "status"), list(status_examples()))
def test_status_example(text: str, status: str) -> None:
    start = text.index("[")
    end = text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    after = plain[end:].lstrip()
    rate = "/" in after.split(" ")[0] or after.startswith("đồng/")
    quantity = replace(a_quantity(start, end), kind="rate" if rate else "money")
    finder = StatusFinder(merged("scope/status.toml", StatusTable))
    anew = [plain.index("năm ngoái")] if "năm ngoái" in plain else []
    [found] = finder.of_sentence(finder.marks(a_view(plain)), Span(0, len(plain)), [quantity], None, anew)
    assert found.name == status


def organization_examples() -> Iterator[Any]:
    for head in merged("scope/organizations.toml", OrganizationTable).head:
        for text in head.examples:
            yield pytest.param(head.id, text, id=f"{head.id}-{text}")


@pytest.mark.parametrize(("rule", "text"), list(organization_examples()))
def test_organization_example(organizations: OrganizationFinder, rule: str, text: str) -> None:
    sentence = f"Năm 2020, 50 suất quà do {text} hỗ trợ."
    [mention] = organizations.scan(a_view(sentence), [Span(0, len(sentence))])
    assert (sentence[mention.start : mention.end], mention.rule, mention.part) == (text, rule, "agent")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quỹ xã hội trao 50 suất quà.", "Quỹ"),  # xã hội is society, not a commune
        ("Công ty Hoàng Thành đạt 5 tỷ đồng.", "Công ty Hoàng Thành"),  # thành đạt would be a word
        ("Cục Thú y tiêm phòng 300 con bò.", "Cục Thú y"),
        ("Công ty TNHH MTV Nhà khách Công đoàn Sơn La xây 30 phòng.", "Công ty TNHH MTV Nhà khách Công đoàn Sơn La"),
    ],
)
def test_names_end_at_words(organizations: OrganizationFinder, text: str, name: str) -> None:
    [mention] = organizations.scan(a_view(text), [Span(0, len(text))])
    assert text[mention.start : mention.end] == name


def place_examples() -> Iterator[Any]:
    for kind in merged("scope/places.toml", PlaceTable).type:
        for text in kind.examples:
            yield pytest.param(kind.id, text, id=f"{kind.id}-{text}")


@pytest.mark.parametrize(("rule", "text"), list(place_examples()))
def test_place_example(places: PlaceFinder, rule: str, text: str) -> None:
    sentence = f"Hội nghị diễn ra tại {text} hôm qua."
    [mention] = places.scan(a_view(sentence), None)
    assert (sentence[mention.start : mention.end], mention.rule, mention.locative) == (text, rule, True)


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["place"], ids=lambda case: case["text"])
def test_place(places: PlaceFinder, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [m for m in places.scan(a_view(text), day(case.get("published", ""))) if m.role in ("typed", "bare")]
    told = [places.place(m, text[m.start : m.end]) for m in found]
    assert [p.text for p in told] == [w["text"] for w in case["found"]]
    for place, want in zip(told, case["found"], strict=True):
        for name in ("level", "code", "current"):
            if name in want:
                assert (getattr(place, name) or "") == want[name]
        assert len(place.candidates) >= want.get("candidates", 0)


def test_every_unit_has_a_province_of_today(gazetteer: Gazetteer) -> None:
    lines = (DATA / "gazetteer" / "units.tsv").read_text("utf-8").splitlines()[1:]
    assert len(lines) > 14000
    names = {line.split("\t")[5] for line in lines if line.split("\t")[1] == "district"}
    assert len(names) > 650
    for name in sorted(names):
        assert all(gazetteer.current(unit) for unit in gazetteer.named(name))


# --- whole articles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["scope"], ids=lambda case: case["id"])
def test_scope(finder: ScopeFinder, case: dict[str, Any]) -> None:
    document = replace(marked_document(case["text"]), published=day(case.get("published", "")))
    scopes = finder.find(document)
    assert len(scopes) == len(case["found"])
    for scope, want in zip(scopes, case["found"], strict=True):
        told = {
            "status": scope.status,
            "from": str(scope.period.first or "") if scope.period else "",
            "to": str(scope.period.last or "") if scope.period else "",
            "period": scope.period.text if scope.period else "",
            "place": scope.place.text if scope.place else "",
            "organization": scope.organization.text if scope.organization else "",
        }
        assert {name: told[name] for name in want} == want


def measured(names: list[str], finder: ScopeFinder) -> dict[str, float]:
    f1, total, count = token_f1(), dict.fromkeys(FIELDS, 0.0), 0
    for _, gold, document in rows(names):
        scopes = finder.find(document)
        for entry in gold:
            count += 1
            for name, value in compare(entry, scopes[entry["i"]], f1).items():
                total[name] += value
    return {name: value / count for name, value in total.items()}


@pytest.mark.skipif(not GOLD.exists(), reason="the gold data beside the project is not there")
def test_reach_on_gold(finder: ScopeFinder) -> None:
    reached = measured(["genre"], finder)
    wanted = {"status": 0.95, "period": 0.85, "place": 0.85, "organization": 0.75}
    assert {n: v for n, v in reached.items() if v < wanted[n]} == {}


@pytest.mark.skipif(not GOLD.exists(), reason="the scorer beside the project is not there")
def test_reach_on_our_own_articles(finder: ScopeFinder) -> None:
    assert sum(len(gold) for _, gold, _ in own_articles()) >= 200
    reached = measured(["own"], finder)
    wanted = {"status": 0.95, "period": 0.9, "place": 0.9, "organization": 0.85}
    assert {n: v for n, v in reached.items() if v < wanted[n]} == {}


def test_abbreviations_in_a_body_are_expanded(finder: ScopeFinder) -> None:
    document = marked_document("Năm 2020, LĐLĐ huyện Ba Tri kết nạp {50 đoàn viên|people_count}.")
    at = document.view.text.index("LĐLĐ")
    short = Abbreviation(at, at + 4, "LĐLĐ", "Liên đoàn Lao động", "lexicon")
    [scope] = finder.find(replace(document, abbreviations=(short,)))
    assert scope.organization is not None
    assert scope.organization.text == "LĐLĐ huyện Ba Tri"
    assert scope.organization.expanded == "Liên đoàn Lao động huyện Ba Tri"


def test_every_scope_tells_its_rules(finder: ScopeFinder) -> None:
    for _, _, document in own_articles():
        for scope in finder.find(document):
            told = [scope.place, scope.period, scope.organization]
            assert bool(scope.found_by) or not any(told)
            assert all("." in rule for rule in scope.found_by)


# --- the user's own data ----------------------------------------------------------------------------------------------


def test_a_folder_adds_words(tmp_path: Path) -> None:
    (tmp_path / "scope").mkdir()
    (tmp_path / "scope" / "organizations.toml").write_text(
        '[[head]]\nid = "organization.guild"\nwords = ["Phường hội"]\nexamples = []\n', encoding="utf-8"
    )
    document = marked_document("Năm 2020, Phường hội Thợ Bạc mở {5 lớp|class_count} nghề.")
    [plain] = ScopeFinder.load(Words().vocabulary()).find(document)
    [added] = ScopeFinder.load(Words().vocabulary(), [tmp_path]).find(document)
    assert plain.organization is None
    assert added.organization is not None
    assert added.organization.text == "Phường hội Thợ Bạc"


@pytest.mark.parametrize("content", ['[[cue]]\nid = "x"\nwhen = 1\n', "[[cue]\n"])
def test_a_bad_folder_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "scope").mkdir()
    (tmp_path / "scope" / "status.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"status\.toml"):
        ScopeFinder.load(Words().vocabulary(), [tmp_path])


# --- what holds for any text ------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["năm 2020", "từ", "đến", "tháng 6", "LĐLĐ", "huyện", "Ba Tri", "tỉnh", "“", "”", "(", ")", "5", "1.200", ";", ".",
     "\n", "CĐ", "các", "Quỹ", "phấn đấu", "nhưng", "ngày 31/2", "30/2/2020", "quý IV", "Tại hội nghị", "chị Lan", ","]
)  # fmt: skip


def a_quantity(start: int, end: int, sentence: int = 0) -> Quantity:
    return Quantity(
        start, end, Span(start, end), Decimal(5), None, None, "exact", "people_count", None, None, None, None, sentence
    )


def any_document(text: str, published: date | None) -> Document:
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    quantities: list[Quantity] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            for place, letter in enumerate(line):
                if letter == "5":
                    quantities.append(a_quantity(at + place, at + place + 1, len(sentences)))
            sentences.append(Sentence(at, at + len(line), len(blocks)))
            blocks.append(Block(at, at + len(line), "body"))
        at += len(line) + 1
    view = View(text, text.lower())
    return Document(view, 0, published, tuple(blocks), tuple(sentences), quantities=tuple(quantities))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_any_text_gives_one_scope_a_figure(pieces: list[str], published: date | None) -> None:
    document = any_document(" ".join(pieces), published)
    finder = shared()
    scopes = finder.find(document)
    assert len(scopes) == len(document.quantities)
    assert scopes == finder.find(document)
    for scope in scopes:
        sane(scope, document)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_letters_do_no_harm(text: str) -> None:
    if len(text.lower()) == len(text):
        document = any_document(text, date(2020, 5, 5))
        assert len(shared().find(document)) == len(document.quantities)


def sane(scope: Scope, document: Document) -> None:
    text = document.view.text
    assert scope.status in ("achieved", "planned", "required")
    for told in (scope.place, scope.period, scope.organization):
        assert told is None or told.text in text
    if scope.period:
        assert (scope.period.first is None) == (scope.period.last is None)
        if scope.period.first and scope.period.last:
            assert scope.period.first <= scope.period.last


_FINDERS: list[ScopeFinder] = []


def shared() -> ScopeFinder:
    if not _FINDERS:
        _FINDERS.append(ScopeFinder.load(Words().vocabulary()))
    return _FINDERS[0]


@pytest.mark.parametrize(
    "unit", ["năm 2020 huyện Ba Tri LĐLĐ tỉnh phấn đấu 5 người, ", "“5 ", "từ năm 5 ", "Quỹ a b 5 "]
)
@pytest.mark.parametrize("lines", [True, False])
def test_time_is_linear(finder: ScopeFinder, unit: str, *, lines: bool) -> None:
    def spent(count: int) -> float:
        text = (unit + "\n" if lines else unit) * count
        document = any_document(text, date(2020, 5, 5))
        begin = time.process_time()
        finder.find(document)
        return time.process_time() - begin

    spent(50)
    # the best of a few runs: whatever else the machine does only adds
    few, many = min(spent(500) for _ in range(3)), min(spent(4000) for _ in range(2))
    assert many < 24 * few + 0.2


def test_the_record_takes_every_scope(finder: ScopeFinder) -> None:
    """Dates and texts are plain values that JSON can hold."""
    for _, _, document in own_articles():
        for scope in finder.find(document):
            json.dumps([scope.status, str(scope.period and scope.period.first), scope.place and scope.place.text])
