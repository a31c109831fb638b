"""Records for tests of the store, made by the whole pipeline."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from extractor.model import Record
from extractor.pipeline import Extractor
from extractor.write.lines import to_line

BEN_TRE = {
    "a": (
        "2022-07-05",
        "Sáu tháng đầu năm 2022, LĐLĐ tỉnh Bến Tre đã kết nạp 1.250 đoàn viên. Phong trào được giữ vững.",
    ),
    "b": (
        "2022-07-10",
        "Theo báo cáo, 6 tháng đầu năm 2022 LĐLĐ tỉnh Bến Tre kết nạp được 1.520 đoàn viên mới. Nhiều nơi vượt.",
    ),
    "c": (
        "2022-07-12",
        "Trong 6 tháng đầu năm 2022, LĐLĐ tỉnh Bến Tre kết nạp 1.250 đoàn viên, tập trung ở khu công nghiệp.",
    ),
    "d": (
        "2023-07-12",
        "6 tháng đầu năm 2023, LĐLĐ tỉnh Bến Tre kết nạp hơn 1.400 đoàn viên. Các doanh nghiệp đều hưởng ứng.",
    ),
    "e": ("2021-07-12", "6 tháng đầu năm 2021, LĐLĐ tỉnh Bến Tre kết nạp 980 đoàn viên do ảnh hưởng của dịch bệnh."),
}
"""Id → day and text: a and c agree, b contradicts both; d and e are of other years."""


@cache
def extractor() -> Extractor:
    """The extractor that the tests share."""
    return Extractor.default()


def record(article: str, published: str, text: str, title: str | None = None) -> Record:
    """The record of a text."""
    return extractor().extract_text(text, id=article, title=title, published=date.fromisoformat(published))


@cache
def ben_tre() -> tuple[Record, ...]:
    """The records of `BEN_TRE`."""
    return tuple(record(article, *told) for article, told in BEN_TRE.items())


def write(path: Path, records: tuple[Record, ...]) -> Path:
    """Write records as JSON Lines."""
    path.write_bytes(b"".join(to_line(r.as_json()) + b"\n" for r in records))
    return path
