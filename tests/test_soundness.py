"""The check of records finds what it is for: each way of spoiling a sound record is told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extractor import Article, Extractor, Record
from tests.soundness import faults

ARTICLE = Article(
    "Liên đoàn Lao động (LĐLĐ) tỉnh mở 12 lớp, trong đó 5 lớp cho nữ.\n\nCó từ 30 đến 40 đoàn viên dự.", id="a"
)


@pytest.fixture(scope="module")
def sound(extractor: Extractor) -> Record:
    record = extractor.extract(ARTICLE)
    assert not faults(ARTICLE, record)
    assert [figure.text for figure in record.figures] == ["12 lớp", "5 lớp", "30 đến 40 đoàn viên"]
    assert record.abbreviations
    assert record.blocks
    return record


def first(name: str, **change: object) -> Callable[[Record], dict[str, object]]:
    """The first of a record's figures, abbreviations or blocks, changed."""

    def spoil(record: Record) -> dict[str, object]:
        head, *rest = getattr(record, name)
        return {name: [head.model_copy(update=change), *rest]}

    return spoil


def last(**change: object) -> Callable[[Record], dict[str, object]]:
    """The range at the end, changed."""
    return lambda record: {"figures": [*record.figures[:-1], record.figures[-1].model_copy(update=change)]}


SPOILED: dict[str, Callable[[Record], dict[str, object]]] = {
    "the text was changed": lambda record: {"text": record.text + " "},
    "text is not at its offsets": first("figures", text="13 lớp"),
    "number outside": lambda record: first("figures", number=record.figures[1].number)(record),
    "evidence outside": lambda record: first("figures", evidence=record.figures[2].evidence)(record),
    "entity is not at its offsets": lambda record: first(
        "figures", entity=record.figures[0].entity.model_copy(update={"start": 0})
    )(record),
    "no value at all": first("figures", value=None),
    "not finite": first("figures", value=Decimal("NaN")),
    "low above high": last(low=Decimal(50)),
    "both value and bounds": first("figures", low=Decimal(1), high=Decimal(20)),
    "a range with a value": first("figures", modifier="range"),
    "not explained": first("figures", found_by=[]),
    "abbreviation 'CBCĐ' is not at its offsets": first("abbreviations", short="CBCĐ"),
    "is called ambiguous and yet decided": first("abbreviations", origin="ambiguous"),
    "block 0 empty, outside or out of order": first("blocks", end=0),
    "block 0 repeats one that is not there": first("blocks", duplicate_of=9),
    "unknown id f9": first("figures", duplicate_of="f9"),
    "f1 repeats itself": first("figures", duplicate_of="f1"),
    "an id is used twice": first("figures", id="f2"),
    "figures out of order": lambda record: {"figures": record.figures[::-1]},
    "two numbers overlap": lambda record: {"figures": [record.figures[0], *record.figures]},
}


@pytest.mark.parametrize("fault", SPOILED)
def test_each_way_of_spoiling_a_record_is_told(sound, fault):
    spoiled = sound.model_copy(update=SPOILED[fault](sound))
    assert fault in " | ".join(faults(ARTICLE, spoiled))


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_a_record_that_does_not_come_back_from_json_is_told(sound):
    spoiled = sound.model_copy(update=first("figures", unit=5)(sound))
    with pytest.raises(ValidationError):
        faults(ARTICLE, spoiled)
