"""What holds of figures for any text: nothing raises, offsets are exact, and long texts take no longer a character."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor

WORDS = st.sampled_from(
    [
        "12",
        "3,5",
        "1.200",
        "hai",
        "triệu",
        "tỷ",
        "%",
        "đồng",
        "người",
        "lớp",
        "đoàn",
        "viên",
        "công",
        "nhân",
        "khoảng",
        "hơn",
        "từ",
        "đến",
        "và",
        ",",
        ".",
        ";",
        "(",
        ")",
        "/",
        "-",
        "trong",
        "số",
        "mỗi",
        "tháng",
        "là",
        "có",
        "đạt",
        "chiếm",
        "tăng",
        "trở",
        "lên",
        "Công",
        "ty",
        "TP.HCM",
        "2/3",
        "năm",
        "2020",
        "15/3/2021",
        "một",
        "nửa",
        "gấp",
        "lần",
        "giá",
        "m2",
        "\n",
    ]
)
MILLION = 1_000_000
# A text of nothing but numbers costs more a character than prose; a quadratic step would cost thousands of times as much.
MOST = 60
# Eight times the text may take so many times eight times as long before it counts as more than linear.
LONG, SLACK = 64_000, 3


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_exact_figures(text: str, extractor: Extractor) -> None:
    for figure in extractor.extract_text(text).figures:
        assert text[figure.start : figure.end] == figure.text
        assert figure.start <= figure.number.start < figure.number.end <= figure.end
        if figure.entity is not None:
            assert text[figure.entity.start : figure.entity.end] == figure.entity.text
            assert figure.entity.text.strip()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=30))
def test_the_same_text_gives_the_same_figures(words: list[str], extractor: Extractor) -> None:
    text = " ".join(words)
    assert extractor.extract_text(text) == extractor.extract_text(text)


def seconds(extractor: Extractor, text: str) -> float:
    """The time that the figures of the text take, by the processor's clock."""
    document = extractor.prepare(Article(text=text))
    begun = time.process_time()
    extractor.figures.find(document)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        ".",
        "7 ",
        "1.",
        "hai ",
        "một trăm ",
        "5 triệu ",
        "12 người ",
        "12 người, ",
        "đoàn viên và ",
        "(5%) ",
        "từ 5 đến ",
        "tăng 5% ",
    ],
    ids=repr,
)
def test_time_grows_with_the_text(piece: str, extractor: Extractor) -> None:
    short, long = piece * (LONG // 8 // len(piece)), piece * (LONG // len(piece))
    seconds(extractor, short)
    # the best of three: a full sweep of the garbage collector over the whole suite's heap takes half a second by itself
    best = min(seconds(extractor, long) for _ in range(3))
    assert best < SLACK * 8 * max(seconds(extractor, short), 0.02)


@pytest.mark.parametrize("piece", ["7", ".", "hai "], ids=repr)
def test_a_million_characters_take_seconds(piece: str, extractor: Extractor) -> None:
    plain = "Công đoàn cơ sở tổ chức hội nghị và bàn về đời sống của công nhân trong năm nay. "
    measure = seconds(extractor, plain * (MILLION // len(plain)))
    assert seconds(extractor, piece * (MILLION // len(piece))) < MOST * measure
